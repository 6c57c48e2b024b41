import type { TaskDefinition } from '../../source/demo/world/airflow/airflow-state.ts';
import type { CatalogueDag } from '../../source/demo/world/airflow/dag-catalogue.ts';

export const task = (taskId: string, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
	taskId,
	operator: 'PythonOperator',
	module: 'airflow.operators.python',
	downstream: [],
	triggerRule: 'all_success',
	color: '#ffefeb',
	...more,
});

export const dag = (
	dagId: string,
	tasks: readonly TaskDefinition[],
	retries = 1,
	more: Partial<CatalogueDag> = {},
): CatalogueDag => ({
	dagId,
	description: '',
	file: `${dagId}.py`,
	tags: [],
	schedule: { kind: 'days', days: 1 },
	startDate: Date.UTC(2025, 11, 26, 2),
	retries,
	retryDelayMs: 5000,
	maxActiveRuns: 16,
	params: {},
	tasks,
	source: `"""${dagId}"""\n`,
	paused: false,
	...more,
});

/** `list_parts`, then twelve instances of `divide`, then `collect`. */
export const mappedDag = dag('divide_work', [
	task('list_parts', { downstream: ['divide'] }),
	task('divide', { mapped: 12, downstream: ['collect'] }),
	task('collect'),
]);

/** A sensor in mode reschedule that pokes every 40 s, and an operator that defers as long. */
export const waitingDag = dag('wait_for_files', [
	task('wait_for_file', {
		operator: 'FileSensor',
		module: 'airflow.sensors.filesystem',
		waits: { mode: 'reschedule', times: 2, intervalMs: 40_000 },
	}),
	task('wait_for_job', {
		operator: 'DateTimeSensorAsync',
		module: 'airflow.sensors.date_time',
		waits: { mode: 'deferred', times: 1, intervalMs: 40_000 },
	}),
]);
