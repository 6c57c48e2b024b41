import { type DagRun, isActiveRun, type TaskInstance } from '../model/airflow/pipeline.ts';
import { type CheckName, type CheckOf, type CheckResult, checkKey } from '../model/check.ts';
import { displayName } from '../model/engine/container.ts';
import { type Role, roleOf } from '../model/engine/role.ts';
import { foreignServers, onlyOwnFacts } from '../model/fold/forget-server.ts';
import type { Sign, SignState } from '../model/logs/log-sign.ts';
import type { ServerName } from '../model/stack/discovery.ts';
import type { EndpointState } from '../model/stack/endpoint.ts';
import { type ContainerState, runKey, type StackState } from '../model/state.ts';
import type { Message } from '../words/message.ts';
import { type Replica, replicaOf, replicasName } from './replica.ts';
import { thresholds } from './thresholds.ts';

/** A role, or whichever service reads the DAG files: a DAG processor (always in Airflow 3), else the scheduler. */
export type RoleName = Role | 'dag reader';

export type Service = {
	/** Display name; `api (replica 2 of 3)` where the service has several replicas. */
	readonly name: string | Message;
	/** Which replica of several it is; null for the only container of a service. */
	readonly replica: Replica | null;
	/** Name of the container. */
	readonly container: string;
	/** Compose service; the container's name where there is none. */
	readonly service: string;
	readonly role: Role | null;
	/** Working replicas of the service besides this one: running and not unhealthy. */
	readonly others: number;
	readonly it: ContainerState;
};

export type DiagnosisOptions = {
	/** Compose project of the stack; null: none was found. */
	readonly project: string | null;
	readonly dagId: string;
	/** Nobody named this DAG: that it is missing is no fault. */
	readonly isDagLeftToStack?: boolean | undefined;
	readonly experiment: string;
	/** Nobody named this experiment: that it is missing is no fault. */
	readonly isExperimentLeftToStack?: boolean | undefined;
	readonly airflowUser: string;
	/** Share by which the newest version of a model may be worse than the champion; left out: the default. */
	readonly championMargin?: number | undefined;
};

/** The facts that rules look at, and values that several rules derive from them. */
export type DiagnosisFacts = DiagnosisOptions & {
	readonly state: StackState;
	/** ms since the epoch, by our clock. */
	readonly now: number;
	/** The containers of the stack. */
	readonly services: readonly Service[];
	/** The service of a role; of several, one that is running. */
	readonly of: (role: RoleName) => Service | undefined;
	/** The result of a check, unless it is too old or was never made. */
	readonly check: <Name extends CheckName>(name: Name, subject?: string) => CheckOf<Name> | undefined;
	/** Recent signs of one kind in logs, the newest first. */
	readonly signs: (sign: Sign) => readonly SignState[];
	/**
	 * Current task instances of a DAG run: none if it is active and they were not fetched recently, or if it has ended
	 * since.
	 */
	readonly tasksOf: (run: DagRun) => readonly TaskInstance[];
	/** When they were fetched, ms by the servers' clock; 0: never. */
	readonly tasksSeenAt: (run: DagRun) => number;
	/** Those of all DAG runs. */
	readonly tasks: () => readonly TaskInstance[];
	readonly page: (id: 'airflow' | 'mlflow') => EndpointState | undefined;
	/** Whether this finding existed before, for limits that differ between appearing and clearing. */
	readonly was: (id: string) => boolean;
	/** The servers' clock less ours, ms. */
	readonly clockAheadMs: number;
	/** Airflow answers laketop's login, so DAGs and DAG runs are current. */
	readonly isAirflowLive: boolean;
	readonly isEngineLive: boolean;
	/** Servers whose address is unknown or a guess, so that their facts may not be the stack's. */
	readonly foreign: readonly ServerName[];
};

