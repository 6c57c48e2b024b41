import { setMaxListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { type Judge, watchDiagnosis } from '../checks/diagnosis.ts';
import { type AcknowledgementStore, acknowledgementsInMemory } from '../clients/acknowledgement-file.ts';
import { AirflowV1Client } from '../clients/airflow/airflow-v1.ts';
import { noSessions, sessionsIn } from '../clients/airflow/kept-sessions.ts';
import type { Clients } from '../clients/clients.ts';
import { type ComposeClient, ComposeProcess } from '../clients/compose.ts';
import { DockerClient } from '../clients/engine/docker.ts';
import type { HttpTarget } from '../clients/http/http.ts';
import { MlflowClient } from '../clients/mlflow/mlflow.ts';
import type { Config } from '../config/schema.ts';
import { type CheckLine, checkReport } from '../diagnosis/check-report.ts';
import { type DiagnosisWishes, factsOf } from '../diagnosis/facts.ts';
import { type Suspicion, suspicionsOf } from '../diagnosis/suspicions.ts';
import { acknowledgementsOf } from '../feeds/acknowledgements.ts';
import { watchEndpoints } from '../feeds/endpoints.ts';
import { watchExperiment, watchModels } from '../feeds/experiments.ts';
import { createInterest, type Interest, type InterestStore } from '../feeds/interest.ts';
import { LogErrors } from '../feeds/log-errors.ts';
import { watchLogs } from '../feeds/logs.ts';
import { watchDags, watchPipeline } from '../feeds/pipeline.ts';
import { type FeedContext, Wake } from '../feeds/schedule.ts';
import { watchServices } from '../feeds/services.ts';
import { watchStats } from '../feeds/stats.ts';
import type { Acknowledgement } from '../model/acknowledgement.ts';
import type { CheckName } from '../model/check.ts';
import { type Clock, systemClock } from '../model/clock.ts';
import { type ComposeProject, composeProjectOf } from '../model/compose-project.ts';
import { type DiscoveryWishes, discoverStack, type ServerName, type Stack, serverNames } from '../model/discovery.ts';
import { engineHostname, isDefaultSocket } from '../model/engine-address.ts';
import { LogStore } from '../model/log-store.ts';
import type { Fact, Observation } from '../model/observation.ts';
import type { FeedName } from '../model/source.ts';
import { initialState, type StackState } from '../model/state.ts';
import { addressFailure, ownProject, projectToChange } from '../selectors/stack.ts';
import { createStackStore, type StackStore } from './store.ts';

/** The running watch over one stack: what the screen and the headless commands stand on. */
export type Monitor = {
	readonly config: Config;
	readonly clock: Clock;
	readonly store: StackStore;
	readonly logs: LogStore;
	readonly interest: InterestStore;
	readonly clients: Clients;
	/** Adds a fact to what is known, with the time of now. */
	observe(fact: Fact): void;
	/** Asks every server now instead of at its next turn. */
	refresh(): void;
	/** Makes every check now, also those that cost something; resolves when they are made and judged. */
	deepCheck(): Promise<void>;
	/**
	 * Makes the checks that are due now, without the delays that let a screen come first: light ones, deep ones that
	 * something calls for, and those of these names; resolves when they are made and judged.
	 */
	dueChecks(names: readonly CheckName[]): Promise<void>;
	/** Reads the logs of all services for signs of what is wrong; resolves when they are read. */
	readLogs(): Promise<void>;
	/** Looks at the web pages now instead of at their next turn. */
	lookAtPages(): void;
	/** What looks wrong and is not decided: see `suspicions.ts`. */
	suspicions(): readonly Suspicion[];
	/** Finds out what is wrong from what is known now, and what of it is acknowledged; resolves when that is kept. */
	judge(): Promise<void>;
	/** Acknowledges a finding of this stack; resolves with why that could not be kept, or null. */
	acknowledge(acknowledgement: Acknowledgement): Promise<string | null>;
	/** Takes an acknowledgement back. */
	unacknowledge(findingId: string): Promise<string | null>;
	/**
	 * What was checked up to now, and what came of it.
	 * @param isStrict acknowledged findings count as well
	 */
	checkReport(isStrict?: boolean): readonly CheckLine[];
	/** Resolves when all feeds have stopped and connections are closed. */
	stop(): Promise<void>;
};

/** Grace period for the engine's first list of containers, ms: then the feeds start with what is known without it. */
const engineGraceMs = 2000;

/** What can be watched: the feeds, the web pages, what is wrong; and where Airflow is, for those who ask it themselves. */
export type Watched = FeedName | 'endpoints' | 'diagnosis' | 'airflow address';

export type MonitorOptions = {
	readonly config: Config;
	/** What is watched; everything where it is left out. The containers come along where an address is to be discovered. */
	readonly watch?: readonly Watched[];
	/** What is looked at from the first moment on. */
	readonly interest?: Partial<Interest>;
	readonly clock?: Clock;
	readonly random?: () => number;
	/** Where acknowledgements are kept; left out: in memory, as for a demo. */
	readonly acknowledgements?: AcknowledgementStore | undefined;
	/** Docker Compose; left out: as a process of its own. */
	readonly compose?: ComposeClient | undefined;
	/** Where Airflow and MLflow are guessed to be when nothing is known; the ports of the guide where left out. */
	readonly guessedPorts?: Readonly<Record<ServerName, number>> | undefined;
	/** Sees every observation, in order: a recorder, a test. */
	readonly onObservation?: (observation: Observation) => void;
};

/** Starts all feeds at once; nothing is waited for, every source comes when it comes. */
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
	// Every feed that sleeps listens to it; Node before 22.13 would take that for a leak, and say so on the screen.
	setMaxListeners(0, stopping.signal);
	const store = createStackStore(clock, {
		...initialState,
		stackOptions: config.stackOptions ?? [],
		composeFile: config.composeFile ?? null,
		engine: {
			address: config.dockerHost.address,
			origin: config.dockerHost.origin,
			isUsual: isDefaultSocket(config.dockerHost),
		},
	});
	const logs = new LogStore();
	const logErrors = new LogErrors();
	const interest = createInterest(config.dag);
	if (lookedAt) interest.setState(lookedAt);
	const watched = watchedWith(watch, config);
	/** Kept when the containers are gone: a stack that was taken down is brought up from the same files. */
	let project: ComposeProject | null = null;
	const composeProject = (): ComposeProject => {
		const state = store.current();
		const containers = Object.values(state.containers).map(({ container }) => container);
		const now = composeProjectOf(containers, {
			project: projectToChange(state, config.discovery.project) ?? project?.name ?? null,
			composeFile: config.composeFile,
			currentDirectory: process.cwd(),
			folderProject: config.folderProject,
		});
		if (now.origin !== 'default' || project === null || project.origin === 'default') project = now;
		return project;
	};
	const clients: Clients = {
		docker: new DockerClient(config.dockerHost, clock.now),
		compose: compose ?? new ComposeProcess(config.dockerHost, composeProject),
		airflow: null,
		mlflow: null,
	};
	const wakes = {
		services: new Wake(),
		pipeline: new Wake(),
		dags: new Wake(),
		experiment: new Wake(),
		models: new Wake(),
		logs: new Wake(),
		endpoints: new Wake(),
		diagnosis: new Wake(),
	};
	const airflowWakes = [wakes.pipeline, wakes.dags];
	const mlflowWakes = [wakes.experiment, wakes.models];

	const observe = (fact: Fact) => {
		if (stopping.signal.aborted) return;
		const observation: Observation = { ...fact, at: clock.now() };
		onObservation?.(observation);
		if (observation.type === 'log lines') {
			logs.push(observation.stream, observation.lines, observation.at);
			const errors = logErrors.factOf(observation.stream, observation.lines);
			if (errors) observe(errors);
		} else if (observation.type === 'log cleared' && !observation.forgotten) logs.clear(observation.stream);
		else {
			if (observation.type === 'log cleared') logs.forget(observation.stream);
			store.observe(observation);
		}
	};

	const { sessionFile } = config.airflow;
	const sessions = sessionFile === undefined ? noSessions : sessionsIn(sessionFile);
	let judge: Judge = {
		deepCheck: async () => undefined,
		dueChecks: async () => undefined,
		readLogs: async () => undefined,
		judge: () => undefined,
	};
	const wishes = (): DiagnosisWishes => ({
		project: ownProject(store.current(), config.discovery.project),
		dagId: interest.getState().dagId,
		experiment: config.experiment,
		airflowUser: config.airflow.username,
	});
	/** What the clients were made for: they are made again when a server is elsewhere, or is no guess any more. */
	const targets: Partial<Record<ServerName, HttpTarget>> = {};
	const discover = () => {
		const state = store.current();
		const containers = Object.values(state.containers).map(({ container }) => container);
		const stack = discoverStack(containers, {
			...config.discovery,
			publishedHost: publishedHost(config),
			currentFolders: currentFolders(),
			folderProject: config.folderProject,
			engine: engineOf(state),
			before: state.stack,
			guessedPorts,
		});
		const hasMoved = (server: ServerName, target: HttpTarget) => {
			const isSame = isDeepStrictEqual(targets[server], target);
			targets[server] = target;
			return !isSame;
		};
		const [airflow, mlflow] = serverNames.map(server => targetOf(stack, server));
		const wokenUp: Wake[] = [];
		if (airflow && hasMoved('airflow', airflow)) {
			void clients.airflow?.close();
			clients.airflow = new AirflowV1Client(airflow, config.airflow, sessions);
			wokenUp.push(...airflowWakes);
		}
		if (mlflow && hasMoved('mlflow', mlflow)) {
			void clients.mlflow?.close();
			clients.mlflow = new MlflowClient(mlflow, config.mlflow);
			wokenUp.push(...mlflowWakes);
		}
		observe({ type: 'stack discovered', ...stack });
		for (const wake of wokenUp) wake.fire();
	};

	let last = store.current();
	store.onChange(state => {
		// Replaced first: what is observed below comes back here.
		const before = last;
		last = state;
		const docker = state.feeds.containers.status;
		const isFirstList = docker === 'live' && before.feeds.containers.status !== 'live';
		// Without an engine nothing can be discovered: what was given is used, and what is missing is said.
		const isLost = docker === 'failed' && before.feeds.containers.status !== 'failed';
		if (isFirstList || isLost || (state.containers !== before.containers && containersMoved(before, state))) discover();
		for (const { id, check } of state.endpoints) {
			const was = before.endpoints.find(one => one.id === id)?.check;
			// A page that answers again, or no longer: its feeds do not wait for their next turn to notice.
			if (check && was && check.ok !== was.ok)
				for (const wake of id === 'mlflow' ? mlflowWakes : airflowWakes) wake.fire();
		}
		// What serves a page has changed, or a feed has lost its server: look at the pages now.
		const moved = state.endpoints.some(({ containerId }) => {
			const now = containerId ? state.containers[containerId]?.container : undefined;
			const then = containerId ? before.containers[containerId]?.container : undefined;
			return now?.state !== then?.state || now?.health !== then?.health;
		});
		if (
			moved ||
			state.feeds.pipeline.status !== before.feeds.pipeline.status ||
			state.feeds.experiment.status !== before.feeds.experiment.status
		) {
			wakes.endpoints.fire();
		}
	});

	// An engine that keeps silent must not keep the others waiting.
	void clock.sleep(engineGraceMs, stopping.signal).then(() => {
		if (store.current().stack === null && !stopping.signal.aborted) discover();
	});

	const context: FeedContext = { clock, signal: stopping.signal, observe, random };
	const shared = { state: store.current, onChange: (listener: () => void) => store.onChange(listener), interest };
	const airflow = { ...shared, airflow: () => clients.airflow, wake: wakes.pipeline, dagsWake: wakes.dags };
	const mlflow = {
		...shared,
		mlflow: () => clients.mlflow,
		experimentName: config.experiment,
		wake: wakes.experiment,
		modelsWake: wakes.models,
	};
	const acknowledgements = acknowledgementsOf(context, {
		...shared,
		store: acknowledgementStore,
		stack: () => {
			const { stack } = store.current();
			return stack === null ? null : { engine: config.dockerHost.address, project: stack.project ?? '' };
		},
	});
	const afterDiscovery = (feed: () => Promise<void>) =>
		whenKnown(store, stopping.signal, () => store.current().stack !== null).then(feed);
	const feedOf: Readonly<Record<Watched, () => Promise<void>>> = {
		'airflow address': async () => undefined,
		containers: () => watchServices(context, { ...shared, docker: clients.docker, wake: wakes.services }),
		stats: () =>
			watchStats(context, { ...shared, docker: clients.docker, intervalMs: config.options.stats_interval * 1000 }),
		logs: () =>
			watchLogs(context, {
				...airflow,
				docker: clients.docker,
				givenAirflowUrl: config.discovery.airflowUrl,
				wake: wakes.logs,
			}),
		endpoints: () => watchEndpoints(context, { ...shared, wake: wakes.endpoints }),
		pipeline: () => afterDiscovery(() => watchPipeline(context, airflow)),
		dags: () => afterDiscovery(() => watchDags(context, airflow)),
		experiment: () => afterDiscovery(() => watchExperiment(context, mlflow)),
		models: () => afterDiscovery(() => watchModels(context, { ...mlflow, wake: wakes.models })),
		diagnosis: async () => {
			const acknowledging = acknowledgements.watch();
			await watchDiagnosis(
				context,
				{
					...shared,
					docker: clients.docker,
					compose: clients.compose,
					airflow: () => clients.airflow,
					wishes,
					wake: wakes.diagnosis,
				},
				ready => {
					judge = ready;
				},
			);
			await acknowledging;
		},
	};
	const feeds = watched.map(name => feedOf[name]());
	// Nobody lists containers: the addresses are those that were given.
	if (!watched.includes('containers')) discover();

	return {
		config,
		clock,
		store,
		logs,
		interest,
		clients,
		observe,
		refresh() {
			for (const wake of Object.values(wakes)) wake.fire();
		},
		deepCheck: () => judge.deepCheck(),
		dueChecks: names => judge.dueChecks(names),
		readLogs: () => judge.readLogs(),
		lookAtPages: () => wakes.endpoints.fire(),
		suspicions: () => suspicionsOf(factsOf(store.current(), clock.now(), wishes())),
		async judge() {
			judge.judge();
			await acknowledgements.settle();
		},
		acknowledge: acknowledgements.add,
		unacknowledge: acknowledgements.remove,
		checkReport(isStrict = false) {
			const state = store.current();
			const counted = isStrict ? { ...state, acknowledgements: [] } : state;
			return checkReport(factsOf(counted, clock.now(), wishes()));
		},
		async stop() {
			stopping.abort();
			store.close();
			await Promise.all(feeds);
			await Promise.all([clients.airflow?.close(), clients.mlflow?.close()]);
		},
	};
}

