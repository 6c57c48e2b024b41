import { type MlflowRun, metricNumber } from '../../../model/experiment.ts';
import { mlflowStatusLook } from '../../../model/mlflow-status.ts';
import type { StackState } from '../../../model/state.ts';
import { metricValue, stopwatch } from '../../../presentation/format.ts';
import { mlflowRunTime } from '../../../presentation/mlflow-run-time.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';

/** In the order in which the key steps through them. */
export const mlflowStatuses: readonly (string | null)[] = [
	null,
	'RUNNING',
	'FINISHED',
	'FAILED',
	'KILLED',
	'SCHEDULED',
];

/** The pipeline tags its MLflow runs with DAG, DAG run and task. */
export function tagOf({ tags }: Pick<MlflowRun, 'tags'>, key: string): string | null {
	return tags.find(tag => tag.key === key)?.value ?? null;
}

/** Tags that MLflow sets itself: version of the client, user, source, a summary of models. */
export const isOwnTag = (key: string): boolean => !key.startsWith('mlflow.');

export const mlflowRunSort = 'began';

export const mlflowRunColumns: readonly BrowseColumn<MlflowRun>[] = [
	{
		id: 'name',
		heading: ['MLFLOW RUN', 'MLflow 실행'],
		align: 'left',
		priority: 0,
		order: run => run.runName,
		span: run => ({ text: run.runName }),
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
		span: run => ({ text: tagOf(run, 'dag_run_id') ?? '' }),
	},
];

export function mlflowRunRows(state: StackState, browse: Browse): MlflowRun[] {
	const rows = (state.mlflowRuns ?? [])
		.filter(({ status }) => browse.state === null || status === browse.state)
		.filter(run =>
			holds(
				browse.filter,
				run.runName,
				run.runId,
				run.status,
				...mlflowStatusLook(run.status).word,
				...run.params.map(({ key, value }) => `${key}=${value}`),
				...run.metrics.map(({ key }) => key),
				...run.tags.filter(({ key }) => isOwnTag(key)).map(({ key, value }) => `${key}=${value}`),
			),
		);
	return sorted(rows, mlflowRunColumns, browse.sort ?? mlflowRunSort);
}
