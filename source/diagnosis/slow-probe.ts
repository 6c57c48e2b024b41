import { checkKey } from '../model/check.ts';
import { heartbeatAgeMs, isPageWell } from './airflow-facts.ts';
import type { DiagnosisFacts, Service } from './facts.ts';
import { isHostBusy } from './host-cpu.ts';
import { thresholds } from './thresholds.ts';

/**
 * Programs that start Python and import all of Airflow or Celery each time: seconds of CPU. The Compose files that Airflow
 * publishes run them every 30 s in each service.
 */
const heavyProbe = /\bairflow\s+(jobs|db|triggerer|scheduler)\b|\bcelery\b.{0,300}\binspect\b/;
/** moby, daemon/health.go: `Health check exceeded timeout (10s)`; celery, bin/control.py, when nobody replied within 1 s. */
const tooSlow = /exceeded timeout|No nodes replied/i;

/** The probe does not come to its end in time, and the service is known to work, or the host too busy to tell. */
export function isProbeTooSlow(facts: DiagnosisFacts, service: Service): boolean {
	return isHeavyAndLate(facts, service) && (worksNow(facts, service) ?? isHostBusy(facts));
}

function isHeavyAndLate(facts: DiagnosisFacts, { it: { container, detail } }: Service): boolean {
	const test = facts.check('setup', container.id)?.setup.healthTest ?? '';
	const failed = (detail?.probes ?? []).filter(({ exitCode }) => exitCode !== 0);
	return heavyProbe.test(test) && failed.length > 0 && failed.every(({ output }) => tooSlow.test(output));
}

/** So long an answer is waited for, ms: the worker may have been asked shortly before. */
const doubtMs = thresholds.celeryPingPauseMs + thresholds.celeryPingMs;

/** The worker's probe is too slow, and nobody has asked the worker since whether it works: that tells the two apart. */
export function isProbeInDoubt(facts: DiagnosisFacts, service: Service): boolean {
	const { container, since } = service.it;
	if (service.role !== 'worker' || container.health !== 'unhealthy' || since === null) return false;
	const { containers } = facts.state.feeds;
	// Whoever has only just begun to look has had no time to ask, however long it has lasted.
	const seenSince = containers.status === 'live' ? Math.max(since, containers.since) : since;
	if (facts.now - seenSince > doubtMs || !isHeavyAndLate(facts, service) || worksNow(facts, service) !== null)
		return false;
	return (facts.state.checks[checkKey('celery ping')]?.lookedAt ?? 0) < since;
}

/** Whether a service does its work by other signs than its health check; null where there are none. */
export function worksNow(facts: DiagnosisFacts, { role, it }: Service): boolean | null {
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
			if (isBusy) return true;
			// An answer from before says nothing about now; nor does silence while it was starting.
			const pingedAt = facts.state.checks[checkKey('celery ping')]?.lookedAt ?? 0;
			return pingedAt >= (it.since ?? 0) ? (facts.check('celery ping')?.answers ?? null) : null;
		}
		default:
			return null;
	}
}