const everything: readonly Watched[] = [
	'containers',
	'stats',
	'logs',
	'endpoints',
	'pipeline',
	'dags',
	'experiment',
	'models',
	'diagnosis',
];

/** What has to be watched to see what is asked for: without an address of its own, a server is found by its container. */
function watchedWith(asked: readonly Watched[] | undefined, { discovery }: Config): readonly Watched[] {
	if (asked === undefined) return everything;
	const needsAirflow = asked.some(name => name === 'dags' || name === 'pipeline' || name === 'airflow address');
	const needsMlflow = asked.includes('experiment') || asked.includes('models');
	const isToBeFound =
		(needsAirflow && discovery.airflowUrl === undefined) || (needsMlflow && discovery.mlflowUrl === undefined);
	const others = asked.filter(name => name !== 'containers');
	return isToBeFound || asked.length > others.length ? ['containers', ...others] : others;
}

/** Containers came, went, started, stopped, or changed what they publish: reason to discover again. */
function containersMoved(before: StackState, now: StackState): boolean {
	const ids = Object.keys(now.containers);
	return (
		ids.length !== Object.keys(before.containers).length ||
		ids.some(id => {
			const [was, is] = [before.containers[id]?.container, now.containers[id]?.container];
			return was?.ports !== is?.ports || was?.state !== is?.state;
		})
	);
}

