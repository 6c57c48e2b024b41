import { type MlflowRun, metricNumber } from '../../../model/mlflow/experiment.ts';
import { mlflowStatusLook } from '../../../model/mlflow/mlflow-status.ts';
import type { RunSearch } from '../../../model/mlflow/run-search.ts';
import { isOwnTag } from '../../../model/run-tags.ts';
import type { StackState } from '../../../model/state.ts';
import { metricValue, stopwatch } from '../../../presentation/format.ts';
import { mlflowRunTime } from '../../../presentation/mlflow-run-time.ts';
import { shortRunId } from '../../../presentation/run-name.ts';
import type { Span } from '../../../presentation/text.ts';
import { memoised } from '../../../selectors/memo.ts';
import { knownMlflowRuns } from '../../../selectors/mlflow-runs/known-runs.ts';
import { type RunNode, runTree } from '../../../selectors/mlflow-runs/run-tree.ts';
import type { Browse, ViewState } from '../../conversation.ts';
import { type BrowseColumn, type CellContext, sorted, wordsOf } from '../columns.ts';
import { columnOfKey } from './key-columns.ts';
import { runFilterOf, shownOrder, shownSearch } from './run-query.ts';

const hasNested = memoised((rows: readonly RunNode[]): boolean => rows.some(({ nested = 0 }) => nested > 0));

/** Indented by depth; `+` and `-` stand for hidden and shown nested runs, as in the grid. */
function nameSpan(
	{ runName, depth = 0, nested = 0, isFolded, isContext }: RunNode,
	{ rows }: CellContext<RunNode>,
): Span {
	const isTree = hasNested(rows);
	const mark = !isTree ? '' : nested === 0 ? '  ' : isFolded ? '+ ' : '- ';
	const text = `${'  '.repeat(depth)}${mark}${runName}${nested === 0 ? '' : ` (${nested})`}`;
	return isContext ? { text, tone: 'muted' } : { text };
}

/** In the order in which the key steps through them: what needs attention first. */
export const mlflowStatuses: readonly (string | null)[] = [
	null,
	'FAILED',
	'KILLED',
	'RUNNING',
	'SCHEDULED',
	'FINISHED',
];

/** The pipeline tags its MLflow runs with DAG, DAG run and task. */
export function tagOf({ tags }: Pick<MlflowRun, 'tags'>, key: string): string | null {
	return tags.find(tag => tag.key === key)?.value ?? null;
}

export const mlflowRunSort = 'began';

/** Sorted as a run, drawn as a node of the tree. */
type RunColumn = Omit<BrowseColumn<RunNode>, 'order'> & Pick<BrowseColumn<MlflowRun>, 'order'>;

export const mlflowRunColumns: readonly RunColumn[] = [
	{
		id: 'name',
		heading: ['MLFLOW RUN', 'MLflow 실행'],
		align: 'left',
		priority: 0,
		order: run => run.runName,
		span: nameSpan,
	},
	{
		id: 'status',
		heading: ['STATUS', '상태'],
		align: 'left',
		priority: 0,
		order: run => run.status,
		span: ({ status }, { glyphs, say }) => {
			const { word, symbol, tone } = mlflowStatusLook(status);
			return { text: `${glyphs.state[symbol]} ${say(word)}`, tone };
		},
	},
	{
		id: 'began',
		heading: ['STARTED', '시작'],
		align: 'left',
		priority: 1,
		order: run => -run.startedAt,
		descends: true,
		span: (run, { now, rows }) => ({ text: mlflowRunTime(run, now, rows) }),
	},
	{
		id: 'took',
		heading: ['DURATION', '소요 시간'],
		align: 'right',
		priority: 3,
		order: ({ startedAt, endedAt }) => startedAt - (endedAt ?? startedAt),
		descends: true,
		span: ({ startedAt, endedAt }) => ({ text: endedAt === null ? '' : stopwatch(endedAt - startedAt) }),
	},
	{
		id: 'metrics',
		heading: ['METRICS', '메트릭'],
		align: 'left',
		priority: 2,
		order: ({ metrics }) => metrics.map(({ key }) => key).join(' ') || '~',
		span: ({ metrics }, { glyphs }) => ({
			text: metrics.map(({ key, value }) => `${key}=${metricValue(metricNumber(value), glyphs.infinity)}`).join(' '),
		}),
	},
	{
		id: 'params',
		heading: ['PARAMS', '파라미터'],
		align: 'left',
		priority: 4,
		order: ({ params }) => params.map(({ key, value }) => `${key}=${value}`).join(' ') || '~',
		span: ({ params }) => ({ text: params.map(({ key, value }) => `${key}=${value}`).join(' ') }),
	},
	{
		id: 'dag-run',
		heading: ['DAG RUN', 'DAG 실행'],
		align: 'left',
		priority: 5,
		order: run => tagOf(run, 'dag_run_id') ?? '~',
		span: run => ({ text: shortRunId(tagOf(run, 'dag_run_id') ?? '') }),
	},
];

