import type { DockerClient } from '../clients/docker.ts';
import { failureOf } from '../clients/failure.ts';
import type { LogLine } from '../model/log-line.ts';
import { containerStream } from '../model/log-store.ts';
import type { ContainerState, StackState } from '../model/state.ts';
import type { InterestStore } from './interest.ts';
import { backoffMs, type FeedContext, Wake } from './schedule.ts';

/** Lines fetched when a log is looked at for the first time. */
const firstLines = 500;
/** Without events nobody wakes us: look again so often. */
const idleLookMs = 30_000;

export type LogsDeps = {
	readonly docker: DockerClient;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	readonly wake: Wake;
};

/**
 * Follows the log of the container that is looked at. After a cut it goes on where it stopped; a container that was
 * recreated under the same name is followed on; what is missing or was restarted is said by a mark in the log.
 */
export async function watchLogs(context: FeedContext, deps: LogsDeps): Promise<void> {
	const { clock, signal } = context;
	const places = new Map<string, LogPlace>();
	while (!signal.aborted) {
		const name = deps.interest.getState().logContainer;
		const other = new AbortController();
		const changed = new Wake();
		const stop = deps.interest.subscribe(now => {
			if (now.logContainer === name) return;
			other.abort();
			changed.fire();
		});
		try {
			if (name === null) await changed.sleep(clock, idleLookMs, signal);
			else {
				const place = places.get(name) ?? new LogPlace();
				places.set(name, place);
				await followContainer({ ...context, signal: AbortSignal.any([signal, other.signal]) }, deps, name, place);
			}
		} finally {
			stop();
		}
	}
}

async function followContainer(context: FeedContext, deps: LogsDeps, name: string, place: LogPlace): Promise<void> {
	const { clock, signal, observe, random } = context;
	const stream = containerStream(name);
	const say = (status: 'connecting' | 'following' | 'ended' | 'failed', note = '') =>
		observe({ type: 'log stream', stream, status, note });
	const mark = (text: string) => observe({ type: 'log lines', stream, lines: [markLine(text, clock.now())] });
	let failures = 0;
	say('connecting');
	while (!signal.aborted) {
		const service = findByName(deps.state(), name);
		if (!service) {
			if (deps.state().feeds.containers.status === 'live') say('ended', 'there is no such container now');
			await nextChange(deps, name, undefined, clock, signal);
			continue;
		}
		const { id } = service.container;
		if (place.containerId !== null && place.containerId !== id)
			mark(`${name} was recreated: what follows is the new container's log`);
		place.containerId = id;
		say('connecting');
		try {
			const tty = service.detail?.tty ?? (await deps.docker.inspect(id, signal)).tty;
			const request = {
				tty,
				follow: true,
				since: place.since(),
				tail: place.since() === undefined ? firstLines : undefined,
			};
			for await (const lines of deps.docker.logs(id, request, signal)) {
				failures = 0;
				observe({ type: 'feed live', feed: 'logs' });
				say('following');
				const fresh = place.unseen(lines);
				if (fresh.length > 0) observe({ type: 'log lines', stream, lines: fresh });
			}
			// The engine ends the stream when the container ends (or when it ends itself, which the next request tells).
			observe({ type: 'feed live', feed: 'logs' });
			const now = findByName(deps.state(), name);
			if (now?.container.id === id && now.container.state === 'running') {
				await clock.sleep(200, signal);
				continue;
			}
			say('ended', `${name} ${now?.container.state ?? 'is gone'}`);
			if (place.since() !== undefined) mark(`${name} has stopped: the log goes on when it starts again`);
			await nextChange(deps, name, now, clock, signal);
		} catch (error) {
			if (signal.aborted) return;
			const failure = failureOf(error);
			// It vanished between the list and the request: the next list says what became of it.
			if (failure.kind === 'not-found') {
				await nextChange(deps, name, service, clock, signal);
				continue;
			}
			failures++;
			const pauseMs = backoffMs(failures, random());
			say('failed', failure.message);
			observe({ type: 'feed failed', feed: 'logs', failure, retryAt: clock.now() + pauseMs });
			await deps.wake.sleep(clock, pauseMs, signal);
		}
	}
}

/** Waits until the container of that name is another one, or in another state. */
async function nextChange(
	deps: LogsDeps,
	name: string,
	before: ContainerState | undefined,
	clock: FeedContext['clock'],
	signal: AbortSignal,
): Promise<void> {
	const wake = new Wake();
	const differs = () => {
		const now = findByName(deps.state(), name)?.container;
		return now?.id !== before?.container.id || now?.state !== before?.container.state;
	};
	const stop = deps.onChange(() => {
		if (differs()) wake.fire();
	});
	try {
		while (!signal.aborted && !differs()) await wake.sleep(clock, idleLookMs, signal);
	} finally {
		stop();
	}
}

function findByName(state: StackState, name: string): ContainerState | undefined {
	return Object.values(state.containers).find(({ container }) => container.name === name);
}

function markLine(text: string, at: number): LogLine {
	return { stamp: null, loggedAt: at, channel: 'stdout', text, mark: true };
}

/**
 * Where reading stopped. The engine's `since` is inclusive: of the lines that bear the last time stamp, those that were
 * seen are dropped once each when they come again.
 */
export class LogPlace {
	containerId: string | null = null;
	#last = '';
	/** Lines seen that bear the last stamp. */
	#seenAtLast: string[] = [];
	#toDrop: string[] = [];

	/** For the engine's `since`, and the start of a resumption: undefined when nothing was read yet. */
	since(): string | undefined {
		if (this.#last === '') return undefined;
		this.#toDrop = [...this.#seenAtLast];
		return secondsOf(this.#last);
	}

	unseen(lines: readonly LogLine[]): LogLine[] {
		return lines.filter(line => {
			if (line.stamp === null) return true;
			const identity = `${line.channel}${line.text}`;
			if (line.stamp === this.#last) {
				const index = this.#toDrop.indexOf(identity);
				if (index !== -1) {
					this.#toDrop.splice(index, 1);
					return false;
				}
				this.#seenAtLast.push(identity);
			} else if (line.stamp > this.#last) {
				this.#last = line.stamp;
				this.#seenAtLast = [identity];
				this.#toDrop = [];
			}
			return true;
		});
	}
}

/** An RFC 3339 time as `seconds.nanoseconds`, which is what the engine reads. */
export function secondsOf(stamp: string): string {
	const seconds = Math.floor(Date.parse(stamp) / 1000);
	const nanoseconds = /\.(\d+)/.exec(stamp)?.[1] ?? '0';
	return `${seconds}.${nanoseconds.padEnd(9, '0').slice(0, 9)}`;
}
