import type { Monitor } from '../../app/monitor.ts';
import type { Finding } from '../../model/finding.ts';
import { rootFindings } from '../../selectors/findings/findings.ts';
import { verdictOf } from '../../selectors/findings/verdict.ts';
import { phrase } from '../../words/message.ts';
import { nothingSuch } from '../exit/failures.ts';
import { lookDeep, lookUntilJudged } from '../show/judged.ts';

/**
 * The finding of this id, rule or subject; without a word the first unacknowledged one. Throws CommandFailure if there is
 * none.
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
	// Only a deep check can see some of the named findings.
	if (wanted !== undefined && !find() && !signal.aborted) await lookDeep(monitor, signal);
	const found = find();
	if (found) return found;
	const all = rootFindings(monitor.store.current().findings).map(({ id }) => id);
	throw nothingSuch(
		wanted === undefined
			? phrase(['no findings: nothing to fix', '조치할 문제가 없습니다'])
			: phrase(['no finding "{wanted}"', '"{wanted}" 문제가 없습니다'], { wanted }),
		all.length > 0
			? phrase(['Findings: {ids}', '문제 목록: {ids}'], { ids: all.join('; ') })
			: phrase(['Run laketop doctor --deep for a deeper check', 'laketop doctor --deep으로 더 자세히 점검하세요']),
	);
}
