import { isDeepStrictEqual } from 'node:util';
import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { ComposeClient } from '../clients/compose.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { type DiagnosisFacts, type DiagnosisOptions, factsOf } from '../diagnosis/facts.ts';
import type { InterestStore } from '../feeds/interest.ts';
import type { Quiet } from '../feeds/quiet.ts';
import { type FeedContext, Wake } from '../feeds/schedule.ts';
import type { StackState } from '../model/state.ts';
import { brokerCheck } from './broker.ts';
import { celeryPingCheck } from './celery-ping.ts';
import type { CheckDeps } from './check.ts';
import { composeFileCheck } from './compose-file.ts';
import { dagFolderCheck } from './dag-folder.ts';
import { dagFolderInsideCheck } from './dag-folder-inside.ts';
import { databaseCheck } from './database.ts';
import { dependenciesCheck } from './dependencies.ts';
import { diskCheck } from './disk.ts';
import { engineCheck } from './engine.ts';
import { hostMemoryCheck } from './host-memory.ts';
import { jobsCheck } from './jobs.ts';
import { CheckLane } from './lane.ts';
import { lastLinesCheck } from './last-lines.ts';
import { SignWatch } from './log-signs.ts';
import { logsFolderCheck } from './logs-folder.ts';
import { mlflowConnectionCheck } from './mlflow-connection.ts';
import { mlflowLockCheck } from './mlflow-lock.ts';
import { poolsCheck } from './pools.ts';
import { pythonFileCheck } from './python-file.ts';
import { setupCheck } from './setup.ts';
import { taskHistoryCheck } from './task-history.ts';
import { taskWaitsCheck } from './task-waits.ts';

/** Cheap: requests and file looks. Setup comes first, as others build on it. Checks with a memory are made per watch. */
const lightChecks = () => [
	setupCheck,
	lastLinesCheck,
	engineCheck,
	dagFolderCheck(),
	diskCheck(),
	hostMemoryCheck,
	poolsCheck(),
	dependenciesCheck,
	jobsCheck,
	taskHistoryCheck(),
	composeFileCheck(),
];
/** Those of the light checks that ask only Airflow. */
const lightChecksWithoutEngine = () => [poolsCheck(), taskHistoryCheck()];
/** Commands in containers, the cheapest first. */
const deepChecks = () => [
	pythonFileCheck(),
	brokerCheck(),
	taskWaitsCheck,
	databaseCheck,
	dagFolderInsideCheck,
	logsFolderCheck,
	mlflowConnectionCheck,
	mlflowLockCheck,
	celeryPingCheck,
];

/** Callers within this time share the facts, ms: every threshold is far coarser. */
const factsReuseMs = 50;
/** Facts that arrive within this time are judged together, ms. */
const settleMs = 200;
/** Shortest time between two judgements, ms: figures arrive all the time. */
const minPauseMs = 1000;
/** Longest time between two judgements, ms: time alone makes findings, such as a stale heartbeat. */
const turnMs = 1000;

export type DiagnosisDeps = {
	readonly docker: DockerClient;
	readonly compose: ComposeClient;
	readonly airflow: () => AirflowClient | null;
	readonly diagnosisOptions: () => DiagnosisOptions;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	readonly quiet: Quiet;
	readonly wake: Wake;
};

export type Judge = {
	/** Makes every check now, also the deep ones; resolves when the results are judged. */
	readonly deepCheck: () => Promise<void>;
	/**
	 * Makes the checks that are due now, without the delays after the start: all checks that a screen makes by itself.
	 * Resolves when the results are judged.
	 */
	readonly dueChecks: () => Promise<void>;
	/** Reads the logs of all services for signs of problems; resolves when they are read. */
	readonly readLogs: () => Promise<void>;
	/** Judges now instead of at the next turn. */
	readonly judge: () => void;
};

/**
 * Makes the checks, and diagnoses whenever facts change and once a second.
 * @param onReady receives the functions that check or judge on demand
 */
