import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, type Rule } from '../finding.ts';
import {
	about,
	brokenBy,
	dependenciesOf,
	errorLine,
	impactOf,
	isJob,
	lastLines,
	lastLinesEvidence,
	readLog,
	start,
	up,
} from '../services.ts';
import { thresholds } from '../thresholds.ts';
import { portError } from './port-taken.ts';

const texts = {
	'exited.title': ['{service} exited', '{service} 컨테이너가 종료되었습니다'],
	'exited.evidence': [
		'Exit code {code} at {at:time}, restart policy {policy}',
		'종료 코드 {code}, 종료 시각 {at:time}, 재시작 정책 {policy}',
	],
	'exited.stopped.cause': ['Stopped manually', '사용자가 직접 중지했습니다'],
	'exited.stopped.reason': [
		'Restart policy {policy} starts it again after a crash, so exit code {code} was a manual stop',
		'장애로 종료되었다면 재시작 정책 {policy}에 따라 다시 시작되었을 것입니다. 따라서 종료 코드 {code}은(는) 수동 중지입니다',
	],
	'exited.terminated.reason': [
		'Exit code {code} is SIGTERM, an orderly stop',
		'종료 코드 {code}은(는) SIGTERM에 의한 정상 중지입니다',
	],
	'exited.killed.cause': ['Killed from outside (SIGKILL)', '외부에서 강제 종료되었습니다(SIGKILL)'],
	'exited.killed.reason': [
		'Exit code 137 is SIGKILL, and Docker reports no OOM kill. It was killed manually, or a stop exceeded its grace period',
		'종료 코드 137은 SIGKILL이며 Docker에 OOM 기록이 없습니다. 직접 강제 종료했거나 중지 유예 시간을 넘긴 경우입니다',
	],
	'exited.oom.cause': ['OOM-killed', '메모리가 부족하여 커널이 강제 종료했습니다(OOM)'],
	'exited.oom.reason': ['Docker reports OOMKilled', 'Docker가 이 종료를 메모리 부족(OOM)으로 기록했습니다'],
	'exited.crashed.cause': ['The process crashed: {line}', '프로그램이 오류로 종료되었습니다: {line}'],
	'exited.crashed.reason': [
		'Exit code {code} is an error of the process itself. The cause is the last error in its log',
		'종료 코드 {code}은(는) 프로그램 자체의 오류입니다. 로그에 남은 마지막 오류를 원인으로 판단했습니다',
	],
	'exited.finished.cause': ['The process ran to completion', '프로그램이 끝까지 실행되고 종료되었습니다'],
	'exited.finished.reason': [
		'Exit code 0 without a stop request. A service that should run continuously has nothing left to do',
		'중지 명령 없이 종료 코드 0으로 끝났습니다. 계속 실행되어야 하는 서비스가 할 일을 마치고 종료된 것입니다',
	],
} as const;
const say = sayer(texts);

/** A container that exited and is not started again. */
export const containerExited: Rule = {
	name: 'container exited',
	isSeenAtOnce: true,
	texts,
	find: facts =>
		facts.services.flatMap(service => {
			const { container, since } = service.it;
			if (container.state !== 'exited' && container.state !== 'dead') return [];
			// A restart takes a moment between exit and start.
			if (since !== null && facts.now - since < thresholds.endedMs) return [];
			return finding(facts, service);
		}),
};

function finding(facts: DiagnosisFacts, service: Service): Draft[] {
	const { detail, since } = service.it;
	if (detail === null || portError(detail) !== null) return [];
	const { exitCode: code, oomKilled, restartPolicy: policy, finishedAt } = detail;
	if (isJob(service) && code === 0) return [];
	const why = causeOf(facts, service, { code, oomKilled, policy });
	return [
		{
			...about(service),
			severity: 'critical',
			since,
			title: say('exited.title', { service: service.name }),
			evidence: [
				evidence(say('exited.evidence', { code, at: finishedAt ?? since ?? facts.now, policy })),
				...lastLinesEvidence(facts, service),
			],
			cause: why.cause,
			reason: why.reason,
			impact: impactOf(service),
			fixes: [start(service), up(service), readLog(service)],
			breaks: brokenBy(service),
			dependsOn: why.isOwn ? ['engine', 'stack'] : dependenciesOf(service),
		},
	];
}

type End = { readonly code: number; readonly oomKilled: boolean; readonly policy: string };

/** `isOwn`: no other finding can explain it. */
function causeOf(facts: DiagnosisFacts, service: Service, { code, oomKilled, policy }: End) {
	const line = errorLine(lastLines(facts, service));
	// The engine restarts it whatever the exit code, unless it was stopped manually.
	const restartsAfterCrash = policy === 'unless-stopped' || policy === 'always';
	if (oomKilled) return { cause: say('exited.oom.cause'), reason: say('exited.oom.reason'), isOwn: true };
	if (code === 137) return { cause: say('exited.killed.cause'), reason: say('exited.killed.reason'), isOwn: true };
	if (restartsAfterCrash)
		return { cause: say('exited.stopped.cause'), reason: say('exited.stopped.reason', { code, policy }), isOwn: true };
	if (code === 143)
		return { cause: say('exited.stopped.cause'), reason: say('exited.terminated.reason', { code }), isOwn: true };
	if (code === 0) return { cause: say('exited.finished.cause'), reason: say('exited.finished.reason'), isOwn: true };
	return {
		cause: say('exited.crashed.cause', { line: line === '' ? `exit code ${code}` : line }),
		reason: say('exited.crashed.reason', { code }),
		isOwn: false,
	};
}
