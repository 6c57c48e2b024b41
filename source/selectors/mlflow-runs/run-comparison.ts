import { type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { type Direction, metricDirection } from '../../model/mlflow/metric-direction.ts';
import { byName } from '../../model/text/by-name.ts';
import { type MetricComparison, verdictOf } from '../models/champion.ts';

/** Against the first one; null: the metric's name does not say which direction is better, or a value is missing. */
export type RunVerdict = MetricComparison['verdict'];

type KeyValue = { readonly key: string; readonly value: string };

/** What is compared: an MLflow run, or a model version with the run that made it. */
export type Compared = {
	readonly params: readonly KeyValue[];
	/** Latest value of each metric. */
	readonly figures: ReadonlyMap<string, number>;
};

/** A text that differs; null: there is none. */
export type DifferingText = { readonly key: string; readonly values: readonly (string | null)[] };

export type FiguresComparison = {
	/** Params whose values differ, by name. */
	readonly params: readonly DifferingText[];
	/** Number of params that all have with one value. */
	readonly sameParams: number;
	/** Those whose better direction is known come first. */
	readonly metrics: readonly {
		readonly key: string;
		readonly direction: Direction | null;
		readonly values: readonly (number | null)[];
		readonly verdicts: readonly RunVerdict[];
		/** Indices of the best values; empty if all are equal or none is best. */
		readonly best: readonly number[];
	}[];
};

export type RunComparison = FiguresComparison & {
	/** The first one is what the others are compared with. */
	readonly runs: readonly MlflowRun[];
};

/** Compares MLflow runs with the first of them. Pure. */
export function compareRuns(runs: readonly MlflowRun[]): RunComparison {
	return { runs, ...compareFigures(runs.map(run => ({ params: run.params, figures: figuresOf(run) }))) };
}

const figuresOf = ({ metrics }: MlflowRun) => new Map(metrics.map(({ key, value }) => [key, metricNumber(value)]));

/** Compares params and metrics with those of the first one. Pure. */
export function compareFigures(all: readonly Compared[]): FiguresComparison {
	const params = differingTexts(all.map(one => one.params));
	const keys = [...new Set(all.flatMap(({ figures }) => [...figures.keys()]))].toSorted(byName);
	const metrics = keys.map(key => {
		const values = all.map(({ figures }) => figures.get(key) ?? null);
		const direction = metricDirection(key);
		const verdicts = values.map((value, index) => (index === 0 ? null : against(key, values[0] ?? null, value)));
		return { key, direction, values, verdicts, best: bestOf(values, direction) };
	});
	return {
		params: params.differing,
		sameParams: params.same,
		metrics: [
			...metrics.filter(({ direction }) => direction !== null),
			...metrics.filter(({ direction }) => direction === null),
		],
	};
}

/** The texts that differ, by name, and the number of those that all have with one value. */
export function differingTexts(all: readonly (readonly KeyValue[])[]): {
	readonly differing: readonly DifferingText[];
	readonly same: number;
} {
	const maps = all.map(texts => new Map(texts.map(({ key, value }) => [key, value])));
	const keys = [...new Set(maps.flatMap(texts => [...texts.keys()]))].toSorted(byName);
	const texts = keys.map(key => ({ key, values: maps.map(one => one.get(key) ?? null) }));
	const differing = texts.filter(({ values }) => values.some(value => value !== values[0]));
	return { differing, same: texts.length - differing.length };
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
