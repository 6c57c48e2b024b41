import { isDeepStrictEqual } from 'node:util';
import { type FeedContext, Wake } from '../feeds/schedule.ts';
import { checkKey } from '../model/check.ts';
import { failureOf } from '../model/failure.ts';
import type { Check, CheckDeps } from './check.ts';

/** How often it is looked whether a check is due. */
const turnMs = 1000;
/** A result that stays the same is told again so often, so that it is known to be of now. */
const retellMs = 60_000;
/** Nobody looks: what is not urgent has time. */
const unfocusedFactor = 4;

export type LaneOptions = {
	readonly isDeep: boolean;
	readonly isFocused: () => boolean;
	/** Whether what the checks build on has been asked for: before that nothing is complete. */
	readonly isKnown?: () => boolean;
};

/** Somebody waits until every check is made, or every check that is due. */
type Request = { readonly isForAll: boolean; readonly done: () => void };

/** Makes checks one after the other, each at its pace, never two at a time. */
export class CheckLane {
	readonly #context: FeedContext;
	readonly #deps: CheckDeps;
	readonly #checks: readonly Check[];
	readonly #isDeep: boolean;
	readonly #isFocused: () => boolean;
	readonly #wake = new Wake();
	/** When each was made last, by `checkKey`; ms. */
	readonly #madeAt = new Map<string, number>();
	/** In which container, of checks that look at one. */
	readonly #madeIn = new Map<string, string | undefined>();
	readonly #toldAt = new Map<string, number>();
	readonly #told = new Map<string, unknown>();
	readonly #isKnown: () => boolean;
	#requests: Request[] = [];
	/** Somebody waits for the checks: delays that let a screen come first are over. */
	#isHurried = false;

	constructor(
		context: FeedContext,
		deps: CheckDeps,
		checks: readonly Check[],
		{ isDeep, isFocused, isKnown = () => true }: LaneOptions,
	) {
		this.#context = context;
		this.#deps = deps;
		this.#checks = checks;
		this.#isDeep = isDeep;
		this.#isFocused = isFocused;
		this.#isKnown = isKnown;
	}

	/** Something happened that may make a check due. */
	wake(): void {
		this.#wake.fire();
	}

	/** Makes every check now, however long ago it was made, except within its least pause; resolves when they are made. */
	all(): Promise<void> {
		return this.#request(true);
	}

	/** Makes every check that is due, without the delays after the start. Resolves when they are made. */
	due(): Promise<void> {
		this.#isHurried = true;
		return this.#request(false);
	}

	#request(isForAll: boolean): Promise<void> {
		return new Promise(done => {
			if (this.#context.signal.aborted) return done();
			this.#requests.push({ isForAll, done });
			this.#wake.fire();
		});
	}

	async run(): Promise<void> {
		const { clock, signal } = this.#context;
		const startedAt = clock.now();
		// Deep ones are complete only where all were wanted: some wait until something calls for them.
		let isFirst = !this.#isDeep;
		while (!signal.aborted) {
			const { fired } = this.#wake;
			const requests = this.#requests.splice(0);
			const isForAll = requests.some(request => request.isForAll);
			const isKnown = this.#isKnown();
			let isComplete = true;
			for (const check of this.#checks) {
				const isEarly = !isForAll && clock.now() - startedAt < (check.afterMs ?? 0);
				if (isEarly && !this.#isHurried) isComplete = false;
				for (const subject of this.#subjects(check)) {
					if (signal.aborted) break;
					if (isEarly && !this.#isHurried) continue;
					if (this.#isDue(check, subject, isForAll)) await this.#look(check, subject, isForAll);
				}
			}
			if (!signal.aborted && (isForAll || (isFirst && isComplete && isKnown))) {
				this.#context.observe({ type: 'checks complete', deep: this.#isDeep });
				isFirst = false;
			}
			for (const { done } of requests) done();
			// What came in the meantime may make a check due that was passed already.
			if (this.#wake.fired === fired) await this.#wake.sleep(clock, turnMs, signal);
		}
		for (const { done } of this.#requests.splice(0)) done();
	}

	#subjects(check: Check): readonly string[] {
		try {
			return check.subjects(this.#deps);
		} catch {
			return [];
		}
	}

	#isDue(check: Check, subject: string, isWanted: boolean): boolean {
		const key = checkKey(check.name, subject);
		const madeAt = this.#madeAt.get(key);
		const age = madeAt === undefined ? Number.POSITIVE_INFINITY : this.#context.clock.now() - madeAt;
		if (age < check.leastMs) return false;
		if (isWanted || check.isUrgent?.(this.#deps, subject)) return true;
		if (check.everyMs === Number.POSITIVE_INFINITY) return false;
		const madeIn = this.#madeIn.get(key);
		if (madeIn !== undefined && this.#deps.facts().state.containers[madeIn] === undefined) return true;
		return age >= check.everyMs * (this.#isFocused() ? 1 : unfocusedFactor);
	}

	async #look(check: Check, subject: string, isWanted: boolean): Promise<void> {
		const { clock, observe, signal } = this.#context;
		const key = checkKey(check.name, subject);
		const askedAt = clock.now();
		try {
			const container = check.role && this.#deps.facts().of(check.role)?.it.container.id;
			this.#madeIn.set(key, container);
			const result = await check.look(this.#deps, subject, signal);
			if (signal.aborted) return;
			this.#madeAt.set(key, clock.now());
			if (result === null) return;
			const news = { container, result };
			const isNews = !isDeepStrictEqual(this.#told.get(key), news);
			// What was asked for, by somebody or because something looks wrong: that it was looked at is news by itself.
			const isAwaited = isWanted || check.isUrgent?.(this.#deps, subject) === true;
			if (!isNews && !isAwaited && clock.now() - (this.#toldAt.get(key) ?? 0) < retellMs) return;
			this.#told.set(key, news);
			this.#toldAt.set(key, clock.now());
			observe({ type: 'check finished', subject, result, container, askedAt });
		} catch (error) {
			if (signal.aborted) return;
			this.#madeAt.set(key, clock.now());
			this.#told.delete(key);
			observe({ type: 'check failed', check: check.name, subject, message: failureOf(error).message, askedAt });
		}
	}
}
