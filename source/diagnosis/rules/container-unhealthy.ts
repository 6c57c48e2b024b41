import { sayer } from '../../words/message.ts';
import {
	isBrokerHanging,
	isDatabaseFailing,
	isHeartbeatOld,
	isMlflowLocked,
	isPageUnreachable,
} from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { cpuEvidence } from '../host-cpu.ts';
import { commonMessages } from '../messages/common.ts';
import { about, brokenBy, dependenciesOf, impactOf, lastLinesEvidence, readLog, restart } from '../services.ts';
import { isProbeInDoubt, isProbeTooSlow, worksNow } from '../slow-probe.ts';
import { loops } from './restart-loop.ts';

const texts = {
	'unhealthy.title': ['{service} is unhealthy', '{service}이(가) 비정상(unhealthy) 상태입니다'],
	'unhealthy.no output': ['The health check printed nothing', '헬스 체크 출력이 없습니다'],
	'unhealthy.cause': ['The health check fails: {output}', '헬스 체크가 실패합니다: {output}'],
	'unhealthy.hangs.cause': [
		'The process is running but does not respond in time: it hangs or is overloaded',
		'프로그램이 실행 중이지만 제시간에 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'unhealthy.worker.cause': [
		'The worker sends no heartbeats to the broker: it hangs or cannot reach the broker',
		'워커가 브로커에 하트비트를 보내지 않습니다. 멈췄거나 브로커에 연결하지 못합니다',
	],
	'unhealthy.reason': [
		'The container is running, and its dependencies show no problems',
		'컨테이너는 실행 중이고, 의존하는 서비스에서 확인된 이상이 없습니다',
	],
	'probe.evidence': ['Health check command:', '헬스 체크 명령:'],
	'probe.last.evidence': ['Last output:', '마지막 출력:'],
	'probe.cause': [
		'The health check starts Python on each probe and did not finish within {timeout:duration}',
		'헬스 체크가 매번 Python을 새로 시작하며 {timeout:duration} 안에 끝나지 않았습니다',
	],
	'probe.works.reason': [
		'{service} is working; only its health check is slow',
		'{service}은(는) 정상적으로 작동하고 있으며 헬스 체크만 느립니다',
	],
	'probe.busy.reason': [
		'The host has no CPU to spare, and the health checks of all services add to the load',
		'호스트에 여유 CPU가 없고, 모든 서비스의 헬스 체크가 부하를 더합니다',
	],
	'probe.impact': [
		'Services that wait for {service} to become healthy do not start',
		'{service}이(가) 정상(healthy)이 되기를 기다리는 서비스가 시작되지 않습니다',
	],
	'probe.fix': [
		'Raise interval and timeout of the {service} health check in the Compose file, or use a cheaper command',
		'Compose 파일에서 {service} 헬스 체크의 interval과 timeout을 늘리거나 더 가벼운 명령을 사용하세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A running container whose health check fails. */
export const containerUnhealthy: Rule = {
	name: 'container unhealthy',
	isSeenAtOnce: true,
	texts,
	find: facts =>
		facts.services.flatMap(service => {
			const { state, health } = service.it.container;
			if (state !== 'running' || health !== 'unhealthy') return [];
			if (loops(facts, service) || isReportedElsewhere(facts, service)) return [];
			if (isProbeInDoubt(facts, service)) return [];
			return [isProbeTooSlow(facts, service) ? slowProbe(facts, service) : finding(facts, service)];
		}),
};

/** Checks of pages, heartbeats and databases say more than a health check. */
function isReportedElsewhere(facts: DiagnosisFacts, { role }: Service): boolean {
	if (role === 'webserver') return isPageUnreachable(facts, 'airflow');
	if (role === 'mlflow') return isPageUnreachable(facts, 'mlflow') || isMlflowLocked(facts);
	if (role === 'database') return isDatabaseFailing(facts);
	if (role === 'broker') return isBrokerHanging(facts);
	return role === 'scheduler' && isHeartbeatOld(facts);
}

function finding(facts: DiagnosisFacts, service: Service): Draft {
	const { detail, since } = service.it;
	const last = detail?.probes.findLast(probe => probe.exitCode !== 0);
	const output = last?.output.trim() ?? '';
	return {
		...about(service),
		severity: 'critical',
		since,
		title: say('unhealthy.title', { service: service.name }),
		evidence: [
			evidence(
				say('unhealthy.evidence', {
					streak: Math.max(1, detail?.failingStreak ?? 1),
					code: last?.exitCode ?? '?',
				}),
				output.split('\n').filter(Boolean).slice(-6),
			),
			...(output === '' ? [evidence(say('unhealthy.no output'))] : []),
			...lastLinesEvidence(facts, service),
		],
		cause: causeOf(service, output),
		reason: say('unhealthy.reason'),
		impact: impactOf(service),
		fixes: [restart(service), readLog(service), look(say('fix.inspect'), 'inspect', service.container)],
		breaks: brokenBy(service),
		dependsOn: dependenciesOf(service),
		lagMs: probeLagMs(facts, service),
	};
}

/** When the next health check has ended: it starts after the interval and ends within the timeout. */
function probeLagMs(facts: DiagnosisFacts, { it }: Service): number {
	const setup = facts.check('setup', it.container.id)?.setup;
	return setup ? setup.healthIntervalMs + setup.healthTimeoutMs : 0;
}

function slowProbe(facts: DiagnosisFacts, service: Service): Draft {
	const setup = facts.check('setup', service.it.container.id)?.setup;
	const params = { service: service.name, timeout: setup?.healthTimeoutMs ?? 0 };
	return {
		...finding(facts, service),
		severity: 'warning',
		evidence: [
			evidence(say('probe.evidence'), [setup?.healthTest ?? '']),
			...(service.it.detail?.probes ?? [])
				.slice(-1)
				.map(({ output }) => evidence(say('probe.last.evidence'), [output.trim()])),
			...cpuEvidence(facts),
		],
		cause: say('probe.cause', params),
		reason: worksNow(facts, service) ? say('probe.works.reason', params) : say('probe.busy.reason'),
		impact: [say('probe.impact', params)],
		fixes: [fix(say('probe.fix', params), { kind: 'advice' }), look(say('fix.inspect'), 'inspect', service.container)],
		// The service works, so nothing else follows from this.
		breaks: [],
	};
}

function causeOf({ role }: Service, output: string) {
	// moby, daemon/health.go: `Health check exceeded timeout (5s)`.
	if (/exceeded timeout|timed out|timeout/i.test(output)) return say('unhealthy.hangs.cause');
	if (role === 'worker' && output === '') return say('unhealthy.worker.cause');
	if (output === '') return say('unhealthy.hangs.cause');
	return say('unhealthy.cause', { output: output.split('\n').at(-1) ?? output });
}
