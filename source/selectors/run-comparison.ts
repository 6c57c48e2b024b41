import { byName } from '../model/by-name.ts';
import { type MlflowRun, metricNumber } from '../model/experiment.ts';
import { type Direction, metricDirection } from '../model/metric-direction.ts';
import { type MetricComparison, verdictOf } from './champion.ts';

/** Against the first run; null: the metric's name does not say which direction is better, or a value is missing. */
export type RunVerdict = MetricComparison['verdict'];

export type RunComparison = {
	/** The first one is what the others are compared with. */
	readonly runs: readonly MlflowRun[];
	/** Params whose values differ, by name; null: the run has none. */
	readonly params: readonly { readonly key: string; readonly values: readonly (string | null)[] }[];
	/** Number of params that all runs have with one value. */
	readonly sameParams: number;
	/** Latest values; those whose better direction is known come first. */
	readonly metrics: readonly {
		readonly key: string;
		readonly direction: Direction | null;
		readonly values: readonly (number | null)[];
		readonly verdicts: readonly RunVerdict[];
		/** Indices of the best values; empty if all are equal or none is best. */
		readonly best: readonly number[];
	}[];
};

/** Compares MLflow runs with the first of them. Pure. */
export function compareRuns(runs: readonly MlflowRun[]): RunComparison {
	const paramKeys = keysOf(runs, run => run.params);
	const params = paramKeys.map(key => ({
		key,
		values: runs.map(run => run.params.find(param => param.key === key)?.value ?? null),
	}));
	const differing = params.filter(({ values }) => values.some(value => value !== values[0]));
	const metrics = keysOf(runs, run => run.metrics).map(key => {
		const values = runs.map(run => {
			const metric = run.metrics.find(one => one.key === key);
			return metric === undefined ? null : metricNumber(metric.value);
		});
		const direction = metricDirection(key);
		const verdicts = values.map((value, index) => (index === 0 ? null : against(key, values[0] ?? null, value)));
		return { key, direction, values, verdicts, best: bestOf(values, direction) };
	});
	return {
		runs,
		params: differing,
		sameParams: params.length - differing.length,
		metrics: [
			...metrics.filter(({ direction }) => direction !== null),
			...metrics.filter(({ direction }) => direction === null),
		],
	};
}

function keysOf(runs: readonly MlflowRun[], of: (run: MlflowRun) => readonly { readonly key: string }[]): string[] {
	return [...new Set(runs.flatMap(run => of(run).map(({ key }) => key)))].toSorted(byName);
}

function against(key: string, before: number | null, value: number | null): RunVerdict {
	if (before === null || value === null || Number.isNaN(before) || Number.isNaN(value)) return null;
	return verdictOf(key, before, value);
}

function bestOf(values: readonly (number | null)[], direction: Direction | null): readonly number[] {
	const known = values.filter((value): value is number => value !== null && !Number.isNaN(value));
	if (direction === null || known.length < 2 || known.every(value => value === known[0])) return [];
	const best = direction === 'higher' ? Math.max(...known) : Math.min(...known);
	return values.flatMap((value, index) => (value === best ? [index] : []));
}
