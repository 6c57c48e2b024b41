import { isActiveRun } from '../model/airflow/pipeline.ts';
import type { Fact } from '../model/observation.ts';
import type { Clock } from '../model/time/clock.ts';

/**
 * Without news, keys and active runs for so long, polling slows down by this factor, and the figures of containers by
 * theirs: somebody may still look at them. Each request costs laketop more than a millisecond of CPU,
 * and Airflow's webserver some 20: at rest that is most of what is spent.
 */
const steps = [
	{ afterMs: 120_000, factor: 3, forFigures: 3 },
	{ afterMs: 15_000, factor: 2, forFigures: 1.5 },
];

/** Facts that arrive only when something happens, unlike those of polling. */
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
 * Detects that nothing happens and nobody is at the keyboard. Polling for what no event reports then slows down, until
 * news or a key ends that and triggers a poll at once.
 */
export class Quiet {
	readonly #clock: Clock;
	readonly #onEnd: () => void;
	#lastActivityAt: number;

	/** @param onEnd called when activity resumes, before any request */
	constructor(clock: Clock, onEnd: () => void) {
		this.#clock = clock;
		this.#onEnd = onEnd;
		this.#lastActivityAt = clock.now();
	}

	/** Time between two polls that are usually this far apart, ms. */
	pauseMs(usualMs: number): number {
		return usualMs * (this.#step?.factor ?? 1);
	}

	/** The same for the figures of containers, which change all the time. */
	figuresPauseMs(usualMs: number): number {
		return usualMs * (this.#step?.forFigures ?? 1);
	}

	see(fact: Fact): void {
		if (isNews(fact)) this.noteActivity();
	}

	/** Something happened, or the user pressed a key. */
	noteActivity(): void {
		const wasQuiet = this.#step !== undefined;
		this.#lastActivityAt = this.#clock.now();
		if (wasQuiet) this.#onEnd();
	}

	get #step(): (typeof steps)[number] | undefined {
		// The clock may be set back.
		const age = Math.abs(this.#clock.now() - this.#lastActivityAt);
		return steps.find(({ afterMs }) => age > afterMs);
	}
}
