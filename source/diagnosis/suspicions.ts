import { isActiveRun } from '../model/airflow/pipeline.ts';
import { checkKey } from '../model/check.ts';
import { type FeedName, feedSource } from '../model/source.ts';
import type { ServerName } from '../model/stack/discovery.ts';
import { isPageUnreachable } from './airflow-facts.ts';
import { isConnected } from './connection.ts';
import { type DiagnosisFacts, isRunning, type Service } from './facts.ts';
import { isJob } from './services.ts';
import { thresholds } from './thresholds.ts';

/**
 * Something that looks wrong but may not be a finding yet: a check is still missing, or it has to last. A screen shows
 * the finding when it comes; a command waits for exactly these.
 */
export type Suspicion = {
	/** What looks wrong: `page mlflow`, `container airflow-redis`. */
	readonly about: string;
	/** When it is decided at the latest, ms since the epoch; null: once the checks that are due are made. */
	readonly until: number | null;
	/** From when on a look at the web pages decides it, ms since the epoch; null: none does. */
	readonly pagesAt: number | null;
};

const suspicion = (
	about: string,
	{ until = null, pagesAt = null }: Partial<Omit<Suspicion, 'about'>> = {},
): Suspicion => ({ about, until, pagesAt });

/** Everything about the stack that looks wrong now. */
export function suspicionsOf(facts: DiagnosisFacts): Suspicion[] {
	// Without an engine the remaining checks are never made.
	if (facts.state.feeds.containers.status === 'failed') return [];
	return [
		...facts.services.flatMap(service => containerSuspicion(facts, service)),
		...pageSuspicions(facts, 'airflow'),
		...pageSuspicions(facts, 'mlflow'),
		...feedSuspicions(facts),
		...healthSuspicions(facts),
		...connectionSuspicions(facts),
		...runSuspicions(facts),
		...(facts.state.signs.some(({ lastAt }) => facts.now - lastAt < thresholds.signMs) ? [suspicion('logs')] : []),
	];
}

function containerSuspicion({ now }: DiagnosisFacts, service: Service): Suspicion[] {
	const { container, since, detail } = service.it;
	const about = `container ${service.container}`;
	if (container.state === 'running') return container.health === 'unhealthy' ? [suspicion(about)] : [];
	// It exits once more, which makes a restart loop, or it stays up.
	if (container.state === 'restarting') return [suspicion(about, { until: (since ?? now) + thresholds.endedMs })];
	if (isJob(service) && detail?.exitCode === 0) return [];
	// A container that exited long ago is decided; one that just exited may be restarting.
	if (since === null || now - since > 2 * thresholds.endedMs) return [];
	return [suspicion(about, { until: since + thresholds.endedMs })];
}

const pageRole = { airflow: 'webserver', mlflow: 'mlflow' } as const;

function pageSuspicions(facts: DiagnosisFacts, id: ServerName): Suspicion[] {
	const check = facts.page(id)?.check;
	if (!check || check.ok) return [];
	const about = `page ${id}`;
	const service = facts.of(pageRole[id]);
	// Decided by its container, or failing for long enough.
	if ((service && !isRunning(service)) || isPageUnreachable(facts, id)) return [suspicion(about)];
	const pagesAt = check.since + thresholds.pageFailingMs;
	return [suspicion(about, { until: pagesAt + thresholds.pageLookMs, pagesAt })];
}

const feeds: readonly FeedName[] = ['pipeline', 'dags', 'experiment', 'models'];

function feedSuspicions(facts: DiagnosisFacts): Suspicion[] {
	return feeds.flatMap(name => {
		const feed = facts.state.feeds[name];
		const source = feedSource[name];
		if (feed.status !== 'failed' || source === 'docker') return [];
		const about = `feed ${name}`;
		const { kind } = feed.failure;
		const service = facts.of(pageRole[source]);
		const isDecided =
			kind === 'not-found' || (kind === 'unauthorised' && source === 'airflow') || isPageUnreachable(facts, source);
		if (isDecided || (service && !isRunning(service))) return [suspicion(about)];
		// A failed request is retried, and its page may be about to fail as well.
		return [suspicion(about, { until: feed.since + Math.max(thresholds.requestFailingMs, thresholds.pageFailingMs) })];
	});
}

function healthSuspicions({ state: { airflowHealth } }: DiagnosisFacts): Suspicion[] {
	if (airflowHealth === null) return [];
	const isHealthy = airflowHealth.scheduler === 'healthy' && airflowHealth.metadatabase === 'healthy';
	return isHealthy ? [] : [suspicion('health of Airflow')];
}

/** MLflow does not answer the worker. A later look at its page shows whether the server or the connection is broken. */
function connectionSuspicions(facts: DiagnosisFacts): Suspicion[] {
	const connection = facts.check('mlflow connection');
	const page = facts.page('mlflow')?.check;
	if (!connection || isConnected(connection) || !page?.ok) return [];
	const triedAt = facts.state.checks[checkKey('mlflow connection')]?.at ?? 0;
	if (page.checkedAt >= triedAt) return [];
	return [suspicion('connection to MLflow', { until: triedAt + thresholds.pageLookMs, pagesAt: triedAt })];
}

/** Why tasks wait is known after checks of pools, the broker and sometimes the database. */
function runSuspicions(facts: DiagnosisFacts): Suspicion[] {
	const { dagRuns, dags } = facts.state;
	return Object.values(dagRuns)
		.flat()
		.filter(isActiveRun)
		.flatMap(run => {
			const states = facts.tasksOf(run).map(({ state }) => state);
			const waits = states.some(state => state === 'queued' || state === 'scheduled') || !states.includes('running');
			if (!waits) return [];
			const isPaused = dags?.some(dag => dag.dagId === run.dagId && dag.isPaused) ?? false;
			// A user who triggers a paused DAG usually unpauses it within moments.
			const until =
				isPaused && run.state === 'queued' && run.runType === 'manual' && run.logicalDate !== null
					? run.logicalDate - facts.clockAheadMs + thresholds.pageFailingMs
					: null;
			return [suspicion(`run ${run.dagId} ${run.dagRunId}`, { until })];
		});
}
