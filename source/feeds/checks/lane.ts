import { isDeepStrictEqual } from 'node:util';
import { failureOf } from '../../clients/failure.ts';
import { checkKey } from '../../model/check.ts';
import { type FeedContext, Wake } from '../schedule.ts';
import type { Check, CheckDeps } from './check.ts';

/** How often it is looked whether a check is due. */
const turnMs = 1000;
/** A result that stays the same is told again so often, so that it is known to be of now. */
const retellMs = 60_000;
/** Nobody looks: what is not urgent has time. */
const unfocusedFactor = 4;

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
	readonly #toldAt = new Map<string, number>();
	readonly #told = new Map<string, unknown>();
	#wanted = new Set<Check>();
	#waiting: (() => void)[] = [];

	constructor(
		context: FeedContext,
		deps: CheckDeps,
		checks: readonly Check[],
		{ isDeep, isFocused }: { readonly isDeep: boolean; readonly isFocused: () => boolean },
	) {
		this.#context = context;
		this.#deps = deps;
		this.#checks = checks;
		this.#isDeep = isDeep;
		this.#isFocused = isFocused;
	}

	/** Something happened that may make a check due. */
	wake(): void {
		this.#wake.fire();
	}

	/** Makes every check now, however long ago it was made, except within its least pause; resolves when they are made. */
	all(): Promise<void> {
		return new Promise(resolve => {
			if (this.#context.signal.aborted) return resolve();
			this.#wanted = new Set(this.#checks);
			this.#waiting.push(resolve);
			this.#wake.fire();
		});
	}

	async run(): Promise<void> {
		const { clock, signal } = this.#context;
		const startedAt = clock.now();
		// Deep ones are complete only where all were wanted: some wait until something calls for them.
		let isFirst = !this.#isDeep;
		while (!signal.aborted) {
			let isComplete = true;
			for (const check of this.#checks) {
				const isWanted = this.#wanted.has(check);
				this.#wanted.delete(check);
				if (!isWanted && clock.now() - startedAt < (check.afterMs ?? 0)) {
					isComplete = false;
					continue;
				}
				for (const subject of this.#subjects(check)) {
					if (signal.aborted) break;
					if (this.#isDue(check, subject, isWanted)) await this.#look(check, subject, isWanted);
				}
			}
			if (signal.aborted) break;
			if (this.#wanted.size === 0 && (this.#waiting.length > 0 || (isFirst && isComplete))) {
				this.#context.observe({ type: 'checks complete', deep: this.#isDeep });
				for (const done of this.#waiting.splice(0)) done();
				isFirst = false;
			}
			await this.#wake.sleep(clock, turnMs, signal);
		}
		for (const done of this.#waiting.splice(0)) done();
	}

	#subjects(check: Check): readonly string[] {
		try {
			return check.subjects(this.#deps);
		} catch {
			return [];
		}
	}

	#isDue(check: Check, subject: string, isWanted: boolean): boolean {
		const madeAt = this.#madeAt.get(checkKey(check.name, subject));
		const age = madeAt === undefined ? Number.POSITIVE_INFINITY : this.#context.clock.now() - madeAt;
		if (age < check.leastMs) return false;
		if (isWanted || check.isUrgent?.(this.#deps, subject)) return true;
		if (check.everyMs === Number.POSITIVE_INFINITY) return false;
		return age >= check.everyMs * (this.#isFocused() ? 1 : unfocusedFactor);
	}

	async #look(check: Check, subject: string, isWanted: boolean): Promise<void> {
		const { clock, observe, signal } = this.#context;
		const key = checkKey(check.name, subject);
		try {
			const result = await check.look(this.#deps, subject, signal);
			if (signal.aborted) return;
			this.#madeAt.set(key, clock.now());
			if (result === null) return;
			const isNews = !isDeepStrictEqual(this.#told.get(key), result);
			// What was asked for, by somebody or because something looks wrong: that it was looked at is news by itself.
			const isAwaited = isWanted || check.isUrgent?.(this.#deps, subject) === true;
			if (!isNews && !isAwaited && clock.now() - (this.#toldAt.get(key) ?? 0) < retellMs) return;
			this.#told.set(key, result);
			this.#toldAt.set(key, clock.now());
			observe({ type: 'check finished', subject, result });
		} catch (error) {
			if (signal.aborted) return;
			this.#madeAt.set(key, clock.now());
			this.#told.delete(key);
			observe({ type: 'check failed', check: check.name, subject, message: failureOf(error).message });
		}
	}
}
