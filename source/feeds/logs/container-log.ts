import type { DockerClient } from '../../clients/engine/docker.ts';
import type { LogRequest } from '../../clients/engine/docker-logs.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { type LogLine, markLine } from '../../model/logs/log-line.ts';
import { type LogPlace, secondsOf } from '../../model/logs/log-place.ts';
import type { LogVia } from '../../model/logs/log-stream-state.ts';
import type { Failure } from '../../model/source.ts';
import type { Clock } from '../../model/time/clock.ts';
import { type Message, phrase } from '../../words/message.ts';
import { retryPause, sleepPause, type Wake } from '../schedule.ts';
import { absent, ended, marks } from './container-log-texts.ts';
import type { LogDirectory, LogTarget } from './log-target.ts';
import { SilenceLimit } from './silence-limit.ts';

export type LogEvent =
	| { readonly type: 'lines'; readonly lines: readonly LogLine[] }
	| { readonly type: 'status'; readonly status: 'connecting' | 'ended'; readonly note: Message | null }
	| { readonly type: 'status'; readonly status: 'following'; readonly via?: LogVia }
	| { readonly type: 'failed'; readonly failure: Failure; readonly retryAt: number }
	/** This container's log cannot be read, and a retry does not help. */
	| { readonly type: 'unreadable'; readonly failure: Failure };

export type FollowDeps = {
	readonly docker: Pick<DockerClient, 'logs' | 'inspect'>;
	readonly clock: Clock;
	readonly random: () => number;
	readonly directory: LogDirectory;
	/** Fired when a server may be back: ends a pause early. */
	readonly wake: Wake;
};

export type FollowOptions = {
	/** The container's name, for notices. */
	readonly name: string;
	/** Number of newest lines to start with; undefined: all. */
	readonly tail: number | undefined;
	/** Only lines from this moment on, ms since the epoch. */
	readonly since?: number | undefined;
	readonly lineLimit?: number | undefined;
	/** Whether to continue with new lines; otherwise it ends after the existing ones, and throws a lasting failure. */
	readonly follow: boolean;
};

/** A shorter interruption, ms, gets no notice. */
const briefCutMs = 2000;
/** Pause before the first retry, ms; later pauses grow. */
const firstRetryMs = 100;
/** Retries for a log that is read once, if the stream is cut; none if the engine does not respond. */
const triesWithoutFollowing = 5;
/** The engine's clock may be this far behind ours, ms. */
const clockSlackMs = 1000;
/** Pause after the end of a stream, ms, until the event that may explain it. */
const endPauseMs = 200;
/**
 * A stream without data for this time, ms, is opened again where it stopped: it may be dead (a half-open connection, or
 * an engine that loses a log when it is rotated, moby issue 37646).
 */
const silenceMs = 60_000;

/**
 * Follows a container's log from its place on until the signal: across interruptions of the connection, restarts of the
 * engine and of the container, and to the container's successor. No line is lost or repeated; if the log itself has a
 * gap, a notice says so. Nothing is read ahead of the consumer.
 */
export function followContainer(
	deps: FollowDeps,
	place: LogPlace,
	options: FollowOptions,
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	return new ContainerFollower(deps, place, options, signal).follow();
}

class ContainerFollower {
	readonly #deps: FollowDeps;
	readonly #place: LogPlace;
	readonly #options: FollowOptions;
	readonly #signal: AbortSignal;
	#failures = 0;
	/** When and why the connection was lost; null while it is up. */
	#cut: { at: number; why: Message } | null = null;
	/** The container has stopped: its next start gets a notice. */
	#stopped = false;
	#startedAt: number | null = null;

	constructor(deps: FollowDeps, place: LogPlace, options: FollowOptions, signal: AbortSignal) {
		this.#deps = deps;
		this.#place = place;
		this.#options = options;
		this.#signal = signal;
	}

