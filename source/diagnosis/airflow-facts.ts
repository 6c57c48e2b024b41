import { checkKey } from '../model/check.ts';
import { isApiServer as servesApi } from '../model/engine/role.ts';
import { isAirflow3 } from '../selectors/printed-commands/airflow-command.ts';
import type { Message } from '../words/message.ts';
import type { DiagnosisFacts, Service } from './facts.ts';
import { say } from './messages/message.ts';
import { loops } from './rules/restart-loop.ts';
import { thresholds } from './thresholds.ts';

/** Shared by rules about Airflow and MLflow. */

/** Whether a page has failed for long enough, up to the last look. */
export function isPageUnreachable(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): boolean {
	const check = facts.page(id)?.check;
	return check != null && !check.ok && check.checkedAt - check.since >= thresholds.pageFailingMs;
}

/** Whether the last look at the page succeeded. */
export function isPageOk(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): boolean {
	return facts.page(id)?.check?.ok === true;
}

/** Whether a service is running, past its start and in no restart loop, so that its container explains no failure. */
export function isSteady(facts: DiagnosisFacts, service: Service, graceMs: number = thresholds.startGraceMs): boolean {
	const { container, detail } = service.it;
	if (container.state !== 'running' || loops(facts, service)) return false;
	if (container.health === 'healthy' || container.health === 'unhealthy') return true;
	return detail?.startedAt != null && facts.now - detail.startedAt > graceMs;
}

/** Age of the scheduler's heartbeat by the servers' clock, ms; null if that is unknown now. */
export function heartbeatAgeMs(facts: DiagnosisFacts): number | null {
	const { airflowHealth } = facts.state;
	if (airflowHealth?.metadatabase !== 'healthy' || !isPageOk(facts, 'airflow')) return null;
	const at = airflowHealth.schedulerHeartbeatAt;
	return at === null ? Number.POSITIVE_INFINITY : facts.now + facts.clockAheadMs - at;
}

export function isHeartbeatOld(facts: DiagnosisFacts): boolean {
	const age = heartbeatAgeMs(facts);
	// A heartbeat is only known as of the last look at the health page.
	const lookedAt = facts.page('airflow')?.check?.checkedAt ?? 0;
	return age !== null && age - (facts.now - lookedAt) > thresholds.heartbeatOldMs;
}

/** Whether a query inside the database's container failed, which says more than an unhealthy container. */
export function isDatabaseFailing(facts: DiagnosisFacts): boolean {
	return (facts.check('database')?.problem ?? null) !== null;
}

/** Whether the broker timed out inside its own container. */
export function isBrokerHanging(facts: DiagnosisFacts): boolean {
	return (facts.check('broker')?.hang ?? null) !== null;
}

/**
 * Whether MLflow fails and its SQLite database is locked, by its log or because another program holds the lock. Its few
 * workers wait for the lock, so its page hangs as well.
 */
export function isMlflowLocked(facts: DiagnosisFacts): boolean {
	const isLogged = facts.signs('mlflow database locked').length > 0;
	const isHeld = facts.check('mlflow lock')?.holders.some(({ isServer }) => !isServer) ?? false;
	return (isLogged || isHeld) && isMlflowFailing(facts);
}

/** Whether the last request to its page or API failed. */
export function isMlflowFailing({ state, page }: DiagnosisFacts): boolean {
	return state.feeds.experiment.status === 'failed' || page('mlflow')?.check?.ok === false;
}

/** Whether MLflow's lock was not checked since then. It could explain the hang, and is logged only after many seconds. */
export function isMlflowInDoubt(facts: DiagnosisFacts, since: number): boolean {
	if (facts.of('mlflow')?.it.container.state !== 'running' || facts.now - since > thresholds.doubtMs) return false;
	return (facts.state.checks[checkKey('mlflow lock')]?.lookedAt ?? 0) < since;
}

/** Names of the worker's settings are Airflow's: `AIRFLOW__CELERY__WORKER_CONCURRENCY`. */
export function settingOf(facts: DiagnosisFacts, service: Service | undefined, name: string): string | undefined {
	return service && facts.check('setup', service.it.container.id)?.setup.settings[name];
}

/** Whether the database was not checked since then, so that a failure which began then may come from it. */
export function isDatabaseInDoubt(facts: DiagnosisFacts, since: number): boolean {
	const database = facts.of('database');
	if (!database || facts.now - since > thresholds.doubtMs || !/postg/.test(database.it.container.image)) return false;
	const lookedAt = facts.state.checks[checkKey('database')]?.lookedAt ?? 0;
	return lookedAt < since;
}

/** Whether Airflow's page is served by the API server of Airflow 3, not by the webserver of Airflow 2. */
export function isApiServer(facts: DiagnosisFacts): boolean {
	const server = facts.of('webserver');
	return isAirflow3(facts.state) || (server !== undefined && servesApi(server.it.container));
}

/** The process that reads DAG files: the DAG processor, which Airflow 3 always has, else the scheduler. */
export function readerName(facts: DiagnosisFacts): Message {
	return say(
		isAirflow3(facts.state) || facts.of('dag reader')?.role === 'processor' ? 'reader.processor' : 'reader.scheduler',
	);
}
