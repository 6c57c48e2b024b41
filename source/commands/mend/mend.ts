import type { Finding } from '../../model/finding.ts';
import { isChanging } from '../../model/finding.ts';
import { planOfRemedy } from '../../operations/remedy.ts';
import { ownProject } from '../../selectors/stack.ts';
import { render } from '../../words/message.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { findingCalled } from '../finding-names.ts';
import { UsageError } from '../given.ts';
import { acknowledgementsProblemText, needsForFindings, watchedForFindings } from '../judged.ts';

/** `laketop mend` */
export function run(context: CommandContext): Promise<number> {
	const { config, given, io, signal } = context;
	const [wanted] = given.words;
	const number = given.text('remedy');
	return change(context, {
		watch: watchedForFindings,
		needs: needsForFindings,
		plan: async monitor => {
			const finding = await findingCalled(monitor, wanted, signal);
			const unread = acknowledgementsProblemText(monitor.store.current(), config.language);
			if (unread !== null) context.say(unread);
			const { message, action } = remedyOf(finding, number, context);
			context.say(`${render(finding.title, config.language)}: ${render(message, config.language)}`);
			return planOfRemedy(action, {
				clients: monitor.clients,
				facts: { state: monitor.store.current(), now: io.clock.now() },
				signal,
				project: ownProject(monitor.store.current(), config.discovery.project),
				airflowLogin: config.airflow,
			});
		},
	});
}

function remedyOf(finding: Finding, number: string | undefined, { config }: CommandContext) {
	const words = (remedy: Finding['remedies'][number]) => render(remedy.message, config.language);
	const changing = finding.remedies.filter(({ action }) => isChanging(action));
	const chosen = number === undefined ? changing[0] : finding.remedies[Number(number) - 1];
	if (number !== undefined && !chosen)
		throw new UsageError(
			`There is no remedy ${number}: this finding has ${finding.remedies.length}`,
			'laketop doctor numbers them',
		);
	if (chosen && isChanging(chosen.action)) return { message: chosen.message, action: chosen.action };
	const advice = finding.remedies.map(words).join('; ');
	throw new CommandFailure({
		kind: 'refused',
		message: `laketop cannot mend this by itself: ${render(finding.title, config.language)}`,
		remedy: advice === '' ? 'laketop doctor says more' : advice,
	});
}