/** The usual columns; the name of a run is always shown. */
export const fixedColumnIds: readonly string[] = mlflowRunColumns.map(({ id }) => id).filter(id => id !== 'name');

/**
 * The columns, with that by which the rows are sorted. Those of metrics, params and tags stand before the summaries.
 * @param chosen IDs; null: the usual ones
 */
export const mlflowRunColumnsOf = memoised(
	(sort: string | null, chosen: readonly string[] | null): readonly RunColumn[] => {
		const sorting = (sort ?? '').replace(/^-/, '');
		const ids = chosen ?? fixedColumnIds;
		const keys = [...ids, ...(ids.includes(sorting) ? [] : [sorting])].flatMap(id => columnOfKey(id) ?? []);
		const fixed = mlflowRunColumns.filter(({ id }) => id === 'name' || id === sorting || ids.includes(id));
		const at = fixed.findIndex(({ id }) => ['metrics', 'params', 'dag-run'].includes(id));
		return fixed.toSpliced(at === -1 ? fixed.length : at, 0, ...keys);
	},
	2,
);

/** The rows as a tree of nested runs; parents that the filter left out are there for their children. */
export function mlflowRunTree(state: StackState, view: ViewState, browse: Browse): readonly RunNode[] {
	return treeOf(mlflowRunRows(state, view, browse), knownMlflowRuns(state), state.runParents, view.foldedRuns);
}

const treeOf = memoised(
	(
		rows: readonly MlflowRun[],
		known: readonly MlflowRun[],
		parents: readonly MlflowRun[],
		folded: readonly string[],
	): readonly RunNode[] => runTree(rows, joined(known, parents), new Set(folded)),
);

const joined = memoised((known: readonly MlflowRun[], parents: readonly MlflowRun[]) =>
	parents.length === 0 ? known : [...parents, ...known],
);

/** Filtered and sorted, without their tree; also what MLflow found beyond the newest runs. */
export function mlflowRunRows(state: StackState, view: ViewState, browse: Browse): readonly MlflowRun[] {
	const { filter, state: status, sort } = browse;
	return rowsOf(state.mlflowRuns, shownSearch(state, view, browse), runFilterOf(view), filter, status, sort);
}

/** Several parts of the screen ask for them at each key. */
const rowsOf = memoised(
	(
		newest: readonly MlflowRun[] | null,
		search: RunSearch | null,
		runFilter: string,
		words: string,
		status: string | null,
		sort: string | null,
	): readonly MlflowRun[] => {
		const found = search !== null && search.seenAt > 0 ? search.runs : null;
		const isUsual = runFilter === '' && status === null && (sort === null || sort === mlflowRunSort);
		// Until MLflow has answered: of what is known, what certainly belongs here.
		const known =
			found === null ? (runFilter === '' ? (newest ?? []) : []) : isUsual ? all(newest, found) : fresh(found, newest);
		const wanted = wordsOf(words);
		const isAll = status === null && wanted.length === 0;
		const rows = isAll
			? known
			: known.filter(run => (status === null || run.status === status) && wanted.every(word => holdsWord(run, word)));
		const isSorted = found !== null && shownOrder(sort) !== null;
		return isUsual || isSorted ? rows : sorted(rows, mlflowRunColumnsOf(sort, null), sort ?? mlflowRunSort);
	},
);

/** The newest runs, and the older ones that were found. */
function all(newest: readonly MlflowRun[] | null, found: readonly MlflowRun[]): readonly MlflowRun[] {
	const oldest = newest?.at(-1)?.startedAt ?? Number.POSITIVE_INFINITY;
	const known = new Set(newest?.map(({ runId }) => runId));
	return [...(newest ?? []), ...found.filter(run => !known.has(run.runId) && run.startedAt <= oldest)];
}

/** The found runs, with the newest facts about those that are still active. */
function fresh(found: readonly MlflowRun[], newest: readonly MlflowRun[] | null): readonly MlflowRun[] {
	const byId = new Map(newest?.map(run => [run.runId, run]));
	return found.map(run => byId.get(run.runId) ?? run);
}

/**
 * Whether a word is in the run: in its name, ID, status, params, metrics or tags. Each text is searched where it is: one of
 * all of them would have to be made for thousands of runs at the first key, and kept.
 * @param word in small letters, without spaces
 */
function holdsWord(run: MlflowRun, word: string): boolean {
	// Loops: at the first key, functions for each run take a third of the time.
	if (isIn(run.runName, word) || isIn(run.runId, word) || isIn(run.status, word)) return true;
	for (const param of run.params) if (isInPair(param, word)) return true;
	for (const { key } of run.metrics) if (isIn(key, word)) return true;
	for (const tag of run.tags) if (isOwnTag(tag.key) && isInPair(tag, word)) return true;
	return mlflowStatusLook(run.status).word.some(text => isIn(text, word));
}

const isIn = (text: string, word: string) => text.toLowerCase().includes(word);

const isInPair = ({ key, value }: { readonly key: string; readonly value: string }, word: string) =>
	isIn(key, word) || isIn(value, word) || (word.includes('=') && isIn(`${key}=${value}`, word));