/** The facts for the rules. Answers of guessed servers are left out: they may not be the stack's. */
export function factsOf(known: StackState, now: number, options: DiagnosisOptions): DiagnosisFacts {
	const state = ofListedDags(onlyOwnFacts(known), now);
	const { project } = options;
	const services = Object.values(state.containers)
		.filter(({ container }) =>
			// Without a project the stack was not started by Compose.
			project === null ? container.project === null && roleIn(container, state) : container.project === project,
		)
		// Containers of `docker compose run` are meant to exit.
		.filter(({ container }) => !container.isOneOff)
		.map((it): Service => {
			const { container } = it;
			const replica = replicaOf(it);
			return {
				name: replica === null ? displayName(it) : replicasName([replica]),
				replica,
				container: container.name,
				service: container.service ?? container.name,
				role: roleIn(container, state),
				others: workingReplicas(it, state),
				it,
			};
		});
	const previous = new Set(state.findings.map(({ id }) => id));
	const check = <Name extends CheckName>(name: Name, subject = ''): CheckOf<Name> | undefined => {
		const found = state.checks[checkKey(name, subject)];
		if (!found?.result || found.problem !== null) return undefined;
		if (found.container !== undefined && state.containers[found.container] === undefined) return undefined;
		if (now - found.at > thresholds.checkOldMs && !isLasting(found.result)) return undefined;
		return isOf(found.result, name) ? found.result : undefined;
	};
	const engine = check('engine');
	const clockAheadMs = engine && Math.abs(engine.clockAheadMs) > engine.uncertainMs ? engine.clockAheadMs : 0;
	const tasksOf = (run: DagRun): readonly TaskInstance[] => {
		const key = runKey(run.dagId, run.dagRunId);
		const seenAt = state.tasksSeenAt[key];
		if (seenAt === undefined) return [];
		const isNow = isActiveRun(run)
			? now - seenAt < thresholds.tasksOldMs
			: run.endedAt === null || seenAt + clockAheadMs >= run.endedAt;
		return isNow ? (state.taskInstances[key] ?? []) : [];
	};
	let tasks: readonly TaskInstance[] | undefined;
	return {
		...options,
		state,
		now,
		services,
		of: name => {
			const hasProcessor = services.some(({ role }) => role === 'processor');
			const wanted = name === 'dag reader' ? (hasProcessor ? 'processor' : 'scheduler') : name;
			const all = services.filter(({ role }) => role === wanted);
			return all.find(({ it }) => it.container.state === 'running') ?? all[0];
		},
		check,
		signs: sign =>
			state.signs
				.filter(one => one.sign === sign && now - one.lastAt < thresholds.signMs)
				.toSorted((a, b) => b.lastAt - a.lastAt),
		tasksOf,
		tasksSeenAt: run => {
			const seenAt = state.tasksSeenAt[runKey(run.dagId, run.dagRunId)];
			return seenAt === undefined ? 0 : seenAt + clockAheadMs;
		},
		tasks: () => {
			tasks ??= Object.values(state.dagRuns).flatMap(runs => runs.flatMap(tasksOf));
			return tasks;
		},
		page: id => state.endpoints.find(endpoint => endpoint.id === id),
		was: id => previous.has(id),
		clockAheadMs,
		isAirflowLive: state.feeds.pipeline.status === 'live' && state.feeds.dags.status === 'live',
		isEngineLive: state.feeds.containers.status === 'live',
		foreign: foreignServers(state),
	};
}

/** A successful read of a file is valid until the file changes; a failed import may be over. */
function isLasting(result: CheckResult): boolean {
	return result.check === 'python file' && result.exitCode === 0;
}

function workingReplicas({ container: { id, project, service }, replicas }: ContainerState, state: StackState): number {
	if (replicas < 2) return 0;
	return Object.values(state.containers).filter(
		({ container }) =>
			container.id !== id &&
			container.project === project &&
			container.service === service &&
			!container.isOneOff &&
			container.state === 'running' &&
			container.health !== 'unhealthy',
	).length;
}

function isOf<Name extends CheckName>(result: { readonly check: CheckName }, name: Name): result is CheckOf<Name> {
	return result.check === name;
}

/** The containers behind the addresses of Airflow and MLflow are known, whatever they are called. */
function roleIn(container: ContainerState['container'], { endpoints }: StackState): Role | null {
	const isPage = (id: ServerName) => endpoints.some(one => one.id === id && one.containerId === container.id);
	if (isPage('airflow')) return 'webserver';
	return isPage('mlflow') ? 'mlflow' : roleOf(container);
}

/** Whether it is running, and not paused. */
export function isRunning(service: Service | undefined): service is Service {
	return service?.it.container.state === 'running';
}

/** Age from which DAG runs of an unlisted DAG no longer count, ms. */
const goneAfterMs = 60_000;

/**
 * Leaves out DAGs that Airflow no longer lists, because their file is gone or they were deleted, unless a recently seen DAG
 * run is still active.
 */
function ofListedDags(state: StackState, now: number): StackState {
	const { dags, dagRuns, runsSeenAt } = state;
	if (dags === null) return state;
	const listed = Object.entries(dagRuns).filter(
		([dagId, runs]) =>
			dags.some(dag => dag.dagId === dagId && dag.isActive) ||
			(runs.some(isActiveRun) && now - (runsSeenAt[dagId] ?? 0) < goneAfterMs),
	);
	return listed.length === Object.keys(dagRuns).length ? state : { ...state, dagRuns: Object.fromEntries(listed) };
}
