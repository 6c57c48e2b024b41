/** Compares two builds of laketop: what changed beyond noise. */
import type { Figures } from './results.ts';
import { median } from './statistics.ts';
import { table } from './table.ts';

/** The folders of two built checkouts. */
export type Builds = { readonly older: string; readonly newer: string };

/** Measured if no scenario is named: minutes, not hours. */
export const comparedByDefault = ['start', 'rest-20', 'keys'];

/** What needs no stack, and takes a minute. */
export const comparedWithPrevious = ['embedded', 'embedded-rest'];

/** Ratios closer to one than this count as equal. */
const leastChange = 0.05;

export type Verdict = 'lower' | 'higher' | 'equal' | 'unclear';

/**
 * Compares a figure of rounds in which both builds were measured: by the medians, and by how many rounds agree.
 * `unclear`: the medians differ, but more than one round of five says the opposite.
 */
export function compare(older: readonly number[], newer: readonly number[]): { ratio: number; verdict: Verdict } {
	const ratio = median(newer) / median(older);
	if (!Number.isFinite(ratio)) return { ratio, verdict: median(newer) === median(older) ? 'equal' : 'unclear' };
	if (Math.abs(ratio - 1) < leastChange) return { ratio, verdict: 'equal' };
	const rounds = Math.min(older.length, newer.length);
	const agreeing = Array.from({ length: rounds }, (_, round) => {
		const [before = 0, after = 0] = [older[round], newer[round]];
		return ratio < 1 ? after < before : after > before;
	}).filter(Boolean).length;
	if (agreeing < rounds * 0.8) return { ratio, verdict: 'unclear' };
	return { ratio, verdict: ratio < 1 ? 'lower' : 'higher' };
}

/** One number per round: the median of a figure that was measured several times in it; null: no value. */
export function perRound(values: Figures[string]): number | null {
	const came = values.filter(value => value !== null);
	return came.length === 0 ? null : median(came);
}

/** The figures of each build in one round. */
export type Round = { readonly older: Figures; readonly newer: Figures };

const written = (value: number) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '–');

/** A change that a person is told about. */
const largeChange = 0.2;

/** Changed by more than a fifth, in this direction. */
const isLargeChange = (ratio: number, isRise: boolean) => (isRise ? ratio > 1 + largeChange : ratio < 1 - largeChange);

/**
 * A figure of all rounds in which both builds have a value. `isLarge`: changed by more than a fifth, in the medians and
 * in the least values. Other work on the machine only adds, and the least of five rounds has little of it: where it
 * has not changed, the medians differ by chance.
 */
type Compared = {
	readonly name: string;
	readonly older: number;
	readonly newer: number;
	readonly ratio: number;
	readonly verdict: Verdict;
	readonly isLarge: boolean;
};

function comparedFigures(rounds: readonly Round[]): Compared[] {
	const names = [...new Set(rounds.flatMap(({ older }) => Object.keys(older)))];
	return names.map(name => {
		const pairs = rounds.flatMap(round => {
			const older = perRound(round.older[name] ?? []);
			const newer = perRound(round.newer[name] ?? []);
			return older === null || newer === null ? [] : [{ older, newer }];
		});
		const older = pairs.map(pair => pair.older);
		const newer = pairs.map(pair => pair.newer);
		const { ratio, verdict } = compare(older, newer);
		const isSure = verdict === 'lower' || verdict === 'higher';
		const isLarge =
			isSure && [ratio, Math.min(...newer) / Math.min(...older)].every(one => isLargeChange(one, verdict === 'higher'));
		return { name, older: median(older), newer: median(newer), ratio, verdict, isLarge };
	});
}

/** The comparison as a table: each figure with both medians, their ratio, and the verdict; `*`: `isLarge`. */
export function comparison(scenario: string, rounds: readonly Round[]): string {
	const rows = comparedFigures(rounds).map(({ name, older, newer, ratio, verdict, isLarge }) => {
		return [name, written(older), written(newer), written(ratio), `${verdict}${isLarge ? ' *' : ''}`];
	});
	return table([scenario, 'old', 'new', 'new / old', 'verdict'], rows);
}

/** One line for each figure that changed by more than a fifth. */
export function moved(rounds: readonly Round[]): string[] {
	return comparedFigures(rounds)
		.filter(({ isLarge }) => isLarge)
		.map(({ name, older, newer, ratio }) => `${name}: ${written(older)} → ${written(newer)} (× ${written(ratio)})`);
}
