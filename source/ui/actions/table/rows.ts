import { newestRun } from '../../../model/airflow/pipeline.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { listAt, listIds, lists } from '../../lists/lists.ts';
import { withList } from '../../lists/opened.ts';
import type { Arranged } from '../../panes/arranged.ts';
import { placeAt, places } from '../../places.ts';
import type { Action, ActionContext, StepContext } from '../action.ts';
import { marked } from '../here.ts';
import { changed } from '../step.ts';
import { targetDag } from '../targets.ts';

function openRow(context: ActionContext): ViewState {
	const { state, view } = context;
	const list = listAt(view);
	const selected = list?.selectedId(state, view) ?? null;
	return selected === null ? view : (list?.open?.(context, selected) ?? view);
}

function filterBrowse({ view, say }: StepContext): Effect {
	const { browse } = view;
	const list = listAt(view);
	if (!browse || !list) return { kind: 'nothing' };
	const filtered = (now: ViewState, filter: string): ViewState => ({
		...now,
		browse: { ...(now.browse ?? browse), filter, selected: null },
	});
	return {
		kind: 'input',
		question: {
			title: say(list.filterTitle),
			hint: say(list.filterHint),
			initial: browse.filter,
			isReplaced: true,
			problem: () => null,
			live: filtered,
			next: text => changed(now => filtered(now, text)),
		},
	};
}

type Sorting = {
	readonly sort: string;
	readonly columns: readonly { readonly id: string; readonly label: string }[];
	readonly sorted: (view: ViewState, sort: (before: string) => string) => ViewState;
};

function sortingOf(context: StepContext): Sorting | null {
	const { view, say } = context;
	const list = listAt(view);
	if (list)
		return {
			sort: view.browse?.sort ?? list.sort,
			columns: list
				.sortable(context.state, view)
				.map(({ id, heading, label }) => ({ id, label: label ? say(label) : inWords(say(heading)) })),
			sorted: (now, sort) =>
				now.browse ? { ...now, browse: { ...now.browse, sort: sort(now.browse.sort ?? list.sort) } } : now,
		};
	const { arranged } = placeAt(view);
	if (!arranged) return null;
	const usual = arranged.sort;
	return {
		sort: arranged.of(view).sort ?? usual,
		columns: arranged.sortable.map(({ id, heading }) => ({ id, label: say(heading) })),
		// The row keeps its selection, wherever it goes.
		sorted: (now, sort) =>
			arranged.with(arranged.holding(now, context), { sort: sort(arranged.of(now).sort ?? usual) }),
	};
}

/** Headings are in capitals; in a menu only abbreviations are. */
function inWords(heading: string): string {
	return heading.toLowerCase().replace(/\b(?:dag|id)\b/g, word => word.toUpperCase());
}

/** A menu with more entries is filtered by typing. */
const manyColumns = 12;

function chooseSort(context: StepContext): Effect {
	const { say } = context;
	const sorting = sortingOf(context);
	if (!sorting) return { kind: 'nothing' };
	return {
		kind: 'choose',
		question: {
			title: say(['Sort by', '정렬 기준']),
			filters: sorting.columns.length > manyColumns,
			selected: sorting.sort.replace(/^-/, ''),
			choices: sorting.columns.map(({ id, label }) => ({
				id,
				label,
				hint: sorting.sort === id ? say(['choose again to reverse the order', '다시 선택하면 역순']) : '',
			})),
			next: id => changed(now => sorting.sorted(now, before => (before === id ? `-${id}` : id))),
		},
	};
}

function filterPane({ view, say }: StepContext, arranged: Arranged): Effect {
	const filtered = (now: ViewState, filter: string) => arranged.with(now, { filter });
	return {
		kind: 'input',
		question: {
			title: say(arranged.filterTitle),
			hint: say(arranged.filterHint),
			initial: arranged.of(view).filter,
			isReplaced: true,
			problem: () => null,
			live: filtered,
			next: text => changed(now => filtered(now, text)),
		},
	};
}

/** Places whose rows are sorted and filtered. */
const arrangedPlaces = [...places.filter(({ arranged }) => arranged).map(({ id }) => id), ...listIds];

