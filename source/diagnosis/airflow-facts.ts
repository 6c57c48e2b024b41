import { checkKey } from '../model/check.ts';
import type { DiagnosisFacts, Service } from './facts.ts';
import { loops } from './rules/restart-loop.ts';
import { thresholds } from './thresholds.ts';

/** What several rules about Airflow and MLflow ask. */

/** Whether a page was asked a moment ago and has not answered well for long enough to be believed. */
export function isPageAway(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): boolean {
	const check = facts.page(id)?.check;
	return check != null && !check.ok && check.checkedAt - check.since >= thresholds.pageAwayMs;
}

/** Whether its last answer was a good one. */
export function isPageWell(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): boolean {
	return facts.page(id)?.check?.ok === true;
}

/** Runs, is not being started, and is not in a loop: what is wrong with it is not told by its container. */
export function isSteady(facts: DiagnosisFacts, service: Service, graceMs: number = thresholds.startGraceMs): boolean {
	const { container, detail } = service.it;
	if (container.state !== 'running' || loops(facts, service)) return false;
	if (container.health === 'healthy' || container.health === 'unhealthy') return true;
	return detail?.startedAt != null && facts.now - detail.startedAt > graceMs;
}

/** How old the scheduler's heartbeat is, ms, by the servers' clock; null where that cannot be told now. */
export function heartbeatAgeMs(facts: DiagnosisFacts): number | null {
	const { airflowHealth } = facts.state;
	if (airflowHealth?.metadatabase !== 'healthy' || !isPageWell(facts, 'airflow')) return null;
	const at = airflowHealth.schedulerHeartbeatAt;
	return at === null ? Number.POSITIVE_INFINITY : facts.now + facts.clockAheadMs - at;
}

export function isHeartbeatOld(facts: DiagnosisFacts): boolean {
	const age = heartbeatAgeMs(facts);
	// Heartbeats are as fresh as the look at the health page.
	const lookedAt = facts.page('airflow')?.check?.checkedAt ?? 0;
	return age !== null && age - (facts.now - lookedAt) > thresholds.heartbeatOldMs;
}

/** Asked in its own container, the database gave no good answer: it is spoken of there, not as an unhealthy container. */
export function isDatabaseIll(facts: DiagnosisFacts): boolean {
	return (facts.check('database')?.problem ?? '') !== '';
}

/** Asked in its own container, the broker did not answer in time. */
export function isBrokerIll(facts: DiagnosisFacts): boolean {
	return facts.check('broker')?.isHanging === true;
}

/**
 * MLflow does not work, and its SQLite database is locked: its log says so, or another program holds the lock. Its few
 * workers wait for the lock, so that its page hangs as well.
 */
export function isMlflowLocked(facts: DiagnosisFacts): boolean {
	const isSaid = facts.signs('mlflow database locked').length > 0;
	const isHeld = facts.check('mlflow lock')?.holders.some(({ isServer }) => !isServer) ?? false;
	return (isSaid || isHeld) && isMlflowFailing(facts);
}

/** Its page or its API did not answer well the last time it was asked. */
export function isMlflowFailing({ state, page }: DiagnosisFacts): boolean {
	return state.feeds.experiment.status === 'failed' || page('mlflow')?.check?.ok === false;
}

/** Nobody has looked yet for a lock that would explain why MLflow hangs since then: it logs one only after many seconds. */
export function isMlflowInDoubt(facts: DiagnosisFacts, since: number): boolean {
	if (facts.of('mlflow')?.it.container.state !== 'running' || facts.now - since > thresholds.doubtMs) return false;
	return (facts.state.checks[checkKey('mlflow lock')]?.lookedAt ?? 0) < since;
}

/** Names of the worker's settings are Airflow's: `AIRFLOW__CELERY__WORKER_CONCURRENCY`. */
export function settingOf(facts: DiagnosisFacts, service: Service | undefined, name: string): string | undefined {
	return service && facts.check('setup', service.it.container.id)?.setup.settings[name];
}

/**
 * Something began at that time that may come from the database, which was not looked at since. Until then nobody knows
 * which of the two it is.
 */
export function isDatabaseInDoubt(facts: DiagnosisFacts, since: number): boolean {
	const database = facts.of('database');
	if (!database || facts.now - since > thresholds.doubtMs || !/postg/.test(database.it.container.image)) return false;
	const lookedAt = facts.state.checks[checkKey('database')]?.lookedAt ?? 0;
	return lookedAt < since;
}
