import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, type Rule } from '../finding.ts';
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

const texts = {
	'loop.title': ['{service} is in a restart loop', '{service} 컨테이너가 종료와 재시작을 반복합니다'],
	'loop.evidence': [
		'{count} {count|exit|exits} within {window:duration}, last exit code {code}',
		'{window:duration} 동안 {count}회 종료, 마지막 종료 코드 {code}',
	],
	'loop.cause': ['It crashes soon after each start: {line}', '시작 직후 매번 오류로 종료됩니다: {line}'],
	'loop.unknown.cause': [
		'It crashes soon after each start and logs no error',
		'시작 직후 매번 종료되지만 로그에 남은 오류가 없습니다',
	],
	'loop.unknown.reason': [
		'Restart policy {policy} starts it again each time',
		'재시작 정책 {policy}에 따라 매번 다시 시작됩니다',
	],
	'loop.reason': [
		'Restart policy {policy} starts it again each time, and its log ends with this error',
		'재시작 정책 {policy}에 따라 매번 다시 시작되며 로그가 이 오류로 끝납니다',
	],
} as const;
const say = sayer(texts);

/** A container that keeps exiting and restarting. */
export const restartLoop: Rule = {
	name: 'restart loop',
	isSeenAtOnce: true,
	texts,
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
