import { isChanging, planOfRemedy } from '../actions/remedy.ts';
import { render } from '../diagnosis/messages/render.ts';
import type { Finding } from '../model/finding.ts';
import type { Monitor } from '../monitor.ts';
import { rootFindings } from '../ui/panes/findings/finding-text.ts';
import { ownProject } from '../ui/view-state.ts';
import { change } from './change.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure, nothingSuch } from './failures.ts';
import { UsageError } from './given.ts';
import { lookDeep, lookUntilJudged, needsForFindings, watchedForFindings } from './judged.ts';

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

/** So long a finding that is named is waited for, ms: checks that run a command in a container come last. */
const waitMs = 15_000;

/** The finding that is meant: by its id, its rule, or what it is about; without a word the first. */
async function findingCalled(monitor: Monitor, wanted: string | undefined, signal: AbortSignal): Promise<Finding> {
	const find = () => {
		const roots = rootFindings(monitor.store.current().findings);
		if (wanted === undefined) return roots[0];
		return roots.find(({ id, rule, subject }) => id === wanted || rule === wanted || subject === wanted);
	};
	await lookUntilJudged(monitor, signal);
	// One that is named is waited for: what it rests on may be looked at last.
	const until = monitor.clock.now() + waitMs;
	while (wanted !== undefined && !find() && monitor.clock.now() < until && !signal.aborted)
		await monitor.clock.sleep(250, signal);
	// What only a deep check sees is looked for with one, as it was named.
	if (wanted !== undefined && !find() && !signal.aborted) await lookDeep(monitor, signal);
	const found = find();
	if (found) return found;
	const all = rootFindings(monitor.store.current().findings).map(({ id }) => id);
	throw nothingSuch(
		wanted === undefined ? 'Nothing is wrong: there is nothing to mend' : `There is no finding ${wanted}`,
		all.length > 0 ? `There are: ${all.join('; ')}` : 'laketop doctor --deep looks closer',
	);
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
