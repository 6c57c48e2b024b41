import { metricSeries } from '../../../model/mlflow/metric-series.ts';
import { metricValue } from '../../../presentation/format.ts';
import type { Action, StepContext } from '../../actions/action.ts';
import { cannot, later } from '../../actions/step.ts';
import type { Effect } from '../../conversation.ts';
import { withList } from '../../lists/opened.ts';

/** Asks for the metric; each was logged by another run. */
function chooseMetric(context: StepContext): Effect {
	const { state, say } = context;
	const runs = state.mlflowRuns ?? [];
	const series = metricSeries(runs);
	const chart = (key: string): Effect => {
		const runId = series.find(one => one.key === key)?.runId;
		const chosen = runs.filter(run => run.runId === runId);
		return later(import('../../actions/open-chart.ts').then(({ openChart }) => openChart(context, chosen, key)));
	};
	const [only] = series;
	if (only === undefined) return cannot(say(['No metrics logged yet', '아직 기록된 메트릭이 없습니다']));
	if (series.length === 1) return chart(only.key);
	return {
		kind: 'choose',
		question: {
			title: say(['Chart of a metric', '메트릭 차트']),
			filters: true,
			choices: series.map(({ key, latest, runName }) => ({
				id: key,
				label: key,
				hint: [metricValue(latest), runName].filter(Boolean).join(', '),
			})),
			next: chart,
		},
	};
}

export const mlflowActions: readonly Action[] = [
	{
		id: 'browse-mlflow-runs',
		kind: 'view',
		verb: 'all',
		keys: ['a'],
		label: ['MLflow runs', 'MLflow 실행'],
		help: ['List all MLflow runs of the experiment', '실험의 모든 MLflow 실행 목록'],
		group: 'look',
		places: ['mlflow'],
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'mlflow-runs'),
	},
	{
		id: 'browse-versions',
		kind: 'view',
		verb: 'models',
		keys: ['*'],
		label: ['models', '모델'],
		help: [
			'List the registered model versions with aliases, stages, tags and DAG runs',
			'등록된 모델 버전 목록: 별칭, 스테이지, 태그, DAG 실행',
		],
		group: 'look',
		places: ['mlflow', 'mlflow-runs'],
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'model-versions'),
	},
	{
		id: 'chart-metric',
		kind: 'look',
		verb: 'chart',
		keys: ['.'],
		label: ['chart', '차트'],
		help: [
			'Draw a metric: over the steps of the newest MLflow run, or over MLflow runs if it is logged once',
			'메트릭 차트: 가장 최근 MLflow 실행의 step에 따라, 한 번만 기록되었으면 MLflow 실행에 따라',
		],
		group: 'look',
		places: ['mlflow'],
		inKeyBar: true,
		begin: chooseMetric,
	},
];
