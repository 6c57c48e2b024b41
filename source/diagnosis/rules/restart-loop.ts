import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import {
	about,
	brokenBy,
	dependenciesOf,
	errorLine,
	impactOf,
	lastLines,
	lastLinesEvidence,
	readLog,
	up,
} from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** A container that keeps exiting and restarting. */
export const restartLoop: Rule = {
	name: 'restart loop',
	isSeenAtOnce: true,
	find: facts => facts.services.flatMap(service => (loops(facts, service) ? [finding(facts, service)] : [])),
};

/** Whether it is in a restart loop now: by its observed exits, or by the engine's count for a loop that began earlier. */
export function loops({ now }: DiagnosisFacts, { it }: Service): boolean {
	const { container, detail, ends } = it;
	if (container.state === 'exited' || container.state === 'dead' || container.state === 'created') return false;
	const hasStayedUp =
		container.state === 'running' &&
		detail?.startedAt != null &&
		(now - detail.startedAt > thresholds.loopOverMs || container.health === 'healthy');
	if (hasStayedUp) return false;
	// Crashes only: an ordered restart exits with 0 or the code of a signal.
	const failures = ends.filter(({ at, exitCode }) => now - at < thresholds.loopWindowMs && !isOrdered(exitCode));
	if (failures.length >= thresholds.loopEnds) return true;
	// A loop that began before laketop: the engine counts restarts, over weeks, and an ordered start resets the count. A
	// container that stayed up before it exited is not in a loop.
	const count = detail?.restartCount ?? 0;
	const { startedAt, finishedAt } = detail ?? { startedAt: null, finishedAt: null };
	const ranMs =
		ends.at(-1)?.ranMs ??
		(container.state === 'restarting' && startedAt !== null && finishedAt !== null ? finishedAt - startedAt : null);
	if (ranMs !== null && ranMs > thresholds.loopOverMs) return false;
	if (container.state === 'restarting') return count >= thresholds.loopEnds - 1;
	const pause = startedAt === null || finishedAt === null ? Number.POSITIVE_INFINITY : startedAt - finishedAt;
	return count >= thresholds.loopEnds && pause < thresholds.loopOverMs;
}

function isOrdered(code: number | null): boolean {
	return code === 0 || code === 143 || code === null;
}

function finding(facts: DiagnosisFacts, service: Service): Draft {
	const { detail, ends } = service.it;
	const recent = ends.filter(({ at }) => facts.now - at < thresholds.loopWindowMs);
	const line = errorLine(lastLines(facts, service));
	const policy = detail?.restartPolicy ?? '';
	return {
		...about(service),
		severity: 'critical',
		since: recent[0]?.at ?? service.it.since,
		title: say('loop.title', { service: service.name }),
		evidence: [
			evidence(
				say('loop.evidence', {
					count: Math.max(recent.length, detail?.restartCount ?? 0),
					window: thresholds.loopWindowMs,
					code: ends.at(-1)?.exitCode ?? detail?.exitCode ?? '?',
				}),
			),
			...lastLinesEvidence(facts, service),
		],
		cause: line === '' ? say('loop.unknown.cause') : say('loop.cause', { line }),
		reason: say(line === '' ? 'loop.unknown.reason' : 'loop.reason', { policy }),
		impact: impactOf(service),
		fixes: [readLog(service), up(service)],
		breaks: brokenBy(service),
		dependsOn: dependenciesOf(service),
	};
}
