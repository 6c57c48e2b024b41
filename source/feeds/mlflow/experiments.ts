import type { MlflowClient } from '../../clients/mlflow/mlflow.ts';
import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { addressPending } from '../../model/failures/failure.ts';
import { type Experiment, withNewestRuns } from '../../model/mlflow/experiment.ts';
import { grouped } from '../../model/mlflow/run-series.ts';
import { mlflowRunsListed } from '../../model/settings/list-limits.ts';
import type { StackState } from '../../model/state.ts';
import type { InterestStore } from '../interest.ts';
import type { Quiet } from '../quiet.ts';
import { type FeedContext, keepAsking, type Wake } from '../schedule.ts';
import { fetchVersionRuns } from './version-runs.ts';

const activeIntervalMs = 2000;
const idleIntervalMs = 15_000;
const unfocusedIntervalMs = 30_000;
const versionsFetched = 50;
/** The most that `logged-models/search` gives at once. */
const loggedModelsFetched = 50;
/** Traces are counted over this time. */
const tracesWindowMs = 60 * 60_000;
/** While metrics may arrive, only this many of the newest runs are fetched, and all of them on every n-th turn. */
const newestFetched = 20;
const allEveryTurns = 15;

/** What the feeds ask MLflow for. */
type Mlflow = Pick<
	MlflowClient,
	| 'address'
	| 'sendsPassword'
	| 'version'
	| 'experimentByName'
	| 'newestExperiment'
	| 'experimentNames'
	| 'runs'
	| 'modelVersions'
	| 'run'
	| 'loggedModels'
	| 'prompts'
	| 'traces'
>;

export type MlflowDeps = {
	readonly mlflow: () => Mlflow | null;
	readonly experimentName: string;
	/** Nobody named it: where MLflow does not have it, the one with the newest run is shown. */
	readonly isExperimentLeftToStack?: boolean | undefined;
	/** The tag whose value groups runs into series. */
	readonly seriesTag: string | undefined;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	readonly quiet: Pick<Quiet, 'pauseMs'>;
	readonly wake: Wake;
};

/** Where MLflow hashes a password for each request, asking takes at most this share of a core. */
const passwordShare = 0.05;
/** News that are older than this are no news. */
const longestPauseMs = 2 * 60_000;

/**
 * The pause after a turn, ms.
 * @param usualMs the pause where requests are cheap
 * @param spentMs how long the requests of the turn took
 */
export function pauseAfter({ sendsPassword }: Pick<Mlflow, 'sendsPassword'>, usualMs: number, spentMs: number): number {
	return sendsPassword ? Math.max(usualMs, Math.min(longestPauseMs, spentMs / passwordShare)) : usualMs;
}

function clientOf(deps: MlflowDeps): Mlflow {
	const client = deps.mlflow();
	if (!client) throw addressPending('MLflow');
	return client;
}

/** MLflow's empty answer is `{}`, which any program may send: the version proves that it is MLflow. */
async function connect(
	{ observe }: Pick<FeedContext, 'observe'>,
	{ state }: Pick<MlflowDeps, 'state'>,
	client: Mlflow,
	signal: AbortSignal,
): Promise<void> {
	if (state().sources.mlflow?.address === client.address) return;
	const version = await client.version(signal);
	observe({ type: 'source connected', source: 'mlflow', version, address: client.address });
}

/** True while metrics may arrive: a pipeline run or an MLflow run is active. */
function isBusy(state: StackState): boolean {
	const runs = Object.values(state.dagRuns).some(list => list.some(isActiveRun));
	return runs || (state.mlflowRuns?.some(run => run.status === 'RUNNING') ?? false);
}

function shownExperiment({ interest, state, experimentName }: MlflowDeps): string {
	return interest.getState().experiment ?? state().defaultExperiment ?? experimentName;
}

/** The experiment of that name, else the one to show in its place where nobody named it. */
async function lookUp(
	{ observe }: Pick<FeedContext, 'observe'>,
	deps: MlflowDeps,
	client: Mlflow,
	signal: AbortSignal,
): Promise<{ name: string; found: Experiment | 'deleted' | null }> {
	const name = shownExperiment(deps);
	const found = await client.experimentByName(name, signal);
	const isThere = found !== null && found !== 'deleted';
	if (isThere || !deps.isExperimentLeftToStack || deps.interest.getState().experiment !== null) return { name, found };
	const other = await client.newestExperiment(signal);
	if (other === null) return { name, found };
	observe({ type: 'default experiment found', name: other });
	return { name: other, found: await client.experimentByName(other, signal) };
}

