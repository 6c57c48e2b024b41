import { type MlflowRun, metricNumber } from '../../../model/mlflow/experiment.ts';
import { metricDirection } from '../../../model/mlflow/metric-direction.ts';
import { type KeyColumn, type KeyKind, keyColumn, keyKinds } from '../../../model/run-columns.ts';
import { isOwnTag } from '../../../model/run-tags.ts';
import { metricValue } from '../../../presentation/format.ts';
import type { Text } from '../../../words/language.ts';
import type { BrowseColumn, Sortable } from '../columns.ts';

/** Whether the values are sorted from high to low: metrics of which the lower are better, and texts, are not. */
export function isDescendingAt({ kind, key }: KeyColumn): boolean {
	return kind === 'metrics' && metricDirection(key) !== 'lower';
}

/** Braces are placeholders in texts; MLflow allows none in keys. */
const headingOf = (key: string): Text => {
	const shown = key.replaceAll(/[{}]/g, '.');
	return [shown, shown];
};

const textOf = (run: MlflowRun, kind: 'params' | 'tags', key: string): string | undefined =>
	run[kind].find(one => one.key === key)?.value;

export function columnOfKey(id: string): BrowseColumn<MlflowRun> | null {
	const column = keyColumn(id);
	if (column === null) return null;
	const { kind, key } = column;
	const common = { id, heading: headingOf(key), priority: 2 } as const;
	if (kind !== 'metrics')
		return {
			...common,
			align: 'left',
			order: run => textOf(run, kind, key) ?? '\uffff',
			span: run => ({ text: textOf(run, kind, key) ?? '' }),
		};
	const isDescending = isDescendingAt(column);
	const numberOf = (run: MlflowRun) => {
		const metric = run.metrics.find(one => one.key === key);
		return metric === undefined ? null : metricNumber(metric.value);
	};
	return {
		...common,
		align: 'right',
		...(isDescending ? { descends: true } : {}),
		order: run => {
			const value = numberOf(run);
			// As MLflow sorts: no number after the numbers, no value last.
			if (value === null || Number.isNaN(value)) return Number.POSITIVE_INFINITY;
			return isDescending ? -value : value;
		},
		span: (run, { glyphs }) => {
			const value = numberOf(run);
			return { text: value === null ? '' : metricValue(value, glyphs.infinity) };
		},
	};
}

/** Keys of a kind in the menu: more cannot be read. */
const keysListed = 200;

const keyWords = {
	metrics: ['metric', '메트릭'],
	params: ['param', '파라미터'],
	tags: ['tag', '태그'],
} as const satisfies Record<KeyKind, Text>;

/** `metric accuracy`. */
export function labelOfKey(id: string): Text {
	const column = keyColumn(id);
	if (column === null) return [id, id];
	const [english, korean] = keyWords[column.kind];
	const [shown] = headingOf(column.key);
	return [`${english} ${shown}`, `${korean} ${shown}`];
}

/** IDs of the metrics, params and tags of these runs; without the tags of MLflow itself. */
export function columnKeys(runs: readonly MlflowRun[], kinds: readonly KeyKind[] = keyKinds): readonly string[] {
	return kinds.flatMap(kind =>
		[...new Set(runs.flatMap(run => run[kind].map(({ key }) => key)))]
			.filter(key => kind !== 'tags' || isOwnTag(key))
			.toSorted()
			.slice(0, keysListed)
			.map(key => `${kind}.${key}`),
	);
}

/** The metrics and params of these runs, to sort by. */
export function sortableKeys(runs: readonly MlflowRun[]): readonly Sortable[] {
	return columnKeys(runs, ['metrics', 'params']).map(id => {
		const key = keyColumn(id)?.key ?? id;
		return { id, heading: headingOf(key), label: labelOfKey(id) };
	});
}
