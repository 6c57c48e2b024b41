import type { Finding } from '../../model/finding.ts';
import { isChanging } from '../../model/finding.ts';
import { planOfFix } from '../../operations/fix.ts';
import { ownProject } from '../../selectors/stack.ts';
import { render } from '../../words/message.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { findingCalled } from '../finding-names.ts';
import { UsageError } from '../given.ts';
import { acknowledgementsProblemText, needsForFindings, watchedForFindings } from '../judged.ts';

/** `laketop fix` */
export function run(context: CommandContext): Promise<number> {
	const { config, given, io, signal } = context;
	const [wanted] = given.words;
	const number = given.text('fix');
	return change(context, {
		watch: watchedForFindings,
		needs: needsForFindings,
		plan: async monitor => {
			const finding = await findingCalled(monitor, wanted, signal);
			const unread = acknowledgementsProblemText(monitor.store.current(), config.language);
			if (unread !== null) context.say(unread);
			const { message, action } = fixOf(finding, number, context);
			context.say(`${render(finding.title, config.language)}: ${render(message, config.language)}`);
			return planOfFix(action, {
				clients: monitor.clients,
				facts: { state: monitor.store.current(), now: io.clock.now() },
				signal,
				project: ownProject(monitor.store.current(), config.discovery.project),
				airflowLogin: config.airflow,
			});
		},
	});
}

function fixOf(finding: Finding, number: string | undefined, { config }: CommandContext) {
	const words = (fix: Finding['fixes'][number]) => render(fix.message, config.language);
	const changing = finding.fixes.filter(({ action }) => isChanging(action));
	const chosen = number === undefined ? changing[0] : finding.fixes[Number(number) - 1];
	if (number !== undefined && !chosen)
		throw new UsageError(
			`There is no fix ${number}: this finding has ${finding.fixes.length}`,
			'laketop doctor numbers them',
		);
	if (chosen && isChanging(chosen.action)) return { message: chosen.message, action: chosen.action };
	const advice = finding.fixes.map(words).join('; ');
	throw new CommandFailure({
		kind: 'refused',
		message: `laketop cannot fix this by itself: ${render(finding.title, config.language)}`,
		fix: advice === '' ? 'laketop doctor says more' : advice,
	});
}