/** Keeps the experiment's runs fresh, newest first. */
export async function watchExperiment(context: FeedContext, deps: MlflowDeps): Promise<void> {
	const { observe } = context;
	let busy = false;
	let turn = 0;
	/** The experiment of the known runs. */
	let fetchedOf: string | null = null;
	const stopChange = deps.onChange(() => {
		const now = isBusy(deps.state());
		if (now !== busy) deps.wake.fire();
		busy = now;
	});
	const stopInterest = deps.interest.subscribe((now, before) => {
		if ((now.focused && !before.focused) || now.experiment !== before.experiment) deps.wake.fire();
	});
	try {
		await keepAsking(context, {
			feed: 'experiment',
			wake: deps.wake,
			ask: async signal => {
				const client = clientOf(deps);
				const beganAt = context.clock.now();
				await connect(context, deps, client, signal);
				const wanted = shownExperiment(deps);
				let experiment = deps.state().experiment;
				const { feeds, mlflowRuns } = deps.state();
				// One without runs may have been deleted since: its runs are deleted with it.
				const isDoubtful = mlflowRuns?.length === 0 || feeds.experiment.status !== 'live';
				if (experiment?.name !== wanted || isDoubtful) {
					const { name, found } = await lookUp(context, deps, client, signal);
					const isDeleted = found === 'deleted';
					experiment = isDeleted ? null : found;
					observe({ type: 'experiment fetched', name, experiment, isDeleted });
					// For suggestions if the name is unknown.
					if (experiment === null && deps.state().experimentNames === null)
						observe({ type: 'experiments fetched', names: await client.experimentNames(signal) });
				}
				if (experiment && !deps.interest.getState().withoutNewestRuns) {
					const { experimentId } = experiment;
					const known = experimentId === fetchedOf ? deps.state().mlflowRuns : null;
					const active = known ? known.findLastIndex(run => run.status === 'RUNNING') + 1 : 0;
					const limit = Math.max(newestFetched, active + 1);
					// 200 runs with their metrics cost MLflow 150 ms of CPU, too much every two seconds.
					const isPart = known !== null && limit < known.length && turn % allEveryTurns !== 0;
					const fetched = await client.runs(experimentId, isPart ? limit : mlflowRunsListed, signal);
					const runs = grouped(fetched, deps.seriesTag);
					observe({
						type: 'mlflow runs fetched',
						experimentId,
						runs: isPart ? withNewestRuns(known, runs, mlflowRunsListed) : runs,
					});
					fetchedOf = experimentId;
				}
				const { focused } = deps.interest.getState();
				const isActive = focused && isBusy(deps.state());
				turn = isActive ? turn + 1 : 0;
				const idleMs = focused ? deps.quiet.pauseMs(idleIntervalMs) : unfocusedIntervalMs;
				return pauseAfter(client, isActive ? activeIntervalMs : idleMs, context.clock.now() - beganAt);
			},
		});
	} finally {
		stopChange();
		stopInterest();
	}
}

/** Keeps the registered model versions fresh: fetched again when a run of the experiment has ended. */
export async function watchModels(
	context: FeedContext,
	deps: MlflowDeps & { readonly modelsWake: Wake },
): Promise<void> {
	let runs = deps.state().mlflowRuns;
	let experimentId = deps.state().experiment?.experimentId;
	const stop = deps.onChange(() => {
		const shown = deps.state().experiment?.experimentId;
		// Its logged models are not those of the one before.
		if (experimentId !== undefined && shown !== experimentId) deps.modelsWake.fire();
		experimentId = shown;
		const now = deps.state().mlflowRuns;
		const finished = (list: typeof now) => list?.filter(run => run.status === 'FINISHED').length;
		if (now !== runs && finished(now) !== finished(runs)) deps.modelsWake.fire();
		runs = now;
	});
	try {
		await keepAsking(context, {
			feed: 'models',
			wake: deps.modelsWake,
			ask: async signal => {
				const client = clientOf(deps);
				const beganAt = context.clock.now();
				await connect(context, deps, client, signal);
				const versions = await client.modelVersions(versionsFetched, signal);
				context.observe({ type: 'model versions fetched', versions });
				await fetchVersionRuns(context, deps, client, signal);
				context.observe({ type: 'experiments fetched', names: await client.experimentNames(signal) });
				if (isGeneration3(deps.state())) await fetchOfGeneration3(context, deps, client, signal);
				const { focused } = deps.interest.getState();
				const usualMs = 2 * (focused ? deps.quiet.pauseMs(idleIntervalMs) : unfocusedIntervalMs);
				return pauseAfter(client, usualMs, context.clock.now() - beganAt);
			},
		});
	} finally {
		stop();
	}
}

function isGeneration3({ sources }: StackState): boolean {
	return Number.parseInt(sources.mlflow?.version ?? '', 10) >= 3;
}

/** What MLflow 2 does not have: the models that runs logged, traces, and prompts. */
async function fetchOfGeneration3(
	{ observe, clock }: FeedContext,
	deps: MlflowDeps,
	client: Mlflow,
	signal: AbortSignal,
): Promise<void> {
	const { experiment } = deps.state();
	// A command that lists models has no feed of the experiment.
	const shown = experiment === undefined ? await client.experimentByName(deps.experimentName, signal) : experiment;
	if (shown !== null && shown !== 'deleted') {
		const { experimentId } = shown;
		const models = await client.loggedModels(experimentId, loggedModelsFetched, signal);
		const traces = await client.traces(experimentId, { now: clock.now(), windowMs: tracesWindowMs }, signal);
		// Another experiment may have been chosen meanwhile.
		const now = deps.state().experiment;
		if (now === undefined || now?.experimentId === experimentId) {
			observe({ type: 'logged models fetched', models });
			observe({ type: 'traces counted', traces });
		}
	}
	observe({ type: 'prompts fetched', prompts: await client.prompts(signal) });
}
