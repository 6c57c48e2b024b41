import type { Text } from '../../words/language.ts';

/**
 * What MLflow's search of runs compares, and with what (mlflow/utils/search_utils.py, class SearchUtils; the same in
 * 2.9.2 and 3.17.2 but for `nullComparators`).
 */

export type FilterKind = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';

/** The names of each kind, as they are written; MLflow reads them in lower case only. */
export const kindsByName: Readonly<Record<string, FilterKind>> = {
	metric: 'metric',
	metrics: 'metric',
	param: 'param',
	params: 'param',
	parameter: 'param',
	parameters: 'param',
	tag: 'tag',
	tags: 'tag',
	attribute: 'attribute',
	attributes: 'attribute',
	attr: 'attribute',
	run: 'attribute',
	dataset: 'dataset',
	datasets: 'dataset',
};

export const timeAttributes: readonly string[] = ['start_time', 'end_time', 'created', 'Created'];
export const textAttributes: readonly string[] = ['run_id', 'run_name', 'status', 'user_id', 'artifact_uri'];
/** Other spellings of `run_name`, which need quotes. */
export const nameAttributes: readonly string[] = ['run name', 'Run name', 'Run Name'];
export const datasetKeys: readonly string[] = ['name', 'digest', 'context'];

const numberComparators = ['=', '!=', '>', '>=', '<', '<='] as const;
const textComparators = ['=', '!=', 'LIKE', 'ILIKE'] as const;
const listComparators = ['IN', 'NOT IN'] as const;
/** MLflow 3: params and tags that are missing, or not. */
const nullComparators = ['IS NULL', 'IS NOT NULL'] as const;

/** What stands left of a comparator: how its values are written, and how it is compared. */
export type Compared = {
	readonly values: 'number' | 'time' | 'text';
	readonly comparators: readonly string[];
	/** The kind in the plural, for messages. */
	readonly name: Text;
};

/** @param hasNull whether this MLflow knows `IS NULL`: MLflow 3 */
export function comparedAs(kind: FilterKind, key: string, hasNull: boolean): Compared {
	switch (kind) {
		case 'metric':
			return { values: 'number', comparators: numberComparators, name: ['metrics', '메트릭'] };
		case 'param':
		case 'tag':
			return {
				values: 'text',
				comparators: hasNull ? [...textComparators, ...nullComparators] : textComparators,
				name: kind === 'param' ? ['params', '파라미터'] : ['tags', '태그'],
			};
		case 'dataset':
			return {
				values: 'text',
				comparators: [...textComparators, ...listComparators],
				name: ['datasets', '데이터셋'],
			};
		case 'attribute':
			if (timeAttributes.includes(key))
				return { values: 'time', comparators: numberComparators, name: ['times', '시각'] };
			return {
				values: 'text',
				// The others take no list: "Only the 'run_id' attribute supports comparison with a list".
				comparators: key === 'run_id' ? [...textComparators, ...listComparators] : textComparators,
				name: ['attributes', '속성'],
			};
	}
}
