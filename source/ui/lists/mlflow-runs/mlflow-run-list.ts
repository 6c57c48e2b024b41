import { mlflowRunsListed } from '../../../model/list-limits.ts';
import { mlflowStatusLook } from '../../../model/mlflow-status.ts';
import { shellWords } from '../../../model/shell-words.ts';
import { newestOnly } from '../../../presentation/cut-words.ts';
import { mlflowAddress } from '../../actions/addresses.ts';
import { targetMlflowRun } from '../../actions/targets.ts';
import { faceOf } from '../../face.ts';
import { copyableTexts } from '../../panes/pane.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { mlflowRunActions } from './mlflow-run-actions.ts';
import { mlflowRunColumns, mlflowRunRows, mlflowRunSort, tagOf } from './mlflow-run-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly 'mlflow-runs': true;
	}
}

const pairs = (of: readonly { readonly key: string; readonly value: unknown }[] = []) =>
	of.map(({ key, value }) => `${key}=${value}`).join(' ');

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
	face: state => faceOf(state, 'experiment', state.mlflowRuns !== null),
	cut: ({ mlflowRuns }) => newestOnly(mlflowRuns?.length ?? 0, mlflowRunsListed),
	server: 'MLflow',
	empty: ({ say }) => say(['No MLflow runs yet.', '아직 MLflow 실행이 없습니다.']),
	rows: (state, _, browse) => mlflowRunRows(state, browse),
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
