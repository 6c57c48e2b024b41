import { type CheckName, type CheckOf, type CheckResult, checkKey, type Sign, type SignState } from '../model/check.ts';
import { displayName } from '../model/container.ts';
import type { ServerName } from '../model/discovery.ts';
import { foreignServers, onlyOwnFacts } from '../model/forget-server.ts';
import { type DagRun, isActiveRun, type TaskInstance } from '../model/pipeline.ts';
import { type ContainerState, type EndpointState, runKey, type StackState } from '../model/state.ts';
import { thresholds } from './thresholds.ts';

/** What a container does in an MLOps stack. */
export const roles = ['database', 'broker', 'scheduler', 'webserver', 'worker', 'triggerer', 'mlflow'] as const;
export type Role = (typeof roles)[number];

export type Service = {
	/** By which people know it. */
	readonly name: string;
	/** Name of the container. */
	readonly container: string;
	/** Compose service; the container's name where there is none. */
	readonly service: string;
	readonly role: Role | null;
	/** Other replicas of the service that run and are not unhealthy: they do its work while this one does not. */
	readonly others: number;
	readonly it: ContainerState;
};

export type DiagnosisWishes = {
	/** Compose project of the stack; null: none was found. */
	readonly project: string | null;
	readonly dagId: string;
	readonly experiment: string;
	readonly airflowUser: string;
};

/** All that rules look at, with what several of them reckon from it. */
export type DiagnosisFacts = DiagnosisWishes & {
	readonly state: StackState;
	/** ms since the epoch, by our clock. */
	readonly now: number;
	/** The containers of the stack. */
	readonly services: readonly Service[];
	/** The service of a role: the one that runs, where there are several. */
	readonly of: (role: Role) => Service | undefined;
	/** What a check found out, unless it is too old or was never made. */
	readonly check: <Name extends CheckName>(name: Name, subject?: string) => CheckOf<Name> | undefined;
	/** Signs of one kind that logs gave lately, the newest first. */
	readonly signs: (sign: Sign) => readonly SignState[];
	/**
	 * A run's task instances as they are now: none where the run is under way and they were not fetched lately, or where it
	 * has ended since.
	 */
	readonly tasksOf: (run: DagRun) => readonly TaskInstance[];
	/** Those of all runs. */
	readonly tasks: () => readonly TaskInstance[];
	readonly page: (id: 'airflow' | 'mlflow') => EndpointState | undefined;
	/** Whether a finding of this id was there before: what goes away later than it comes asks this. */
	readonly was: (id: string) => boolean;
	/** The servers' clock less ours, ms. */
	readonly clockAheadMs: number;
	/** Airflow has answered to our login lately: what is known of DAGs and runs is true now. */
	readonly isAirflowLive: boolean;
	readonly isEngineLive: boolean;
	/** Servers whose address is unknown or a guess: nothing is known of the stack's own. */
	readonly foreign: readonly ServerName[];
};

/** What rules may look at: the answers of a guessed server are not the stack's, and left out. */
export function factsOf(known: StackState, now: number, wishes: DiagnosisWishes): DiagnosisFacts {
	const state = ofListedDags(onlyOwnFacts(known), now);
	const { project } = wishes;
	const services = Object.values(state.containers)
		.filter(({ container }) =>
			// Without a project it is a stack that was not started by Compose.
			project === null ? container.project === null && roleOf(container, state) : container.project === project,
		)
		// What `docker compose run` made is to end, and nobody waits for it.
		.filter(({ container }) => !container.isOneOff)
		.map((it): Service => {
			const { container } = it;
			return {
				name: displayName(it),
				container: container.name,
				service: container.service ?? container.name,
				role: roleOf(container, state),
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
		...wishes,
		state,
		now,
		services,
		of: role => {
			const all = services.filter(service => service.role === role);
			return all.find(({ it }) => it.container.state === 'running') ?? all[0];
		},
		check,
		signs: sign =>
			state.signs
				.filter(one => one.sign === sign && now - one.lastAt < thresholds.signMs)
				.toSorted((a, b) => b.lastAt - a.lastAt),
		tasksOf,
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

/** What a file held when it was read holds until it is changed; that an import failed may be over by now. */
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

/** By service name and image, as the guide and the official Compose file have them. */
function roleOf({ id, service, name, image }: ContainerState['container'], { endpoints }: StackState): Role | null {
	const word = service ?? name;
	const isAirflow = /airflow/i.test(word) || /(^|\/)airflow[:@]?/.test(image);
	if (endpoints.some(endpoint => endpoint.id === 'airflow' && endpoint.containerId === id)) return 'webserver';
	if (endpoints.some(endpoint => endpoint.id === 'mlflow' && endpoint.containerId === id)) return 'mlflow';
	if (/(^|\/)(postgres|postgis|mysql|mariadb)([:@-]|$)/.test(image) || /postgres|mysql|mariadb/i.test(word))
		return /mlflow/i.test(word) ? null : 'database';
	if (/(^|\/)(redis|valkey|rabbitmq)([:@-]|$)/.test(image) || /redis|valkey|rabbitmq/i.test(word)) return 'broker';
	if (/^mlflow/i.test(word) || (/mlflow/i.test(image) && !isAirflow)) return 'mlflow';
	if (!isAirflow) return null;
	if (/scheduler/i.test(word)) return 'scheduler';
	if (/web|api-?server/i.test(word)) return 'webserver';
	if (/worker/i.test(word)) return 'worker';
	if (/trigger/i.test(word)) return 'triggerer';
	return null;
}

/** Runs, and has not been told to stand still. */
export function isRunning(service: Service | undefined): service is Service {
	return service?.it.container.state === 'running';
}

/** What was not asked for again within this says nothing of a DAG that is not listed, ms. */
const goneAfterMs = 60_000;

/**
 * Of a DAG that Airflow does not list, its file is gone or it was deleted: what has ended there is nobody's trouble, and
 * what goes on only where it was seen lately.
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