export async function watchDiagnosis(
	context: FeedContext,
	deps: DiagnosisDeps,
	onReady: (judge: Judge) => void,
): Promise<void> {
	const { clock, observe } = context;
	const { state, diagnosisOptions, quiet } = deps;
	const facts = keptFacts(state, clock.now, diagnosisOptions);
	const checkDeps: CheckDeps = {
		docker: deps.docker,
		compose: deps.compose,
		airflow: deps.airflow,
		facts,
		now: clock.now,
		isHere: false,
	};
	const isFocused = () => deps.interest.getState().focused;
	const isKnown = () => state().feeds.containers.status !== 'waiting';
	const { hasEngine } = state();
	const lights = hasEngine ? lightChecks() : lightChecksWithoutEngine();
	const light = new CheckLane(context, checkDeps, lights, { isDeep: false, isFocused, quiet, isKnown });
	const deep = new CheckLane(context, checkDeps, hasEngine ? deepChecks() : [], { isDeep: true, isFocused, quiet });

	const signs = new SignWatch(context, {
		docker: deps.docker,
		facts,
		isFocused,
		quiet,
		wake: deps.wake,
	});

	const judge = () => {
		const findings = diagnose(state(), clock.now(), diagnosisOptions());
		if (!isDeepStrictEqual(findings, state().findings)) observe({ type: 'findings changed', findings });
	};
	onReady({
		judge,
		deepCheck: async () => {
			await light.all();
			await deep.all();
			judge();
		},
		dueChecks: async () => {
			// In parallel: the slowest light check is Compose, deep ones are commands of some tenths of a second.
			await Promise.all([light.due(), deep.due()]);
			// Findings decide which deep checks are urgent.
			judge();
			await deep.due();
			judge();
		},
		readLogs: () => signs.look(),
	});

	const wakes = { facts: new Wake(), news: new Wake() };
	const stopChange = wakeOnNews(deps, [light, deep], wakes);
	try {
		await Promise.all([light.run(), deep.run(), keepJudging(context, { ...wakes, quiet, judge }), signs.run()]);
	} finally {
		stopChange();
	}
}

type JudgeWakes = {
	/** Any fact. */
	readonly facts: Wake;
	/** More than figures. */
	readonly news: Wake;
};

/** Wakes the checks when what they depend on has changed, and the judgement with every fact. Returns how to stop. */
function wakeOnNews({ state, onChange }: DiagnosisDeps, lanes: readonly CheckLane[], wakes: JudgeWakes): () => void {
	let before = state();
	return onChange(() => {
		const now = state();
		const isNews =
			isOtherwise(now.containers, before.containers) || now.feeds !== before.feeds || now.signs !== before.signs;
		// Its own results are no reason to judge again.
		const isOwn = now.findings !== before.findings;
		before = now;
		if (isNews) for (const lane of lanes) lane.wake();
		if (!isOwn) wakes.facts.fire();
		if (isNews) wakes.news.fire();
	});
}

/** Judges after each wake and once a second, with a pause in between, until the signal aborts. */
async function keepJudging(
	{ clock, signal }: FeedContext,
	{ facts, news, quiet, judge }: JudgeWakes & { readonly quiet: Quiet; readonly judge: () => void },
): Promise<void> {
	let judgedAt = Number.NEGATIVE_INFINITY;
	while (!signal.aborted) {
		await facts.sleep(clock, quiet.pauseMs(turnMs), signal);
		const pauseMs = quiet.pauseMs(minPauseMs);
		const { fired } = news;
		// Never longer, in case the clock is set back.
		const leftMs = (leastMs: number) => Math.min(minPauseMs, Math.max(settleMs, judgedAt + leastMs - clock.now()));
		await clock.sleep(leftMs(minPauseMs), signal);
		if (pauseMs > minPauseMs && news.fired === fired) await news.sleep(clock, pauseMs - minPauseMs, signal);
		if (signal.aborted) return;
		judgedAt = clock.now();
		judge();
	}
}

/** The facts of now, computed once for the dozens of checks that run at the same time. */
function keptFacts(
	state: () => StackState,
	clockNow: () => number,
	diagnosisOptions: DiagnosisDeps['diagnosisOptions'],
): () => DiagnosisFacts {
	let known: { readonly of: StackState; readonly facts: DiagnosisFacts } | undefined;
	return () => {
		const now = clockNow();
		const age = known ? now - known.facts.now : Number.POSITIVE_INFINITY;
		// A clock may be set back.
		if (known?.of !== state() || age >= factsReuseMs || age < 0)
			known = { of: state(), facts: factsOf(state(), now, diagnosisOptions()) };
		return known.facts;
	};
}

/** Whether more has changed than the figures of containers, which change every second. */
function isOtherwise(now: StackState['containers'], before: StackState['containers']): boolean {
	if (now === before) return false;
	const entries = Object.entries(now);
	if (entries.length !== Object.keys(before).length) return true;
	return entries.some(([id, { container, detail, ends, oomAt, setupChangedAt }]) => {
		const one = before[id];
		return (
			one?.container !== container ||
			one.detail !== detail ||
			one.ends !== ends ||
			one.oomAt !== oomAt ||
			one.setupChangedAt !== setupChangedAt
		);
	});
}
