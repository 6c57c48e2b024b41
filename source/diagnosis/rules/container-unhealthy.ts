import {
	heartbeatAgeMs,
	isBrokerIll,
	isDatabaseIll,
	isHeartbeatOld,
	isMlflowLocked,
	isPageAway,
	isPageWell,
} from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, look, type Rule, remedy } from '../finding.ts';
import { cpuEvidence, isHostBusy } from '../host-cpu.ts';
import { say } from '../messages/message.ts';
import { hurtsOf, lastLinesEvidence, needsOf, readLog, restart, takesOf } from '../services.ts';
import { thresholds } from '../thresholds.ts';
import { loops } from './restart-loop.ts';

/** A running container whose health check fails. */
export const containerUnhealthy: Rule = {
	name: 'container unhealthy',
	find: facts =>
		facts.services.flatMap(service => {
			const { state, health } = service.it.container;
			if (state !== 'running' || health !== 'unhealthy') return [];
			if (loops(facts, service) || isToldOtherwise(facts, service)) return [];
			return [isProbeTooSlow(facts, service) ? slowProbe(facts, service) : finding(facts, service)];
		}),
};

/** Pages and heartbeats are looked at besides, and say more than a probe. */
function isToldOtherwise(facts: DiagnosisFacts, { role }: Service): boolean {
	if (role === 'webserver') return isPageAway(facts, 'airflow');
	if (role === 'mlflow') return isPageAway(facts, 'mlflow') || isMlflowLocked(facts);
	if (role === 'database') return isDatabaseIll(facts);
	if (role === 'broker') return isBrokerIll(facts);
	return role === 'scheduler' && isHeartbeatOld(facts);
}

function finding(facts: DiagnosisFacts, service: Service): Draft {
	const { detail, since } = service.it;
	const last = detail?.probes.findLast(probe => probe.exitCode !== 0);
	const output = last?.output.trim() ?? '';
	return {
		subject: service.container,
		severity: 'bad',
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
			...(output === '' ? [evidence(say('unhealthy.silent'))] : []),
			...lastLinesEvidence(facts, service),
		],
		cause: causeOf(service, output),
		reason: say('unhealthy.reason'),
		hurts: hurtsOf(service),
		remedies: [restart(service), readLog(service), look(say('remedy.inspect'), 'inspect', service.container)],
		takes: takesOf(service),
		needs: needsOf(service),
	};
}

/**
 * Programs that start Python and import all of Airflow or Celery each time: seconds of CPU. The Compose files that Airflow
 * publishes run them every 30 s in each service.
 */
const heavyProbe = /\bairflow\s+(jobs|db|triggerer|scheduler)\b|\bcelery\b.*\binspect\b/;
/** moby, daemon/health.go: `Health check exceeded timeout (10s)`; celery, bin/control.py, when nobody replied within 1 s. */
const tooSlow = /exceeded timeout|No nodes replied/i;

/** The probe does not come to its end in time, and the service is known to work, or the host too busy to tell. */
function isProbeTooSlow(facts: DiagnosisFacts, service: Service): boolean {
	const { container, detail } = service.it;
	const test = facts.check('setup', container.id)?.setup.healthTest ?? '';
	const failed = (detail?.probes ?? []).filter(({ exitCode }) => exitCode !== 0);
	if (!heavyProbe.test(test) || failed.length === 0 || !failed.every(({ output }) => tooSlow.test(output)))
		return false;
	return worksNow(facts, service) ?? isHostBusy(facts);
}

/** Whether a service does its work by other signs than its health check; null where there are none. */
function worksNow(facts: DiagnosisFacts, { role }: Service): boolean | null {
	switch (role) {
		case 'scheduler': {
			const age = heartbeatAgeMs(facts);
			return age === null ? null : age < thresholds.heartbeatOldMs;
		}
		case 'webserver':
			return isPageWell(facts, 'airflow');
		case 'worker': {
			const now = facts.now + facts.clockAheadMs;
			const isBusy = facts
				.tasks()
				.some(({ endedAt }) => endedAt !== null && now - endedAt < thresholds.queuedTooLongMs);
			return isBusy || facts.check('celery ping')?.answers === true || null;
		}
		default:
			return null;
	}
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
		hurts: [say('probe.hurts', params)],
		remedies: [
			remedy(say('probe.remedy', params), { kind: 'advice' }),
			look(say('remedy.inspect'), 'inspect', service.container),
		],
		// It works: nothing else follows from this.
		takes: [],
	};
}

function causeOf({ role }: Service, output: string) {
	// moby, daemon/health.go: `Health check exceeded timeout (5s)`.
	if (/exceeded timeout|timed out|timeout/i.test(output)) return say('unhealthy.hangs.cause');
	if (role === 'worker' && output === '') return say('unhealthy.worker.cause');
	if (output === '') return say('unhealthy.hangs.cause');
	return say('unhealthy.cause', { output: output.split('\n').at(-1) ?? output });
}
