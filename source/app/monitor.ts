import { setMaxListeners } from 'node:events';
import type { Judge } from '../checks/diagnosis.ts';
import { type AcknowledgementStore, acknowledgementsInMemory } from '../clients/acknowledgement-file.ts';
import type { Clients } from '../clients/clients.ts';
import type { ComposeClient } from '../clients/compose.ts';
import type { Config } from '../config/schema.ts';
import { type CheckLine, checkReport } from '../diagnosis/check-report.ts';
import { type DiagnosisOptions, factsOf } from '../diagnosis/facts.ts';
import { type Suspicion, suspicionsOf } from '../diagnosis/suspicions.ts';
import { acknowledgementsOf } from '../feeds/files/acknowledgements.ts';
import { createInterest, type Interest, type InterestStore } from '../feeds/interest.ts';
import { Quiet } from '../feeds/quiet.ts';
import type { FeedContext } from '../feeds/schedule.ts';
import type { Acknowledgement, AcknowledgementsProblem } from '../model/acknowledgement.ts';
import { isDefaultSocket, noEngineFailure } from '../model/engine/engine-address.ts';
import { LogStore } from '../model/logs/log-store.ts';
import type { Fact, Observation } from '../model/observation.ts';
import type { ServerName } from '../model/stack/discovery.ts';
import { initialState, type StackState } from '../model/state.ts';
import { type Clock, systemClock } from '../model/time/clock.ts';
import { ownProject } from '../selectors/servers/stack.ts';
import { createWakes, feedsOf, type Watched, watchedWith } from './feeds.ts';
import { firstClients } from './first-clients.ts';
import { observerOf } from './observer.ts';
import { createStackStore, type StackStore } from './store.ts';
import { Wiring } from './wiring.ts';

/** Watches one stack; the screen and the headless commands are built on it. */
export type Monitor = {
	readonly config: Config;
	readonly clock: Clock;
	readonly store: StackStore;
	readonly logs: LogStore;
	readonly interest: InterestStore;
	readonly clients: Clients;
	/** Adds a fact, with the current time. */
	observe(fact: Fact): void;
	/** Asks every server now instead of at its next turn. */
	refresh(): void;
	/** The user is at the keyboard: polling returns to its usual pace. */
	noteActivity(): void;
	/** Makes every check now, also expensive ones; resolves when the results are judged. */
	deepCheck(): Promise<void>;
	/**
	 * Makes the checks that are due now, without the delays that give a screen priority. These are all checks that a
	 * screen makes by itself. Resolves when the results are judged.
	 */
	dueChecks(): Promise<void>;
	/** Reads the logs of all services for signs of faults; resolves when they are read. */
	readLogs(): Promise<void>;
	/** Finds out which user the stack's Airflow was set up with, if none is configured; resolves when that is known. */
	lookUpAirflowUser(): Promise<void>;
	/** Requests the web pages now instead of at their next turn. */
	lookAtPages(): void;
	/** Possible faults that are not confirmed, see `suspicions.ts`. */
	suspicions(): readonly Suspicion[];
	/** Runs the diagnosis on the current facts and applies acknowledgements; resolves when that is stored. */
	judge(): Promise<void>;
	/** Acknowledges a finding of this stack; resolves with the reason why that was not saved, or null. */
	acknowledge(acknowledgement: Acknowledgement): Promise<AcknowledgementsProblem | null>;
	/** Removes an acknowledgement; resolves like `acknowledge`. */
	unacknowledge(findingId: string): Promise<AcknowledgementsProblem | null>;
	/**
	 * The checks so far, with their results.
	 * @param isStrict count acknowledged findings too
	 */
	checkReport(isStrict?: boolean): readonly CheckLine[];
	/** Resolves when all feeds have stopped and connections are closed. */
	stop(): Promise<void>;
};

export type MonitorOptions = {
	readonly config: Config;
	/** What to watch; everything by default. Containers are added if an address has to be discovered. */
	readonly watch?: readonly Watched[];
	/** The interest from the first moment on. */
	readonly interest?: Partial<Interest>;
	readonly clock?: Clock;
	readonly random?: () => number;
	/** Where acknowledgements are stored; by default in memory, as for a demo. */
	readonly acknowledgements?: AcknowledgementStore | undefined;
	/** Docker Compose; by default a process of its own. */
	readonly compose?: ComposeClient | undefined;
	/** The ports of guessed addresses of Airflow and MLflow; by default those of the guide. */
	readonly guessedPorts?: Readonly<Record<ServerName, number>> | undefined;
	/** Called for every observation, in order: for a recorder or a test. */
	readonly onObservation?: (observation: Observation) => void;
};

