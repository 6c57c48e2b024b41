import { checkKey } from '../model/check.ts';
import type { ServerName } from '../model/discovery.ts';
import { isActiveRun } from '../model/pipeline.ts';
import { type FeedName, feedSource } from '../model/source.ts';
import { isPageAway } from './airflow-facts.ts';
import { type DiagnosisFacts, isRunning, type Service } from './facts.ts';
import { isJob } from './services.ts';
import { thresholds } from './thresholds.ts';

/**
 * What looks wrong and may not be a finding yet: some checks have to be made first, or it has to last for a while. A
 * screen finds out by and by; a command waits for exactly this, and no longer.
 */
export type Suspicion = {
	/** What looks wrong: `page mlflow`, `container airflow-redis`. */
	readonly about: string;
	/** By then it has become a finding, or never will; ms since the epoch, null: once what is due is checked. */
	readonly until: number | null;
	/** From then on a look at the web pages decides it; ms since the epoch, null: no look does. */
	readonly pagesAt: number | null;
};

const suspicion = (
	about: string,
	{ until = null, pagesAt = null }: Partial<Omit<Suspicion, 'about'>> = {},
): Suspicion => ({ about, until, pagesAt });

/** Everything about the stack that looks wrong now. */
export function suspicionsOf(facts: DiagnosisFacts): Suspicion[] {
	// Without an engine the checks that need one are never made, and nothing more is to be seen.
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
	// One more end makes a loop of it, or it stays up.
	if (container.state === 'restarting') return [suspicion(about, { until: (since ?? now) + thresholds.endedMs })];
	if (isJob(service) && detail?.exitCode === 0) return [];
	// What ended long ago needs no second look; what has just ended may be on its way back.
	if (since === null || now - since > 2 * thresholds.endedMs) return [];
	return [suspicion(about, { until: since + thresholds.endedMs })];
}

const pageRole = { airflow: 'webserver', mlflow: 'mlflow' } as const;

function pageSuspicions(facts: DiagnosisFacts, id: ServerName): Suspicion[] {
	const check = facts.page(id)?.check;
	if (!check || check.ok) return [];
	const about = `page ${id}`;
	const service = facts.of(pageRole[id]);
	// Its container says it all; and of one that was seen away for long enough, what is beneath it is looked at.
	if ((service && !isRunning(service)) || isPageAway(facts, id)) return [suspicion(about)];
	const pagesAt = check.since + thresholds.pageAwayMs;
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
			kind === 'not-found' || (kind === 'unauthorised' && source === 'airflow') || isPageAway(facts, source);
		if (isDecided || (service && !isRunning(service))) return [suspicion(about)];
		// A request that fails once is tried again, and its page may be about to be silent as well.
		return [suspicion(about, { until: feed.since + Math.max(thresholds.requestFailingMs, thresholds.pageAwayMs) })];
	});
}

function healthSuspicions({ state: { airflowHealth } }: DiagnosisFacts): Suspicion[] {
	if (airflowHealth === null) return [];
	const isWell = airflowHealth.scheduler === 'healthy' && airflowHealth.metadatabase === 'healthy';
	return isWell ? [] : [suspicion('health of Airflow')];
}

/** MLflow does not answer its worker: whether it answers anybody since then tells what is broken. */
function connectionSuspicions(facts: DiagnosisFacts): Suspicion[] {
	const road = facts.check('road to MLflow');
	const page = facts.page('mlflow')?.check;
	if (!road || (road.httpStatus !== null && road.httpStatus < 400) || !page?.ok) return [];
	const triedAt = facts.state.checks[checkKey('road to MLflow')]?.at ?? 0;
	if (page.checkedAt >= triedAt) return [];
	return [suspicion('connection to MLflow', { until: triedAt + thresholds.pageLookMs, pagesAt: triedAt })];
}

/** What holds tasks that wait: pools and the broker say, and the database where something calls for it. */
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
			// Whoever triggers a run of a paused DAG unpauses it within moments.
			const until =
				isPaused && run.state === 'queued' && run.runType === 'manual' && run.logicalDate !== null
					? run.logicalDate - facts.clockAheadMs + thresholds.pageAwayMs
					: null;
			return [suspicion(`run ${run.dagId} ${run.dagRunId}`, { until })];
		});
}
