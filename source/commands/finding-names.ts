import type { Monitor } from '../app/monitor.ts';
import type { Finding } from '../model/finding.ts';
import { rootFindings } from '../selectors/findings.ts';
import { verdictOf } from '../selectors/verdict.ts';
import { nothingSuch } from './failures.ts';
import { lookDeep, lookUntilJudged } from './judged.ts';

/**
 * The finding that is meant: by its id, its rule, or what it is about; without a word the first that nobody acknowledged.
 * Throws CommandFailure where there is none.
 */
export async function findingCalled(
	monitor: Monitor,
	wanted: string | undefined,
	signal: AbortSignal,
): Promise<Finding> {
	const find = () => {
		const roots = rootFindings(monitor.store.current().findings);
		if (wanted === undefined) return verdictOf(monitor.store.current(), monitor.clock.now()).findings[0];
		return roots.find(({ id, rule, subject }) => id === wanted || rule === wanted || subject === wanted);
	};
	await lookUntilJudged(monitor, signal);
	// What only a deep check sees is looked for with one, as it was named.
	if (wanted !== undefined && !find() && !signal.aborted) await lookDeep(monitor, signal);
	const found = find();
	if (found) return found;
	const all = rootFindings(monitor.store.current().findings).map(({ id }) => id);
	throw nothingSuch(
		wanted === undefined ? 'Nothing is wrong: there is nothing to fix' : `There is no finding ${wanted}`,
		all.length > 0 ? `There are: ${all.join('; ')}` : 'laketop doctor --deep looks closer',
	);
}
