import { checkKey } from '../model/check.ts';
import { heartbeatAgeMs, isPageOk } from './airflow-facts.ts';
import type { DiagnosisFacts, Service } from './facts.ts';
import { isHostBusy } from './host-cpu.ts';
import { thresholds } from './thresholds.ts';

/**
 * Health checks that start Python and import Airflow or Celery each time: seconds of CPU. Airflow's published Compose files
 * run them every 30 s in each service.
 */
const heavyProbe = /\bairflow\s+(jobs|db|triggerer|scheduler)\b|\bcelery\b.{0,300}\binspect\b/;
/** moby, daemon/health.go: `Health check exceeded timeout (10s)`; celery, bin/control.py, when nobody replied within 1 s. */
const tooSlow = /exceeded timeout|No nodes replied/i;

/** Whether the health check times out although the service works, or while the host is too busy for a verdict. */
export function isProbeTooSlow(facts: DiagnosisFacts, service: Service): boolean {
	return isHeavyAndLate(facts, service) && (worksNow(facts, service) ?? isHostBusy(facts));
}

function isHeavyAndLate(facts: DiagnosisFacts, { it: { container, detail } }: Service): boolean {
	const test = facts.check('setup', container.id)?.setup.healthTest ?? '';
	const failed = (detail?.probes ?? []).filter(({ exitCode }) => exitCode !== 0);
	return heavyProbe.test(test) && failed.length > 0 && failed.every(({ output }) => tooSlow.test(output));
}

/** How long to wait for a Celery ping, ms: the worker may have been pinged shortly before. */
const doubtMs = thresholds.celeryPingPauseMs + thresholds.celeryPingMs;

/** Whether the worker's health check times out and no later ping shows whether the worker itself works. */
export function isProbeInDoubt(facts: DiagnosisFacts, service: Service): boolean {
	const { container, since } = service.it;
	if (service.role !== 'worker' || container.health !== 'unhealthy' || since === null) return false;
	const { containers } = facts.state.feeds;
	// Counted from laketop's start if that is later: there was no time for a ping before.
	const seenSince = containers.status === 'live' ? Math.max(since, containers.since) : since;
	if (facts.now - seenSince > doubtMs || !isHeavyAndLate(facts, service) || worksNow(facts, service) !== null)
		return false;
	return (facts.state.checks[checkKey('celery ping')]?.lookedAt ?? 0) < since;
}

/** Whether a service works, judged without its health check; null if that is unknown. */
export function worksNow(facts: DiagnosisFacts, { role, it }: Service): boolean | null {
	switch (role) {
		case 'scheduler': {
			const age = heartbeatAgeMs(facts);
			return age === null ? null : age < thresholds.heartbeatOldMs;
		}
		case 'webserver':
			return isPageOk(facts, 'airflow');
		case 'worker': {
			const now = facts.now + facts.clockAheadMs;
			const isBusy = facts
				.tasks()
				.some(({ endedAt }) => endedAt !== null && now - endedAt < thresholds.queuedTooLongMs);
			if (isBusy) return true;
			// A ping from before it became unhealthy, or while it was starting, means nothing now.
			const pingedAt = facts.state.checks[checkKey('celery ping')]?.lookedAt ?? 0;
			return pingedAt >= (it.since ?? 0) ? (facts.check('celery ping')?.answers ?? null) : null;
		}
		default:
			return null;
	}
}
