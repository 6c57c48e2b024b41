import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import type { DockerClient } from '../../clients/engine/docker.ts';
import { markLine } from '../../model/logs/log-line.ts';
import { LogPlace } from '../../model/logs/log-place.ts';
import { type LogWatch, streamOf } from '../../model/logs/log-watch.ts';
import type { StackState } from '../../model/state.ts';
import { phrase } from '../../words/message.ts';
import type { InterestStore } from '../interest.ts';
import type { FeedContext, Wake } from '../schedule.ts';
import { followContainer, type LogEvent } from './container-log.ts';
import { logFolders, stateDirectory, taskDirectory } from './log-directories.ts';
import { followTask } from './task-log.ts';
import type { TaskLogDeps } from './task-log-deps.ts';

/** Lines fetched when a log is opened for the first time. */
const firstLines = 1000;
/** Bytes read from the end of a task's log. */
const taskLogBytes = 12 * 1024 * 1024;
/** Logs kept in memory after they were closed. */
const logsKept = 8;

export type LogsDeps = {
	readonly docker: DockerClient;
	readonly airflow: () => AirflowClient | null;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	/** The configured address of Airflow; undefined if it was discovered beside the engine. */
	readonly givenAirflowUrl: string | undefined;
	readonly wake: Wake;
};

/** Follows the shown logs, each by itself. Lines are kept for a while after a log is closed. */
export async function watchLogs(context: FeedContext, deps: LogsDeps): Promise<void> {
	const { signal } = context;
	const places = new Map<string, LogPlace>();
	const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
	/** Followers that are stopping: the next one of the same stream waits for them. */
	const ending = new Map<string, Promise<void>>();
	/** Closed streams, the last ones at the end. */
	let left: string[] = [];
	const tasks = taskDirectory(context, deps);
	const take = () => {
		const wanted = new Map(deps.interest.getState().logs.map(watch => [streamOf(watch), watch]));
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
		if (now.logs !== before.logs) take();
	});
	try {
		take();
		if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
		await Promise.all([...running.values()].map(({ ended }) => ended));
	} finally {
		stop();
	}
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
		const directory = stateDirectory(clock, deps, watch.name);
		events = followContainer(
			{ docker: deps.docker, clock, random, directory, wake: deps.wake },
			place,
			{ name: watch.name, tail: firstLines, follow: true },
			signal,
		);
	} else {
		// Read from its beginning each time, which costs nothing for a file.
		observe({ type: 'log cleared', stream, forgotten: false });
		events = followTask(
			{ clock, random, airflow: deps.airflow, tasks, folders: () => logFolders(deps), wake: deps.wake },
			watch,
			{ follow: true, forever: true, lastBytes: taskLogBytes },
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
				observe(
					event.status === 'following'
						? { type: 'log stream', stream, status: event.status, via: event.via, note: null }
						: { type: 'log stream', stream, status: event.status, note: event.note },
				);
				break;
			case 'unreadable': {
				// Concerns only this container: the feed and the other logs are unaffected.
				const { message } = event.failure;
				observe({ type: 'feed live', feed: 'logs' });
				observe({ type: 'log stream', stream, status: 'ended', note: message });
				const name = watch.kind === 'container' ? watch.name : watch.taskId;
				observe({
					type: 'log lines',
					stream,
					lines: [markLine(phrase(['{name}: {message}', '{name}: {message}'], { name, message }), clock.now())],
				});
				break;
			}
			case 'failed':
				observe({
					type: 'log stream',
					stream,
					status: 'failed',
					note: event.failure.message,
					fix: event.failure.fix,
					kind: event.failure.kind,
				});
				// The feed is the engine's; a failure of Airflow is reported by the stream only.
				if (watch.kind === 'container')
					observe({ type: 'feed failed', feed: 'logs', failure: event.failure, retryAt: event.retryAt });
				break;
		}
	}
}
