/** Compares two builds of laketop: what changed beyond noise. */
import type { Figures } from './results.ts';
import { median } from './statistics.ts';
import { table } from './table.ts';

/** The folders of two built checkouts. */
export type Builds = { readonly older: string; readonly newer: string };

/** Measured if no scenario is named: minutes, not hours. */
export const comparedByDefault = ['start', 'rest-12', 'keys'];

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

/**
 * The comparison as a table: each figure with both medians, their ratio, and the verdict; a `*` marks a change of more
 * than a fifth. A round in which one of them has no value is left out.
 */
export function comparison(scenario: string, rounds: readonly Round[]): string {
	const names = [...new Set(rounds.flatMap(({ older }) => Object.keys(older)))];
	const rows = names.map(name => {
		const pairs = rounds.flatMap(round => {
			const older = perRound(round.older[name] ?? []);
			const newer = perRound(round.newer[name] ?? []);
			return older === null || newer === null ? [] : [{ older, newer }];
		});
		const older = pairs.map(pair => pair.older);
		const newer = pairs.map(pair => pair.newer);
		const { ratio, verdict } = compare(older, newer);
		const mark = (verdict === 'lower' || verdict === 'higher') && Math.abs(ratio - 1) > 0.2 ? ' *' : '';
		return [name, written(median(older)), written(median(newer)), written(ratio), `${verdict}${mark}`];
	});
	return table([scenario, 'old', 'new', 'new / old', 'verdict'], rows);
}
