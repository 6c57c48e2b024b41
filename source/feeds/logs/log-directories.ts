import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import type { DockerClient } from '../../clients/engine/docker.ts';
import { airflowLogFolders } from '../../model/airflow/airflow-log-folders.ts';
import { newestRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { addressPending } from '../../model/failures/failure.ts';
import type { TaskLogRequest } from '../../model/logs/log-watch.ts';
import { type ContainerState, runKey, type StackState } from '../../model/state.ts';
import type { Clock } from '../../model/time/clock.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { InterestStore } from '../interest.ts';
import { type FeedContext, Wake } from '../schedule.ts';
import type { LogDirectory, LogTarget } from './log-target.ts';

/** Without events nothing wakes the follower: time between two looks, ms. */
const idleLookMs = 30_000;
/** Least time between requests for the tasks of a run that the pipeline feed does not watch, ms. */
const tasksMs = 800;

type StateDeps = {
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
};

/** Finds a container in the state: by its name, else as the successor for its service. */
export function stateDirectory(clock: Clock, deps: StateDeps, name: string): LogDirectory {
	let known: ContainerState | undefined;
	const find = (): LogTarget | undefined => {
		const now = containerOf(deps.state(), name, known);
		if (!now) return undefined;
		known = now;
		const { container, detail } = now;
		const hasEnded = container.state !== 'running' && container.state !== 'paused';
		return {
			id: container.id,
			state: container.state,
			tty: detail?.tty ?? null,
			exitCode: hasEnded ? (detail?.exitCode ?? null) : null,
			startedAt: hasEnded ? null : (detail?.startedAt ?? null),
		};
	};
	return {
		find,
		isKnown: () => deps.state().feeds.containers.status === 'live',
		change: async (from, signal) => {
			const wake = new Wake();
			const differs = () => {
				const now = find();
				return now?.id !== from?.id || now?.state !== from?.state;
			};
			const stop = deps.onChange(() => {
				if (differs()) wake.fire();
			});
			try {
				while (!signal.aborted && !differs()) await wake.sleep(clock, idleLookMs, signal);
			} finally {
				stop();
			}
		},
	};
}

/** A container by its name; if there is none, the one that now runs its service. */
export function containerOf(
	state: StackState,
	name: string,
	before: ContainerState | undefined,
): ContainerState | undefined {
	const all = Object.values(state.containers);
	const named = all.find(({ container }) => container.name === name);
	if (named || !before?.container.service) return named;
	const { project, service, replica, isOneOff } = before.container;
	// Another replica has its own log, and a one-off has no successor.
	return all.find(
		({ container }) =>
			!isOneOff &&
			!container.isOneOff &&
			container.project === project &&
			container.service === service &&
			container.replica === replica,
	);
}

/** A request for the tasks of a run, which ends with the signal of its asker. */
type Asked = { readonly at: number; readonly answer: Promise<TaskInstance[]>; readonly signal: AbortSignal };

/** The tasks of a run: from the pipeline feed if it watches that run, else by a request. */
export function taskDirectory(
	{ clock, observe }: Pick<FeedContext, 'clock' | 'observe'>,
	deps: Pick<StateDeps, 'state'> & {
		readonly airflow: () => AirflowClient | null;
		readonly interest: InterestStore;
	},
): (request: TaskLogRequest, signal: AbortSignal) => Promise<readonly TaskInstance[]> {
	const asked = new Map<string, Asked>();
	return async (request, signal) => {
		const state = deps.state();
		const key = runKey(request.dagId, request.dagRunId);
		const known = state.taskInstances[key];
		const { dagId, dagRunId } = deps.interest.getState();
		const watched = dagRunId ?? newestRun(state.dagRuns[dagId])?.dagRunId;
		if (known && dagId === request.dagId && watched === request.dagRunId && state.feeds.pipeline.status === 'live')
			return known;
		for (;;) {
			const before = asked.get(key);
			if (!before || clock.now() - before.at >= tasksMs) break;
			try {
				return await before.answer;
			} catch (error) {
				// Whoever asked has left, and took the request along: somebody else may still want the answer.
				if (signal.aborted || !before.signal.aborted) throw error;
				if (asked.get(key) === before) asked.delete(key);
			}
		}
		const client = deps.airflow();
		if (!client) throw addressPending('Airflow');
		const answer = client.taskInstances(request.dagId, request.dagRunId, signal);
		const own = { at: clock.now(), answer, signal };
		// Each holds the tasks of a run, and somebody may read the logs of many.
		for (const [other, { at }] of asked) if (own.at - at >= tasksMs) asked.delete(other);
		asked.set(key, own);
		try {
			const taskInstances = await answer;
			observe({ type: 'task instances fetched', dagId: request.dagId, dagRunId: request.dagRunId, taskInstances });
			return taskInstances;
		} catch (error) {
			if (asked.get(key) === own) asked.delete(key);
			throw error;
		}
	};
}

/**
 * The local folders that may hold Airflow's logs. None if the engine, or an Airflow with a configured address, is
 * elsewhere: a local folder of that name would belong to another stack.
 */
export function logFolders({
	state,
	docker,
	givenAirflowUrl,
}: Pick<StateDeps, 'state'> & {
	readonly docker: Pick<DockerClient, 'host'>;
	readonly givenAirflowUrl: string | undefined;
}): string[] {
	if (docker.host.kind !== 'unix') return [];
	if (givenAirflowUrl !== undefined && !isLoopback(givenAirflowUrl)) return [];
	const containers = Object.values(state().containers).map(({ container }) => container);
	return airflowLogFolders(containers, ownProject(state(), undefined));
}

function isLoopback(url: string): boolean {
	return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(url)?.hostname ?? '');
}
