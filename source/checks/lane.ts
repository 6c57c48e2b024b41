import { isDeepStrictEqual } from 'node:util';
import type { Quiet } from '../feeds/quiet.ts';
import { type FeedContext, Wake } from '../feeds/schedule.ts';
import { checkKey } from '../model/check.ts';
import { failureOf } from '../model/failures/failure.ts';
import type { Check, CheckDeps } from './check.ts';

/** How often checks are tested for being due, ms. */
const turnMs = 1000;
/** An unchanged result is published again after this time, so that it counts as current, ms. */
const reportAgainMs = 60_000;
/** Checks that are made at least this often are about what seldom changes unseen: they are made less often when it is quiet. */
const oftenMs = 10_000;
/** Pauses are longer by this factor while nobody watches, unless a check is urgent. */
const unfocusedFactor = 4;

export type LaneOptions = {
	readonly isDeep: boolean;
	readonly isFocused: () => boolean;
	readonly quiet: Pick<Quiet, 'pauseMs'>;
	/** Whether the facts that checks build on were fetched: nothing is complete before. */
	readonly isKnown?: () => boolean;
};

/** A caller that waits for every check, or for every check that is due. */
type Request = { readonly isForAll: boolean; readonly done: () => void };

/** Subjects come and go: tasks, replaced containers. Those that are gone are kept up to this number of checks in all. */
const madeKept = 400;

type Made = {
	/** When it was last made; ms. */
	at: number | undefined;
	/** The container, for checks of one container. */
	in: string | undefined;
	reportedAt: number;
	reported: unknown;
};

/** Makes checks one at a time, each at its own pace. */
export class CheckLane {
	readonly #context: FeedContext;
	readonly #deps: CheckDeps;
	readonly #checks: readonly Check[];
	readonly #isDeep: boolean;
	readonly #isFocused: () => boolean;
	readonly #quiet: LaneOptions['quiet'];
	readonly #wake = new Wake();
	/** By `checkKey`, those made first at the beginning. */
	readonly #made = new Map<string, Made>();
	readonly #isKnown: () => boolean;
	#requests: Request[] = [];
	/** A caller waits, so delays after the start no longer apply. */
	#isHurried = false;

	constructor(
		context: FeedContext,
		deps: CheckDeps,
		checks: readonly Check[],
		{ isDeep, isFocused, quiet, isKnown = () => true }: LaneOptions,
	) {
		this.#context = context;
		this.#deps = deps;
		this.#checks = checks;
		this.#isDeep = isDeep;
		this.#isFocused = isFocused;
		this.#quiet = quiet;
		this.#isKnown = isKnown;
	}

	/** Tests whether a check has become due. */
	wake(): void {
		this.#wake.fire();
	}

	/** Makes every check now, except within its shortest pause; resolves when they are made. */
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
		// Deep checks are complete only when all were requested: some are made only when urgent.
		let isFirst = !this.#isDeep;
		while (!signal.aborted) {
			const { fired } = this.#wake;
			const requests = this.#requests.splice(0);
			const isForAll = requests.some(request => request.isForAll);
			const isKnown = this.#isKnown();
			let isComplete = true;
			const keys = new Set<string>();
			for (const check of this.#checks) {
				const isEarly = !isForAll && clock.now() - startedAt < (check.afterMs ?? 0);
				if (isEarly && !this.#isHurried) isComplete = false;
				for (const subject of this.#subjects(check)) {
					if (signal.aborted) break;
					keys.add(checkKey(check.name, subject));
					if (isEarly && !this.#isHurried) continue;
					if (this.#isDue(check, subject, isForAll)) await this.#look(check, subject, isForAll);
				}
			}
			if (!signal.aborted && (isForAll || (isFirst && isComplete && isKnown))) {
				this.#context.observe({ type: 'checks complete', deep: this.#isDeep });
				isFirst = false;
			}
			this.#forget(keys);
			for (const { done } of requests) done();
			// Facts that arrived meanwhile may make an earlier check due.
			if (this.#wake.fired === fired) await this.#wake.sleep(clock, this.#quiet.pauseMs(turnMs), signal);
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
		const made = this.#made.get(key);
		const madeAt = made?.at;
		const age = madeAt === undefined ? Number.POSITIVE_INFINITY : this.#context.clock.now() - madeAt;
		if (age < check.leastMs) return false;
		if (isWanted || check.isUrgent?.(this.#deps, subject)) return true;
		if (check.everyMs === Number.POSITIVE_INFINITY) return false;
		const madeIn = made?.in;
		if (madeIn !== undefined && this.#deps.facts().state.containers[madeIn] === undefined) return true;
		const everyMs = check.everyMs <= oftenMs ? this.#quiet.pauseMs(check.everyMs) : check.everyMs;
		return age >= everyMs * (this.#isFocused() ? 1 : unfocusedFactor);
	}

	#madeOf(key: string): Made {
		const known = this.#made.get(key);
		if (known) return known;
		const made: Made = { at: undefined, in: undefined, reportedAt: 0, reported: undefined };
		this.#made.set(key, made);
		return made;
	}

	/** @param keys of the checks that can be made now */
	#forget(keys: ReadonlySet<string>): void {
		for (const key of this.#made.keys()) {
			if (this.#made.size <= madeKept) return;
			if (!keys.has(key)) this.#made.delete(key);
		}
	}

	async #look(check: Check, subject: string, isWanted: boolean): Promise<void> {
		const { clock, observe, signal } = this.#context;
		const key = checkKey(check.name, subject);
		const askedAt = clock.now();
		const made = this.#madeOf(key);
		try {
			const container = check.role && this.#deps.facts().of(check.role)?.it.container.id;
			made.in = container;
			const result = await check.look(this.#deps, subject, signal);
			if (signal.aborted) return;
			made.at = clock.now();
			if (result === null) return;
			const news = { container, result };
			const isNews = !isDeepStrictEqual(made.reported, news);
			// A requested or urgent check is news even if its result did not change.
			const isAwaited = isWanted || check.isUrgent?.(this.#deps, subject) === true;
			if (!isNews && !isAwaited && clock.now() - made.reportedAt < reportAgainMs) return;
			made.reported = news;
			made.reportedAt = clock.now();
			observe({ type: 'check finished', subject, result, container, askedAt });
		} catch (error) {
			if (signal.aborted) return;
			made.at = clock.now();
			made.reported = undefined;
			observe({ type: 'check failed', check: check.name, subject, message: failureOf(error).message, askedAt });
		}
	}
}