	async *follow(): AsyncGenerator<LogEvent> {
		const { directory } = this.#deps;
		yield { type: 'status', status: 'connecting', note: null };
		while (!this.#signal.aborted) {
			const target = directory.find();
			if (target) {
				yield* this.#turnTo(target);
				if (yield* this.#read(target)) return;
				continue;
			}
			if (!this.#options.follow) return;
			if (directory.isKnown()) {
				yield {
					type: 'status',
					status: 'ended',
					note: absent(this.#options.name),
				};
			}
			await directory.change(undefined, this.#signal);
		}
	}

	#mark(message: Message): LogEvent {
		return { type: 'lines', lines: [markLine(message, this.#deps.clock.now())] };
	}

	/** The container to read: the same as before, restarted, or a successor. */
	*#turnTo(target: LogTarget): Generator<LogEvent> {
		const place = this.#place;
		const { name } = this.#options;
		if (place.containerId !== null && place.containerId !== target.id) {
			const { last } = place;
			place.startOver(target.id);
			// Its log starts now; earlier lines belong to a container that had the same name.
			if (last?.stamp) place.beginAt(secondsOf(last.stamp));
			yield this.#mark(marks.recreated(name));
			this.#stopped = false;
			this.#cut = null;
		}
		// It was stopped and started between two looks.
		const isAnotherStart = this.#startedAt !== null && target.startedAt !== null && target.startedAt > this.#startedAt;
		if (place.containerId === target.id && isAnotherStart && !this.#stopped) yield this.#mark(marks.restarted(name));
		this.#startedAt = target.startedAt ?? this.#startedAt;
		place.containerId = target.id;
	}

	/** Reads until the stream ends or breaks. Returns whether everything wanted was read. */
	async *#read(target: LogTarget): AsyncGenerator<LogEvent, boolean> {
		const { clock, directory, docker } = this.#deps;
		const place = this.#place;
		const options = this.#options;
		const signal = this.#signal;
		const connection = new AbortController();
		const silence = new SilenceLimit(silenceMs, () => connection.abort());
		const listen = AbortSignal.any([signal, connection.signal]);
		let unfinished: readonly LogLine[] = [];
		/** For the engine's `since` if the log was open and empty: every line from then on is wanted. */
		let openedAt: string | null = null;
		const beginWhereOpened = () => {
			if (!place.isSet && openedAt !== null) place.beginAt(openedAt);
		};
		try {
			const tty = target.tty ?? (await docker.inspect(target.id, signal)).tty;
			for await (const batch of silence.over(docker.logs(target.id, requestOf(place, options, tty), listen))) {
				this.#failures = 0;
				openedAt ??= secondsOf(new Date(clock.now() - clockSlackMs).toISOString());
				if (batch.length === 0) {
					yield* this.#opened(target);
					continue;
				}
				unfinished = batch.filter(line => line.unfinished);
				yield* this.#taken(unfinished.length === 0 ? batch : batch.filter(line => !line.unfinished));
			}
			beginWhereOpened();
			if (!options.follow) {
				const rest = place.unseen(unfinished.map(whole));
				if (rest.length > 0) yield { type: 'lines', lines: rest };
				return true;
			}
			// The engine ends the stream when the container ends or when the engine itself ends; the next request shows
			// which.
			const now = directory.find();
			if (now?.id === target.id && isUp(now)) {
				this.#cut ??= { at: clock.now(), why: phrase(['the stream ended', '스트림이 끝남']) };
				await clock.sleep(endPauseMs, signal);
				return false;
			}
			const request = { ...requestOf(place, options, tty), follow: false };
			yield* restOf(this.#deps, place, target.id, request, unfinished, signal);
			yield* this.#ended(target, now);
			return false;
		} catch (error) {
			if (signal.aborted) return true;
			beginWhereOpened();
			if (!connection.signal.aborted) yield* this.#failed(target, error);
			return false;
		}
	}

	*#opened(target: LogTarget): Generator<LogEvent> {
		yield { type: 'status', status: 'following' };
		if (this.#stopped && isUp(target)) yield this.#mark(marks.startedAgain(this.#options.name));
		this.#stopped &&= !isUp(target);
	}

	/** New lines without those read before, and a notice if some are missing. */
	*#taken(lines: readonly LogLine[]): Generator<LogEvent> {
		const { clock } = this.#deps;
		const place = this.#place;
		const cut = this.#cut;
		const fresh = place.unseen(lines);
		const lostAfter = place.takeLoss();
		if (lostAfter !== null) {
			yield this.#mark(marks.linesMissing(lostAfter));
		} else if (cut !== null && place.outcome === 'found' && clock.now() - cut.at > briefCutMs) {
			yield this.#mark(marks.reconnected(clock.now() - cut.at, cut.why));
		}
		if (place.outcome !== 'looking') this.#cut = null;
		if (fresh.length > 0) yield { type: 'lines', lines: fresh };
	}

	/** The container has ended, or another has replaced it (`now`). */
	async *#ended(target: LogTarget, now: LogTarget | undefined): AsyncGenerator<LogEvent> {
		const { name } = this.#options;
		const words = ended(name, now);
		yield { type: 'status', status: 'ended', note: words };
		if (!this.#stopped && (!now || now.id === target.id)) yield this.#mark(words);
		this.#stopped = true;
		this.#cut = null;
		if (now?.id === target.id) await this.#deps.directory.change(now, this.#signal);
	}

	/** Waits until a retry makes sense. Throws a lasting failure if the log is not followed. */
	async *#failed(target: LogTarget, error: unknown): AsyncGenerator<LogEvent> {
		const { clock, directory, random, wake } = this.#deps;
		const failure = failureOf(error);
		const isOver = failure.kind !== 'lost' || this.#failures >= triesWithoutFollowing;
		if (!this.#options.follow && isOver) throw error;
		// It vanished between the list and the request: the next list shows what happened.
		if (failure.kind === 'not-found') {
			await directory.change(target, this.#signal);
			return;
		}
		if (failure.kind === 'refused') {
			yield { type: 'unreadable', failure };
			await directory.change(target, this.#signal);
			return;
		}
		this.#cut ??= { at: clock.now(), why: failure.message };
		this.#failures++;
		const known = retryPause(failure, this.#failures - 1, random());
		const pause = this.#failures === 1 ? { ...known, ms: Math.max(known.leastMs, firstRetryMs) } : known;
		yield { type: 'failed', failure, retryAt: clock.now() + pause.ms };
		await sleepPause(pause, { clock, signal: this.#signal, wake });
	}
}

/**
 * The rest of the log of an ended container: a slow reader does not get it from the stream (seen on 20.10, where
 * following ends with the container). A last line without a line break is complete then.
 */
async function* restOf(
	{ docker }: FollowDeps,
	place: LogPlace,
	id: string,
	request: LogRequest,
	unfinished: readonly LogLine[],
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	try {
		for await (const batch of docker.logs(id, request, signal)) {
			const rest = place.unseen(batch.map(whole));
			if (rest.length > 0) yield { type: 'lines', lines: rest };
		}
	} catch (error) {
		if (failureOf(error).kind !== 'not-found') throw error;
		// It was removed at once: nothing more can be read.
		if (unfinished.length > 0) yield { type: 'lines', lines: unfinished.map(whole) };
	}
}

function requestOf(place: LogPlace, options: FollowOptions, tty: boolean) {
	const tail = place.isSet ? undefined : options.tail;
	const asked = options.since === undefined ? undefined : secondsOf(new Date(options.since).toISOString());
	return { tty, follow: options.follow, since: place.since() ?? asked, tail, lineLimit: options.lineLimit };
}

function whole({ unfinished: _, ...line }: LogLine): LogLine {
	return line;
}

function isUp(target: LogTarget): boolean {
	return target.state === 'running' || target.state === 'paused';
}
