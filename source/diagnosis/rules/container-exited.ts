import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
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

/** A container that exited and is not started again. */
export const containerExited: Rule = {
	name: 'container exited',
	isSeenAtOnce: true,
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
