import { mlflowStatusLook } from '../../../model/mlflow/mlflow-status.ts';
import { mlflowRunsListed } from '../../../model/settings/list-limits.ts';
import type { StackState } from '../../../model/state.ts';
import { shellWords } from '../../../model/text/shell-words.ts';
import { moreBelow, newestOnly } from '../../../presentation/cut-words.ts';
import { knownMlflowRuns } from '../../../selectors/mlflow-runs/known-runs.ts';
import { type Message, phrase } from '../../../words/message.ts';
import { mlflowAddress } from '../../actions/addresses.ts';
import { targetMlflowRun } from '../../actions/targets.ts';
import type { ViewState } from '../../conversation.ts';
import { answers, type Face, faceOf } from '../../face.ts';
import { copyableTexts, type PaneInput } from '../../panes/pane.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { sortableKeys } from './key-columns.ts';
import { mlflowRunActions } from './mlflow-run-actions.ts';
import { mlflowRunColumns, mlflowRunColumnsOf, mlflowRunSort, mlflowRunTree, tagOf } from './mlflow-run-rows.ts';
import { chosenColumns, runFilterOf, shownSearch } from './run-query.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly 'mlflow-runs': true;
	}
}

const pairs = (of: readonly { readonly key: string; readonly value: unknown }[] = []) =>
	of.map(({ key, value }) => `${key}=${value}`).join(' ');

function faceOfRuns(state: StackState, view: ViewState): Face {
	const search = view.browse && shownSearch(state, view, view.browse);
	const failure = search?.failure;
	if (failure)
		return {
			kind: 'stale',
			since: search.seenAt,
			message: failure.message,
			fix: failure.fix,
			hasData: search.seenAt > 0,
			isUnknown: search.seenAt === 0,
			answers: answers(failure.kind),
		};
	const isAwaited = runFilterOf(view) !== '' && !search;
	const usual = faceOf(state, 'experiment', state.mlflowRuns !== null);
	return isAwaited && usual.kind === 'live' ? { kind: 'loading' } : usual;
}

/** That MLflow has more than was fetched. */
function moreRuns(state: StackState, view: ViewState): Message | null {
	const search = view.browse && shownSearch(state, view, view.browse);
	if (search) return search.nextPage === null ? null : phrase(moreBelow);
	return newestOnly(state.mlflowRuns?.length ?? 0, mlflowRunsListed);
}

function emptyText({ view, keyOf, say }: PaneInput): string {
	if (runFilterOf(view) === '') return say(['No MLflow runs yet.', '아직 MLflow 실행이 없습니다.']);
	const key = keyOf('mlflow-filter');
	return key === null
		? say(['No MLflow run matches the filter.', '필터에 일치하는 MLflow 실행이 없습니다.'])
		: say(
				[
					'No MLflow run matches the filter. Press {key} to change it.',
					'필터에 일치하는 MLflow 실행이 없습니다. {key} 키로 필터를 변경하세요.',
				],
				{ key },
			);
}

export const mlflowRunList: List = listOf({
	id: 'mlflow-runs',
	name: ['MLflow run list', 'MLflow 실행 목록'],
	shortName: ['the MLflow run list', 'MLflow 실행 목록'],
	title: ({ state, view, glyphs, say }) =>
		say(['MLflow {mark} {name} {mark} MLflow runs', 'MLflow {mark} {name} {mark} MLflow 실행'], {
			mark: glyphs.selected,
			name: glyphs.fold(state.experiment?.name ?? view.experiment ?? ''),
		}),
	crumbs: ({ view, experimentName, say }) => [
		'MLflow',
		view.experiment ?? experimentName,
		say(['MLflow runs', 'MLflow 실행']),
	],
	face: faceOfRuns,
	cut: moreRuns,
	titleParts: ({ view, say }) => {
		const filter = runFilterOf(view);
		return filter === '' ? [] : [say(['where {filter}', '조건 {filter}'], { filter })];
	},
	server: 'MLflow',
	empty: emptyText,
	rows: mlflowRunTree,
	columnsOf: (state, view, { sort }) => mlflowRunColumnsOf(sort, chosenColumns(state, view)),
	sortableOf: state => [...mlflowRunColumns, ...sortableKeys(knownMlflowRuns(state))],
	markKind: 'mlflow-run',
	idOf: run => run.runId,
	columns: mlflowRunColumns,
	sort: mlflowRunSort,
	stateAction: 'mlflow-run-status',
	stateWord: status => mlflowStatusLook(status).word,
	filterTitle: ['Filter MLflow runs', 'MLflow 실행 필터'],
	filterHint: [
		'Words of the name, ID, status, metric, param or tag (layer=gold)',
		'이름, ID, 상태, 메트릭, 파라미터, 태그의 단어 (layer=gold)',
	],
	copy: context => {
		const run = targetMlflowRun(context);
		const { say } = context;
		const { experiment } = context.view;
		const named = experiment === null ? [] : ['--experiment', experiment];
		return copyableTexts(
			[say(['MLflow run ID', 'MLflow 실행 ID']), run?.runId],
			[say(['MLflow run name', 'MLflow 실행 이름']), run?.runName],
			[say(['params', '파라미터']), pairs(run?.params)],
			[say(['metrics', '메트릭']), pairs(run?.metrics)],
			[say(['DAG run ID', 'DAG 실행 ID']), run && tagOf(run, 'dag_run_id')],
			[say(['laketop command', 'laketop 명령']), run && shellWords('laketop', 'metrics', ...named, '--run', run.runId)],
		);
	},
	address: context => mlflowAddress(context.state, targetMlflowRun(context) ?? context.state.mlflowRuns?.[0]),
	actions: mlflowRunActions,
});
