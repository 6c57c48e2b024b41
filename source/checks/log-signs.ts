import type { DockerClient } from '../clients/engine/docker.ts';
import type { DiagnosisFacts, Service } from '../diagnosis/facts.ts';
import type { Quiet } from '../feeds/quiet.ts';
import type { FeedContext, Wake } from '../feeds/schedule.ts';
import type { LogLine } from '../model/logs/log-line.ts';
import { secondsOf } from '../model/logs/log-place.ts';
import { maskText } from '../model/secrets/secrets.ts';
import { signOf } from './signs.ts';

/** How often the last lines of a log are read that is not followed, ms. */
const intervalMs = 8000;
const unfocusedIntervalMs = 60_000;
/** Lines that are read at most since the last look: a failing program repeats itself. */
const linesRead = 200;
const longestLine = 400;
/**
 * A log with fewer lines than this in `intervalMs` is followed: each request costs laketop and the engine more than these
 * lines do, and a sign is seen at once. One with more than four times as many is read at intervals again.
 */
const quietLines = 100;
/** Each takes a connection to the engine. */
const mostFollowed = 40;
/** Then a followed log is read once as any other: engines have lost followers when a log file was rotated. ms */
const followedAtMostMs = 5 * 60_000;

export type SignsDeps = {
	readonly docker: Pick<DockerClient, 'host' | 'logs'>;
	readonly facts: () => DiagnosisFacts;
	readonly isFocused: () => boolean;
	readonly quiet: Quiet;
	readonly wake: Wake;
};

/** Searches the logs of the stack for signs of problems. Unreadable logs are skipped. */
export class SignWatch {
	readonly #context: FeedContext;
	readonly #deps: SignsDeps;
	readonly #canFollow: boolean;
	/** By container. */
	readonly #readers = new Map<string, SignReader>();
	#waiting: (() => void)[] = [];

	constructor(context: FeedContext, deps: SignsDeps) {
		this.#context = context;
		this.#deps = deps;
		// Through ssh each log that is followed would be a session, of which a server allows ten (MaxSessions of sshd_config(5)).
		this.#canFollow = deps.docker.host.kind === 'unix';
	}

	/** Reads every log now instead of at its next turn; resolves when they are read. */
	look(): Promise<void> {
		return new Promise(done => {
			if (this.#context.signal.aborted) return done();
			this.#waiting.push(done);
			this.#deps.wake.fire();
		});
	}

	async run(): Promise<void> {
		const { clock, signal } = this.#context;
		const { facts, isFocused, quiet, wake } = this.#deps;
		while (!signal.aborted) {
			const { fired } = wake;
			const waiting = this.#waiting.splice(0);
			const services = facts().services.filter(({ role, it }) => role !== null && it.container.state === 'running');
			this.#forget();
			for (const service of services) {
				if (signal.aborted) break;
				const reader = this.#readerOf(service);
				if (reader.isFollowing) continue;
				const isRead = await this.#read(service, reader, signal);
				if (isRead && this.#canFollow && reader.isQuiet && this.#followed() < mostFollowed)
					void this.#follow(service, reader);
			}
			for (const done of waiting) done();
			if (wake.fired === fired)
				await wake.sleep(clock, isFocused() ? quiet.pauseMs(intervalMs) : unfocusedIntervalMs, signal);
		}
		for (const done of this.#waiting.splice(0)) done();
	}

	#readerOf({ it, container }: Service): SignReader {
		const { id } = it.container;
		const reader = this.#readers.get(id) ?? new SignReader(this.#context, container);
		this.#readers.set(id, reader);
		return reader;
	}

	/** A container that stopped may start again, and continues there. */
	#forget(): void {
		const { containers } = this.#deps.facts().state;
		for (const id of this.#readers.keys()) if (containers[id] === undefined) this.#readers.delete(id);
	}

	#followed(): number {
		return [...this.#readers.values()].filter(({ isFollowing }) => isFollowing).length;
	}

	/** Resolves with whether the log can be read. */
	async #read({ it }: Service, reader: SignReader, signal: AbortSignal, follow = false): Promise<boolean> {
		const { docker, facts } = this.#deps;
		const { id } = it.container;
		if (facts().check('setup', id)?.setup.logDriver === 'none') return false;
		const request = { since: reader.begin(), tail: linesRead, tty: it.detail?.tty ?? false, follow };
		try {
			for await (const lines of docker.logs(id, request, signal)) {
				reader.take(lines);
				if (follow && reader.isBusy) break;
			}
			return true;
		} catch {
			// The container exited meanwhile, or its driver keeps no log: other checks report that.
			return false;
		}
	}

	/** Reads lines as they are written, until they become many. */
	async #follow(service: Service, reader: SignReader): Promise<void> {
		const { clock, signal } = this.#context;
		const done = new AbortController();
		reader.isFollowing = true;
		const over = AbortSignal.any([signal, done.signal]);
		void clock.sleep(followedAtMostMs, over).then(() => done.abort(null));
		await this.#read(service, reader, over, true);
		done.abort(null);
		reader.isFollowing = false;
	}
}

/** Reports the signs in the lines of one log, in which each line is read once. */
class SignReader {
	readonly #context: FeedContext;
	readonly #container: string;
	/** Whether its lines are read as they are written. */
	isFollowing = false;
	/** Where the log was read to, as `since` of the engine. */
	#place: string;
	#startedAt: string;
	/** Of the current span of `intervalMs`. */
	#spanAt: number;
	#lines = 0;
	#reported = new Map<string, number>();

	constructor(context: FeedContext, container: string) {
		this.#context = context;
		this.#container = container;
		this.#spanAt = context.clock.now();
		// Older lines may be about a problem that is over; the last minute is recent enough.
		this.#place = secondsOf(new Date(this.#spanAt - 60_000).toISOString());
		this.#startedAt = this.#place;
	}

	/** Few lines in the current span: the log can be followed. */
	get isQuiet(): boolean {
		return this.#lines < quietLines;
	}

	/** So many that it is better read at intervals. */
	get isBusy(): boolean {
		return this.#lines > 4 * quietLines;
	}

	/** Begins to read the log again; returns from where. */
	begin(): string {
		this.#startedAt = this.#place;
		this.#newSpan();
		return this.#place;
	}

	#newSpan(): void {
		this.#spanAt = this.#context.clock.now();
		this.#lines = 0;
		this.#reported = new Map();
	}

	take(lines: readonly LogLine[]): void {
		const { clock, observe } = this.#context;
		if (Math.abs(clock.now() - this.#spanAt) > intervalMs) this.#newSpan();
		for (const { stamp, loggedAt, text } of lines) {
			// `since` is inclusive.
			if (stamp === null || secondsOf(stamp) === this.#startedAt) continue;
			this.#lines++;
			this.#place = secondsOf(stamp);
			const sign = signOf(text);
			if (sign === null) continue;
			const times = (this.#reported.get(sign) ?? 0) + 1;
			this.#reported.set(sign, times);
			// The first lines of a burst are enough.
			if (times > 3) continue;
			observe({
				type: 'log sign',
				container: this.#container,
				sign,
				line: maskText(text.trim()).slice(0, longestLine),
				happenedAt: loggedAt ?? clock.now(),
			});
		}
	}
}
