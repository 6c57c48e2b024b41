import { shellWords } from '../../../model/shell-words.ts';
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

/** The runs of the shown experiment. */
export const mlflowRunList: List = listOf({
	id: 'mlflow-runs',
	name: ['MLflow run list', 'MLflow 실행 목록'],
	shortName: ['the MLflow run list', 'MLflow 실행 목록'],
	title: ({ state, view, glyphs }) =>
		`MLflow ${glyphs.selected} ${glyphs.fold(state.experiment?.name ?? view.experiment ?? '')} ${glyphs.selected} runs`,
	crumbs: ({ view, experimentName, say }) => ['MLflow', view.experiment ?? experimentName, say(['runs', '실행'])],
	face: state => faceOf(state, 'experiment', state.mlflowRuns !== null),
	asks: 'MLflow',
	empty: () => 'No run in this experiment yet: the pipeline makes one a stage.',
	rows: (state, _, browse) => mlflowRunRows(state, browse),
	idOf: run => run.runId,
	columns: mlflowRunColumns,
	sort: mlflowRunSort,
	stateAction: 'mlflow-run-status',
	filterTitle: 'Only MLflow runs with',
	filterHint: 'Words of the name, id, status, a metric, a param or tag (layer=gold), the DAG run',
	copy: context => {
		const run = targetMlflowRun(context);
		const { experiment } = context.view;
		const named = experiment === null ? [] : ['--experiment', experiment];
		return copyableTexts(
			['the run id', run?.runId],
			['the run name', run?.runName],
			['the params', pairs(run?.params)],
			['the metrics', pairs(run?.metrics)],
			['the id of its DAG run', run && tagOf(run, 'dag_run_id')],
			['the command that shows it', run && shellWords('laketop', 'metrics', ...named, '--run', run.runId)],
		);
	},
	address: context => mlflowAddress(context.state, targetMlflowRun(context) ?? context.state.mlflowRuns?.[0]),
	actions: mlflowRunActions,
});
