import type { DagTask } from '../../source/model/airflow/pipeline.ts';
import type { Observation } from '../../source/model/observation.ts';
import { at, task } from './screens.tsx';

const dagId = 'ml_pipeline_end_to_end';

const definition = (taskId: string, downstreamTaskIds: string[], more: Partial<DagTask> = {}): DagTask => ({
	taskId,
	operator: 'PythonOperator',
	downstreamTaskIds,
	triggerRule: 'all_success',
	...more,
});

/** Nested groups, a mapped task, a branch, a setup and its teardown. */
const tasks: DagTask[] = [
	definition('start_cluster', ['ingest.list_files', 'stop_cluster']),
	definition('ingest.list_files', ['ingest.orders.load', 'ingest.returns.load']),
	definition('ingest.orders.load', ['ingest.orders.check'], { isMapped: true }),
	definition('ingest.orders.check', ['choose']),
	definition('ingest.returns.load', ['ingest.returns.check']),
	definition('ingest.returns.check', ['choose']),
	definition('choose', ['publish_all', 'publish_part'], { operator: 'BranchPythonOperator' }),
	definition('publish_all', ['알림_보내기']),
	definition('publish_part', ['알림_보내기']),
	definition('알림_보내기', ['stop_cluster'], { triggerRule: 'none_failed_min_one_success' }),
	definition('stop_cluster', [], { triggerRule: 'all_done_setup_success' }),
];

const states: Readonly<Record<string, string>> = {
	start_cluster: 'success',
	'ingest.list_files': 'success',
	'ingest.returns.load': 'failed',
	'ingest.returns.check': 'upstream_failed',
};
const loads = ['failed', 'running', 'running', 'success', 'success', null, null];

/** The guide's DAG with other tasks, in the middle of its run. */
export const branching: readonly Observation[] = [
	{ type: 'dag tasks fetched', at, dagId, tasks },
	{
		type: 'task instances fetched',
		at,
		dagId,
		dagRunId: 'manual__1',
		taskInstances: tasks.flatMap(({ taskId }) =>
			taskId === 'ingest.orders.load'
				? loads.map((state, mapIndex) => task(taskId, state, { mapIndex }))
				: [task(taskId, states[taskId] ?? null)],
		),
	},
];
