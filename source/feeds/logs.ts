import type { AirflowClient } from '../clients/airflow.ts';
import type { DockerClient } from '../clients/docker.ts';
import { ClientError } from '../clients/failure.ts';
import { airflowLogFolders } from '../model/airflow-log-folders.ts';
import { LogPlace } from '../model/log-place.ts';
import { type LogWatch, streamOf, type TaskLogWish } from '../model/log-watch.ts';
import { newestRun, type TaskInstance } from '../model/pipeline.ts';
import { type ContainerState, runKey, type StackState } from '../model/state.ts';
import { followContainer, type LogDirectory, type LogEvent, type LogTarget } from './container-log.ts';
import type { InterestStore } from './interest.ts';
import { type FeedContext, Wake } from './schedule.ts';
import { followTask, type TaskLogDeps } from './task-log.ts';

/** Lines fetched when a log is looked at for the first time. */
const firstLines = 1000;
/** Bytes of the end of a task's log that are read. */
const taskLogBytes = 12 * 1024 * 1024;
/** Without events nobody wakes us: look again so often. */
const idleLookMs = 30_000;
/** Logs that nobody looks at any more are kept for coming back; so many of them. */
const logsKept = 8;
/** Of a run that the pipeline's feed does not watch, the tasks are asked for at most so often. */
const tasksMs = 1500;

export type LogsDeps = {
	readonly docker: DockerClient;
	readonly airflow: () => AirflowClient | null;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	readonly wake: Wake;
};

/** Follows the logs that are looked at, each by itself. What was read is kept for a while after nobody looks. */
export async function watchLogs(context: FeedContext, deps: LogsDeps): Promise<void> {
	const { signal } = context;
	const places = new Map<string, LogPlace>();
	const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
	/** Followers that were told to stop: the next one of the same stream waits for them. */
	const ending = new Map<string, Promise<void>>();
	/** Streams that were looked at, the last ones at the end. */
	let left: string[] = [];
	const tasks = taskDirectory(context, deps);
	const take = () => {
		const wanted = new Map(watchesOf(deps).map(watch => [streamOf(watch), watch]));
		for (const [stream, { stop, ended }] of running) {
			if (wanted.has(stream)) continue;
			stop.abort();
			running.delete(stream);
			ending.set(stream, ended);
			left = [...left.filter(one => one !== stream), stream];
		}
		for (const [stream, watch] of wanted) {
			if (running.has(stream)) continue;
			left = left.filter(one => one !== stream);
			const stop = new AbortController();
			const own = { ...context, signal: AbortSignal.any([signal, stop.signal]) };
			const before = ending.get(stream) ?? Promise.resolve();
			ending.delete(stream);
			running.set(stream, { stop, ended: before.then(() => followInto(own, deps, watch, places, tasks)) });
		}
		for (; left.length > logsKept; left = left.slice(1)) {
			const [stream = ''] = left;
			places.delete(stream);
			ending.delete(stream);
			context.observe({ type: 'log cleared', stream, forgotten: true });
		}
	};
	const stop = deps.interest.subscribe((now, before) => {
		if (now.logContainer !== before.logContainer || now.logs !== before.logs) take();
	});
	try {
		take();
		if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
		await Promise.all([...running.values()].map(({ ended }) => ended));
	} finally {
		stop();
	}
}

function watchesOf({ interest }: LogsDeps): LogWatch[] {
	const { logContainer, logs } = interest.getState();
	return [...(logContainer === null ? [] : [{ kind: 'container' as const, name: logContainer }]), ...logs];
}

