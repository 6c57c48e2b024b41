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
import { say } from '../messages/message.ts';
import { about, brokenBy, dependenciesOf, impactOf, lastLinesEvidence, readLog, restart } from '../services.ts';
import { isProbeInDoubt, isProbeTooSlow, worksNow } from '../slow-probe.ts';
import { loops } from './restart-loop.ts';

/** A running container whose health check fails. */
export const containerUnhealthy: Rule = {
	name: 'container unhealthy',
	isSeenAtOnce: true,
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
