import type { Clock } from '../model/clock.ts';
import type { Fact } from '../model/observation.ts';
import { isActiveRun } from '../model/pipeline.ts';

/** Without news, keys and active runs for so long, nothing is expected to happen soon, ms. */
const quietAfterMs = 120_000;
/** Regular looks are then so many times as far apart. */
const quietFactor = 3;

/** Facts that come only when something happens; not those of regular looks. */
const news: ReadonlySet<Fact['type']> = new Set([
	'container event',
	'container removed',
	'feed failed',
	'findings changed',
	'log sign',
	'action started',
	'action progress',
	'action finished',
]);

function isNews(fact: Fact): boolean {
	if (fact.type === 'endpoint checked') return !fact.ok;
	if (fact.type === 'dag runs fetched' || fact.type === 'newest runs fetched') return fact.runs.some(isActiveRun);
	return news.has(fact.type);
}

/**
 * Knows when nothing happens and nobody looks: looks that find out what no event reports are then less frequent. The
 * first news, or a key, ends that, and has them look at once.
 */
export class Quiet {
	readonly #clock: Clock;
	readonly #onEnd: () => void;
	#stirredAt: number;

	/** @param onEnd is called when it is over, before anything else is asked */
	constructor(clock: Clock, onEnd: () => void) {
		this.#clock = clock;
		this.#onEnd = onEnd;
		this.#stirredAt = clock.now();
	}

	/** How long to wait between two looks that are usually so many ms apart. */
	pauseMs(usualMs: number): number {
		return this.#isQuiet ? quietFactor * usualMs : usualMs;
	}

	see(fact: Fact): void {
		if (isNews(fact)) this.stir();
	}

	/** Something happened, or somebody pressed a key. */
	stir(): void {
		const wasQuiet = this.#isQuiet;
		this.#stirredAt = this.#clock.now();
		if (wasQuiet) this.#onEnd();
	}

	get #isQuiet(): boolean {
		// A clock may be set back.
		return Math.abs(this.#clock.now() - this.#stirredAt) > quietAfterMs;
	}
}