/** Starts all feeds at once and returns without waiting for any of them. */
export function startMonitor({
	config,
	watch,
	interest: lookedAt,
	clock = systemClock,
	random = Math.random,
	compose,
	acknowledgements: acknowledgementStore = acknowledgementsInMemory(),
	guessedPorts,
	onObservation,
}: MonitorOptions): Monitor {
	const stopping = new AbortController();
	// Every sleeping feed listens to this signal. Node before 22.13 prints a warning about a leak, on the screen.
	setMaxListeners(0, stopping.signal);
	const store = createStackStore(startOf(config));
	const logs = new LogStore();
	const interest = createInterest(config.dag);
	if (lookedAt) interest.setState(lookedAt);
	const wakes = createWakes();
	const quiet = new Quiet(clock, () => {
		for (const wake of [wakes.stats, wakes.pipeline, wakes.experiment, wakes.endpoints, wakes.diagnosis]) wake.fire();
	});
	const observe = observerOf({ store, logs, clock, signal: stopping.signal, quiet, onObservation });
	const clients = firstClients({ config, compose, clock, random, store });
	const diagnosisOptions = () => diagnosisOptionsOf(store.current(), interest.getState(), config);
	store.onChange(({ defaultDag }) => {
		// Unless somebody has chosen another one meanwhile.
		if (defaultDag !== null && interest.getState().dagId === config.dag) interest.setState({ dagId: defaultDag });
	});
	const { signal } = stopping;
	const wiring = new Wiring({ config, clock, signal, store, clients, wakes, observe, guessedPorts });
	const context: FeedContext = { clock, signal, observe, random };
	const acknowledgements = acknowledgementsFor({ context, config, store, quiet }, acknowledgementStore);
	let judge: Judge = noJudge;
	const watched = watchedWith(watch, config);
	const feedOf = feedsOf(context, {
		...{ config, store, clients, interest, quiet, wakes, diagnosisOptions },
		acknowledging: acknowledgements.watch,
		onJudge: ready => {
			judge = ready;
		},
	});
	const feeds = watched.map(name => feedOf[name]());
	// Without a list of containers only the configured addresses are known.
	if (!watched.includes('containers')) wiring.discover();

	return {
		...{ config, clock, store, logs, interest, clients, observe },
		refresh() {
			clients.ssh?.retryNow();
			for (const wake of Object.values(wakes)) wake.fire();
		},
		noteActivity: () => quiet.noteActivity(),
		deepCheck: () => judge.deepCheck(),
		dueChecks: () => judge.dueChecks(),
		readLogs: () => judge.readLogs(),
		lookUpAirflowUser: () => wiring.lookUpUser(),
		lookAtPages: () => wakes.endpoints.fire(),
		suspicions: () => suspicionsOf(factsOf(store.current(), clock.now(), diagnosisOptions())),
		async judge() {
			judge.judge();
			await acknowledgements.settle();
		},
		acknowledge: acknowledgements.add,
		unacknowledge: acknowledgements.remove,
		checkReport(isStrict = false) {
			const state = store.current();
			const counted = isStrict ? { ...state, acknowledgements: [] } : state;
			return checkReport(factsOf(counted, clock.now(), diagnosisOptions()));
		},
		async stop() {
			stopping.abort();
			store.close();
			await Promise.all(feeds);
			await Promise.all([clients.airflow?.close(), clients.mlflow?.close()]);
			await clients.ssh?.close();
		},
	};
}

/** What the diagnosis knows beside the facts: what is looked at, and what was configured. */
function diagnosisOptionsOf(state: StackState, { dagId }: Interest, config: Config): DiagnosisOptions {
	return {
		project: ownProject(state, config.discovery.project),
		dagId,
		isDagLeftToStack: isDagLeftToStack(dagId, config, state),
		experiment: config.experiment,
		isExperimentLeftToStack: config.leftToStack?.includes('experiment'),
		airflowUser: state.airflowUser?.name ?? config.airflow.username,
		championMargin: config.options['mlflow.champion_margin'],
	};
}

/** Whether nobody named the DAG: it is the configuration's default, or what the stack gave in its place. */
function isDagLeftToStack(dagId: string, { leftToStack = [], dag }: Config, { defaultDag }: StackState): boolean {
	return leftToStack.includes('dag') && (dagId === dag || dagId === defaultDag);
}

/** The acknowledgements of the watched stack. */
function acknowledgementsFor(
	{
		context,
		config,
		store,
		quiet,
	}: {
		readonly context: FeedContext;
		readonly config: Config;
		readonly store: StackStore;
		readonly quiet: Quiet;
	},
	kept: AcknowledgementStore,
) {
	return acknowledgementsOf(context, {
		quiet,
		state: store.current,
		onChange: listener => store.onChange(listener),
		store: kept,
		stack: () => {
			const { stack } = store.current();
			return stack === null ? null : { engine: config.dockerHost.address, project: stack.project ?? '' };
		},
	});
}

/** Without a diagnosis there is nothing to wait for. */
const noJudge: Judge = {
	deepCheck: async () => undefined,
	dueChecks: async () => undefined,
	readLogs: async () => undefined,
	judge: () => undefined,
};

/** The state before any answer. Without an engine, why it cannot answer is known from the start. */
function startOf({ stackOptions, composeFiles, dockerHost, airflow, mlflow }: Config): StackState {
	const hasEngine = dockerHost.kind !== 'none';
	const failed = { status: 'failed', since: 0, failure: noEngineFailure(dockerHost), retryAt: 0 } as const;
	return {
		...initialState,
		stackOptions: stackOptions ?? [],
		composeFiles: composeFiles ?? [],
		sendsAirflowToken: airflow.token !== undefined,
		mlflowLogin: mlflow.token !== undefined ? 'token' : mlflow.username ? 'user' : null,
		hasEngine,
		feeds: hasEngine ? initialState.feeds : { ...initialState.feeds, containers: failed, stats: failed },
		engine: hasEngine
			? { address: dockerHost.address, origin: dockerHost.origin, isDefault: isDefaultSocket(dockerHost) }
			: null,
	};
}
