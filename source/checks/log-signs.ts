import type { DockerClient } from '../clients/engine/docker.ts';
import type { DiagnosisFacts, Service } from '../diagnosis/facts.ts';
import type { Quiet } from '../feeds/quiet.ts';
import type { FeedContext, Wake } from '../feeds/schedule.ts';
import { secondsOf } from '../model/logs/log-place.ts';
import { maskText } from '../model/secrets/secrets.ts';
import { signOf } from './signs.ts';

/** How often the last lines of each log are read, ms: a stream would cost more for a busy log. */
const intervalMs = 8000;
const unfocusedIntervalMs = 60_000;
/** Lines that are read at most since the last look: a failing program repeats itself. */
const linesRead = 200;
const longestLine = 400;

export type SignsDeps = {
	readonly docker: DockerClient;
	readonly facts: () => DiagnosisFacts;
	readonly isFocused: () => boolean;
	readonly quiet: Quiet;
	readonly wake: Wake;
};

/** Searches the logs of the stack for signs of problems. Unreadable logs are skipped. */
export class SignWatch {
	readonly #context: FeedContext;
	readonly #deps: SignsDeps;
	#waiting: (() => void)[] = [];

	constructor(context: FeedContext, deps: SignsDeps) {
		this.#context = context;
		this.#deps = deps;
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
		const places = new Map<string, string>();
		const startedAt = clock.now();
		while (!signal.aborted) {
			const { fired } = wake;
			const waiting = this.#waiting.splice(0);
			const services = facts().services.filter(({ role, it }) => role !== null && it.container.state === 'running');
			for (const service of services) {
				if (signal.aborted) break;
				await read(this.#context, this.#deps, service, places, startedAt);
			}
			for (const id of places.keys()) if (facts().state.containers[id] === undefined) places.delete(id);
			for (const done of waiting) done();
			if (wake.fired === fired)
				await wake.sleep(clock, isFocused() ? quiet.pauseMs(intervalMs) : unfocusedIntervalMs, signal);
		}
		for (const done of this.#waiting.splice(0)) done();
	}
}

async function read(
	{ clock, observe, signal }: FeedContext,
	{ docker, facts }: SignsDeps,
	{ it, container: name }: Service,
	places: Map<string, string>,
	startedAt: number,
): Promise<void> {
	const { id } = it.container;
	if (facts().check('setup', id)?.setup.logDriver === 'none') return;
	// Older lines may be about a problem that is over; the last minute is recent enough.
	const since = places.get(id) ?? secondsOf(new Date(startedAt - 60_000).toISOString());
	const request = { since, tail: linesRead, tty: it.detail?.tty ?? false, follow: false };
	const reported = new Map<string, number>();
	try {
		for await (const lines of docker.logs(id, request, signal)) {
			for (const { stamp, loggedAt, text } of lines) {
				// `since` is inclusive.
				if (stamp === null || secondsOf(stamp) === since) continue;
				places.set(id, secondsOf(stamp));
				const sign = signOf(text);
				if (sign === null) continue;
				reported.set(sign, (reported.get(sign) ?? 0) + 1);
				// The first line of a burst is enough.
				if ((reported.get(sign) ?? 0) > 3) continue;
				observe({
					type: 'log sign',
					container: name,
					sign,
					line: maskText(text.trim()).slice(0, longestLine),
					happenedAt: loggedAt ?? clock.now(),
				});
			}
		}
	} catch {
		// The container exited meanwhile, or its driver keeps no log: other checks report that.
	}
}