/** What the engine has said of its containers; a list stays known when the engine is lost. */
function engineOf({ containers, sources, feeds }: StackState): DiscoveryWishes['engine'] {
	if (Object.keys(containers).length > 0 || feeds.containers.status === 'live') return 'listed';
	if (feeds.containers.status === 'failed') return sources.docker === undefined ? 'unreachable' : 'listed';
	return 'silent';
}

/** Where requests to a server go, as far as its address is known. */
function targetOf(stack: Stack, server: ServerName): HttpTarget {
	const { url, origin } = stack.servers[server];
	if (url === null) return { unknown: addressFailure(stack, server) };
	return { url, isGuess: origin === 'guess' };
}

/** The folder that laketop was started in, by its own name and by that of the link it was reached through. */
function currentFolders(): string[] {
	const { PWD: logical } = process.env;
	const folder = process.cwd();
	return logical === undefined || logical === folder ? [folder] : [folder, logical];
}

function whenKnown(store: StackStore, signal: AbortSignal, isKnown: () => boolean): Promise<void> {
	return new Promise(resolve => {
		if (isKnown() || signal.aborted) return resolve();
		const stop = store.onChange(() => {
			if (!isKnown()) return;
			stop();
			resolve();
		});
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}

/** The host under which ports published by the engine are reached from here. */
function publishedHost(config: Config): string {
	return engineHostname(config.dockerHost) ?? 'localhost';
}