async function followInto(
	context: FeedContext,
	deps: LogsDeps,
	watch: LogWatch,
	places: Map<string, LogPlace>,
	tasks: TaskLogDeps['tasks'],
): Promise<void> {
	const { clock, signal, observe, random } = context;
	const stream = streamOf(watch);
	let events: AsyncGenerator<LogEvent>;
	if (watch.kind === 'container') {
		const place = places.get(stream) ?? new LogPlace();
		places.set(stream, place);
		const directory = stateDirectory(context, deps, watch.name);
		events = followContainer(
			{ docker: deps.docker, clock, random, directory, wake: deps.wake },
			place,
			{ name: watch.name, tail: firstLines },
			signal,
		);
	} else {
		const folders = () => {
			if (deps.docker.host.kind !== 'unix') return [];
			const containers = Object.values(deps.state().containers).map(({ container }) => container);
			return airflowLogFolders(containers, projectOf(deps.state()));
		};
		// Read from its beginning each time: of a file that costs nothing.
		observe({ type: 'log cleared', stream, forgotten: false });
		events = followTask(
			{ clock, random, airflow: deps.airflow, tasks, folders, wake: deps.wake },
			watch,
			{ forever: true, lastBytes: taskLogBytes },
			signal,
		);
	}
	if (signal.aborted) return;
	for await (const event of events) {
		switch (event.type) {
			case 'lines':
				observe({ type: 'log lines', stream, lines: event.lines });
				break;
			case 'status':
				if (watch.kind === 'container' && event.status !== 'connecting') observe({ type: 'feed live', feed: 'logs' });
				observe({ type: 'log stream', stream, status: event.status, note: event.note });
				break;
			case 'failed':
				observe({ type: 'log stream', stream, status: 'failed', note: event.failure.message });
				// The feed is the engine's; what Airflow refuses is told by the stream alone.
				if (watch.kind === 'container')
					observe({ type: 'feed failed', feed: 'logs', failure: event.failure, retryAt: event.retryAt });
				break;
		}
	}
}

/** The Compose project of the watched Airflow. */
function projectOf(state: StackState): string | null {
	const id = state.endpoints.find(endpoint => endpoint.id === 'airflow')?.containerId;
	return id ? (state.containers[id]?.container.project ?? null) : null;
}

/** Finds a container in what is known of the stack: by its name, else as its service's successor. */
function stateDirectory({ clock }: FeedContext, deps: LogsDeps, name: string): LogDirectory {
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

/** A container by its name; where none bears it any more, the one that does the service of the one that did. */
export function containerOf(
	state: StackState,
	name: string,
	before: ContainerState | undefined,
): ContainerState | undefined {
	const all = Object.values(state.containers);
	const named = all.find(({ container }) => container.name === name);
	if (named || !before?.container.service) return named;
	const { project, service } = before.container;
	return all.find(({ container }) => container.project === project && container.service === service);
}

/** The tasks of a run: as the pipeline's feed sees them, where it watches that run; else asked for. */
function taskDirectory({ clock, observe }: FeedContext, deps: LogsDeps): TaskLogDeps['tasks'] {
	const asked = new Map<string, { at: number; answer: Promise<TaskInstance[]> }>();
	return async (wish: TaskLogWish, signal) => {
		const state = deps.state();
		const key = runKey(wish.dagId, wish.dagRunId);
		const known = state.taskInstances[key];
		const { dagId, dagRunId } = deps.interest.getState();
		const watched = dagRunId ?? newestRun(state.dagRuns[dagId])?.dagRunId;
		if (known && dagId === wish.dagId && watched === wish.dagRunId && state.feeds.pipeline.status === 'live')
			return known;
		const before = asked.get(key);
		if (before && clock.now() - before.at < tasksMs) return before.answer;
		const client = deps.airflow();
		if (!client) throw new ClientError('unconfigured', 'Airflow: its address is not known yet');
		const answer = client.taskInstances(wish.dagId, wish.dagRunId, signal);
		asked.set(key, { at: clock.now(), answer });
		try {
			const taskInstances = await answer;
			observe({ type: 'task instances fetched', dagId: wish.dagId, dagRunId: wish.dagRunId, taskInstances });
			return taskInstances;
		} catch (error) {
			asked.delete(key);
			throw error;
		}
	};
}
