import { type MlflowRun, metricNumber } from '../../../model/experiment.ts';
import { metricDirection } from '../../../model/metric-direction.ts';
import { metricValue } from '../../../presentation/format.ts';
import type { Text } from '../../../words/language.ts';
import type { BrowseColumn, Sortable } from '../columns.ts';

/** Columns of one metric, param or tag. Their IDs are MLflow's names: `metrics.accuracy`. */

export const keyKinds = ['metrics', 'params', 'tags'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** The kind and the key of an ID; null for that of another column. */
export function keyColumn(id: string): { readonly kind: KeyKind; readonly key: string } | null {
	const kind = keyKinds.find(one => id.startsWith(`${one}.`));
	return kind === undefined ? null : { kind, key: id.slice(kind.length + 1) };
}

/** Whether the values are sorted from high to low: metrics of which the lower are better, and texts, are not. */
export function isDescendingAt({ kind, key }: { readonly kind: KeyKind; readonly key: string }): boolean {
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

/** The metrics and params of these runs, to sort by. */
export function sortableKeys(runs: readonly MlflowRun[]): readonly Sortable[] {
	const keys = (kind: 'metrics' | 'params') =>
		[...new Set(runs.flatMap(run => run[kind].map(({ key }) => key)))].toSorted().slice(0, keysListed);
	const sortable = (kind: 'metrics' | 'params', word: Text): Sortable[] =>
		keys(kind).map(key => {
			const heading = headingOf(key);
			return { id: `${kind}.${key}`, heading, label: [`${word[0]} ${heading[0]}`, `${word[1]} ${heading[1]}`] };
		});
	return [...sortable('metrics', ['metric', '메트릭']), ...sortable('params', ['param', '파라미터'])];
}