export const rowActions: readonly Action[] = [
	{
		id: 'open-row',
		kind: 'view',
		verb: 'open',
		keys: ['enter'],
		label: ['open', '열기'],
		help: ['Open the DAG, DAG run or event of the row', '행의 DAG, DAG 실행 또는 이벤트 열기'],
		group: 'look',
		places: lists.filter(({ open }) => open).map(({ id }) => id),
		inKeyBar: true,
		apply: openRow,
	},
	{
		id: 'mark',
		kind: 'view',
		verb: 'mark',
		keys: ['space'],
		label: ['mark', '선택 표시'],
		help: [
			'Mark or unmark a row or task; actions then apply to all marked ones',
			'행이나 작업에 선택 표시 또는 해제. 동작은 선택 표시한 모든 항목에 적용됨',
		],
		group: 'look',
		places: places.filter(({ mark }) => mark).map(({ id }) => id),
		apply: marked,
	},
	{
		id: 'browse-dags',
		kind: 'view',
		verb: 'dags',
		keys: ['D'],
		label: ['DAGs', 'DAG 목록'],
		help: [
			'List all DAGs with state, schedule, last run, next run and tags',
			'모든 DAG 목록: 상태, 스케줄, 최근 실행, 다음 실행, 태그',
		],
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'dags'),
	},
	{
		id: 'browse-runs',
		kind: 'view',
		verb: 'all',
		keys: ['a'],
		label: ['DAG runs', 'DAG 실행'],
		help: ['List all runs of the DAG', 'DAG의 모든 실행 목록'],
		group: 'look',
		places: ['pipeline', 'dags'],
		inKeyBar: true,
		apply: context => {
			const dag = context.view.browse?.kind === 'dags' ? targetDag(context)?.dagId : undefined;
			const view = dag ? { ...context.view, dagId: dag, dagRunId: null, taskId: null } : context.view;
			const runs = withList({ ...view, marks: [] }, 'runs');
			if (!runs.browse) return runs;
			// A new run must not take the place of the selected row.
			const selected = runs.browse.selected ?? newestRun(context.state.dagRuns[view.dagId])?.dagRunId ?? null;
			return { ...runs, browse: { ...runs.browse, selected, back: dag ? context.view.browse : null } };
		},
	},
	{
		id: 'filter',
		kind: 'look',
		verb: 'filter',
		keys: ['/'],
		label: ['filter', '필터'],
		help: ['Show only the rows that contain all the words', '입력한 단어가 모두 있는 행만 보기'],
		group: 'look',
		places: arrangedPlaces,
		inKeyBar: true,
		begin: context => {
			const { arranged } = placeAt(context.view);
			return arranged ? filterPane(context, arranged) : filterBrowse(context);
		},
	},
	{
		id: 'find-run',
		kind: 'look',
		verb: 'filter',
		keys: ['/'],
		label: ['find', '찾기'],
		help: ['Find a DAG run by words of its ID, state, conf or note', 'ID, 상태, conf, 메모의 단어로 DAG 실행 찾기'],
		group: 'look',
		places: ['pipeline'],
		begin: context => filterBrowse({ ...context, view: withList({ ...context.view, marks: [] }, 'runs') }),
	},
	{
		id: 'find-mlflow-run',
		kind: 'look',
		verb: 'filter',
		keys: ['/'],
		label: ['find', '찾기'],
		help: [
			'Find an MLflow run by words of its name, ID, status, metrics, params or tags',
			'이름, ID, 상태, 메트릭, 파라미터, 태그의 단어로 MLflow 실행 찾기',
		],
		group: 'look',
		places: ['mlflow'],
		begin: context => filterBrowse({ ...context, view: withList({ ...context.view, marks: [] }, 'mlflow-runs') }),
	},
	{
		id: 'sort',
		kind: 'look',
		verb: 'sort',
		keys: ['S'],
		label: ['sort', '정렬'],
		help: ['Choose the sort column; choose it again to reverse the order', '정렬할 열 선택, 다시 선택하면 역순'],
		group: 'look',
		places: arrangedPlaces,
		inKeyBar: true,
		begin: chooseSort,
	},
	{
		id: 'timeline',
		kind: 'view',
		verb: 'timeline',
		keys: ['H'],
		label: ['timeline', '타임라인'],
		help: [
			'List recent events: containers, health, DAG runs, tasks, log errors, your actions',
			'최근 이벤트 목록: 컨테이너, 헬스 체크, DAG 실행, 작업, 로그 오류, 내 동작',
		],
		words: ['history', '이력'],
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'timeline'),
	},
];
