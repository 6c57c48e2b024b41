import type { ConfNumbers } from '../../model/airflow/conf-numbers.ts';
import { quantile } from '../../model/quantile.ts';

/** A duration, ms, and the conf it was measured with. */
export type Sample = { readonly conf: ConfNumbers; readonly ms: number };

type Fit = (conf: ConfNumbers) => number;

/** Fewest samples for a first and a second name of the conf: fewer fit any line. */
const samplesFor = [4, 6];
/** A name has to lower the error to this share: chance alone lowers it somewhat. */
const errorShare = 0.75;
/** Durations that vary by less than this share of their median depend on nothing worth knowing. */
const steadyShare = 0.05;
/** Names that are tried beside the best one: those that came next. Each costs a frame some time. */
const seconds = 3;
/** Two names change each other's slopes; they have settled after as many rounds. */
const fitRounds = 4;

/** What to expect, and how far off that was on average where it was tried on samples left out of it, ms. */
export type Expectation = {
	readonly ms: number;
	readonly errorMs: number;
	/** Whether it is a line over the conf; else the median. */
	readonly followsConf: boolean;
};

/**
 * The duration to expect with a conf, ms: the median, or a line over one or two names of the conf if that predicts each
 * sample from the others better than their median does. null without samples.
 */
export function expectation(samples: readonly Sample[], conf: ConfNumbers): Expectation | null {
	const middle = quantile(
		samples.map(({ ms }) => ms),
		0.5,
	);
	if (middle === null) return null;
	const spread = samples.reduce((sum, { ms }) => sum + Math.abs(ms - middle), 0);
	const counted = Math.max(1, samples.length - 1);
	let error = errorWith(samples, []);
	if (spread <= samples.length * middle * steadyShare)
		return { ms: middle, errorMs: error / counted, followsConf: false };
	let names = Object.keys(conf).filter(name => isUseful(samples, name));
	let chosen: readonly string[] = [];
	for (const least of samplesFor) {
		if (samples.length < least || error === 0) break;
		const tried = names
			.map(name => ({ name, error: errorWith(samples, [...chosen, name]) }))
			.toSorted((a, b) => a.error - b.error);
		const [best, ...others] = tried;
		if (!best || best.error > error * errorShare) break;
		chosen = [...chosen, best.name];
		error = best.error;
		names = others.slice(0, seconds).map(({ name }) => name);
	}
	const ms = Math.max(0, fitted(samples, chosen)(conf));
	return { ms, errorMs: error / counted, followsConf: chosen.length > 0 };
}

/** Whether all samples have a value of this name, and not all the same. */
function isUseful(samples: readonly Sample[], name: string): boolean {
	const values = samples.map(({ conf }) => conf[name]);
	return values.every(value => value !== undefined) && new Set(values).size > 1;
}

/** The sum of the errors with which each sample is predicted from the others. The largest does not count: a run may hang. */
function errorWith(samples: readonly Sample[], names: readonly string[]): number {
	const errors = samples.map((left, index) =>
		Math.abs(fitted(samples.toSpliced(index, 1), names)(left.conf) - left.ms),
	);
	return errors.reduce((sum, error) => sum + error, 0) - Math.max(...errors);
}

/** A line by medians, which single samples do not bend: Theil (1950) and Sen (1968), over one name after the other. */
function fitted(samples: readonly Sample[], names: readonly string[]): Fit {
	const slopes = new Map(names.map(name => [name, 0]));
	const without = (sample: Sample, left: string | null) =>
		names.reduce(
			(ms, name) => (name === left ? ms : ms - (slopes.get(name) ?? 0) * (sample.conf[name] ?? 0)),
			sample.ms,
		);
	for (let round = 0; round < (names.length > 1 ? fitRounds : 1); round++) {
		for (const name of names)
			slopes.set(name, slope(samples.map(sample => [sample.conf[name] ?? 0, without(sample, name)])));
	}
	const base = quantile(
		samples.map(sample => without(sample, null)),
		0.5,
	);
	return conf => names.reduce((ms, name) => ms + (slopes.get(name) ?? 0) * (conf[name] ?? 0), base ?? 0);
}

/** The median slope between two points; 0 if all have the same place. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
	const slopes: number[] = [];
	for (const [index, [x, y]] of points.entries()) {
		for (const [otherX, otherY] of points.slice(index + 1)) {
			if (otherX !== x) slopes.push((otherY - y) / (otherX - x));
		}
	}
	return quantile(slopes, 0.5) ?? 0;
}

/** An expected duration and the one that it became, ms. */
export type Outcome = { readonly expectedMs: number; readonly ms: number };

/** Added to both: a task of some milliseconds may take several times as long, and say nothing about the others. */
const smallMs = 1000;
/** Limits of the factor. */
const [leastFactor, mostFactor] = [0.2, 5];

/**
 * How much longer than expected the tasks of a run take: the median, weighted by what was expected. One more that is as
 * expected counts, so that a single slow task changes less than several.
 */
export function factorOf(outcomes: readonly Outcome[]): number {
	if (outcomes.length === 0) return 1;
	const ratios = outcomes.map(({ expectedMs: expected, ms }) => ({
		ratio: (ms + smallMs) / (expected + smallMs),
		weight: expected + smallMs,
	}));
	const total = ratios.reduce((sum, { weight }) => sum + weight, 0);
	const all = [...ratios, { ratio: 1, weight: total / ratios.length }].toSorted((a, b) => a.ratio - b.ratio);
	const half = (total + total / ratios.length) / 2;
	let before = 0;
	for (const [index, { ratio, weight }] of all.entries()) {
		before += weight;
		if (before < half) continue;
		const next = all[index + 1];
		const middle = before === half && next ? (ratio + next.ratio) / 2 : ratio;
		return Math.min(mostFactor, Math.max(leastFactor, middle));
	}
	return 1;
}
