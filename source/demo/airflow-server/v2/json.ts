import type { Dag, DagRun, Schedule, TaskDefinition, TaskInstance } from '../../world/airflow/airflow-state.ts';
import { intervalOf, versionOf } from '../../world/airflow/airflow-state.ts';
import { taskInstanceId, uuidOf } from '../../world/ids.ts';
import { pythonTime } from '../../world/time.ts';
import { dagDetailsJson, filelocOf, taskInstanceJson, taskJson, tryNumberOf } from '../dag-json.ts';
import { dumps } from '../signing.ts';

/** The fields of Airflow 3.3.2 (airflow-core/src/airflow/api_fastapi/core_api/datamodels). */

const BUNDLE = 'dags-folder';

/** pydantic writes UTC as `Z`. */
export const timeJson = (ms: number | undefined): string | null =>
	ms === undefined ? null : pythonTime(ms).replace('+00:00', 'Z');

export const fileTokenOf = ({ definition }: Dag): string =>
	dumps({ bundle_name: BUNDLE, relative_fileloc: definition.file });

/** The text of a timetable: a timedelta as in Python's str(). */
const summaryOf = (schedule: Schedule): string =>
	schedule.kind === 'cron' ? schedule.expression : `${schedule.days} day${schedule.days === 1 ? '' : 's'}, 0:00:00`;

const isPeriodic = ({ scheduledBy, isUnscheduled }: Dag['definition']): boolean =>
	scheduledBy === undefined && isUnscheduled !== true;

export function dagJson(dag: Dag) {
	const { definition } = dag;
	const next = dag.nextRunAt === 0 ? undefined : dag.nextRunAt;
	const nextEnd = next === undefined ? undefined : next + intervalOf(definition.schedule);
	return {
		dag_id: definition.dagId,
		dag_display_name: definition.dagId,
		is_paused: dag.isPaused,
		is_stale: false,
		last_parsed_time: timeJson(dag.lastParsedAt),
		last_parse_duration: 0.18,
		last_expired: null,
		bundle_name: BUNDLE,
		bundle_version: null,
		relative_fileloc: definition.file,
		fileloc: filelocOf(definition),
		description: definition.description,
		timetable_summary: definition.isUnscheduled
			? null
			: definition.scheduledBy === undefined
				? summaryOf(definition.schedule)
				: 'Asset',
		timetable_partitioned: false,
		timetable_periodic: isPeriodic(definition),
		allowed_run_types: null,
		timetable_description: definition.isUnscheduled
			? 'Never, external triggers only'
			: definition.schedule.kind === 'cron'
				? definition.schedule.words
				: '',
		tags: definition.tags.map(name => ({ name, dag_id: definition.dagId, dag_display_name: definition.dagId })),
		max_active_tasks: 16,
		max_active_runs: definition.maxActiveRuns,
		max_consecutive_failed_dag_runs: 0,
		has_task_concurrency_limits: false,
		has_import_errors: dag.hasImportErrors,
		next_dagrun_logical_date: timeJson(nextEnd),
		next_dagrun_data_interval_start: timeJson(nextEnd),
		next_dagrun_data_interval_end: timeJson(nextEnd),
		next_dagrun_run_after: timeJson(nextEnd),
		owners: ['airflow'],
		is_backfillable: isPeriodic(definition),
		file_token: fileTokenOf(dag),
	};
}

export function detailsJson(dag: Dag) {
	const { params, doc_md, start_date } = dagDetailsJson(dag);
	return {
		...dagJson(dag),
		timezone: 'UTC',
		catchup: false,
		start_date,
		end_date: null,
		doc_md,
		params: Object.fromEntries(
			Object.entries(params).map(([name, { value, description, schema }]) => [
				name,
				{ value, schema, description, source: null },
			]),
		),
		active_runs_count: 0,
		dag_run_timeout: null,
		asset_expression: null,
		is_paused_upon_creation: null,
		render_template_as_native_obj: false,
		template_search_path: null,
		last_parsed: timeJson(dag.lastParsedAt),
		default_args: { retries: dag.definition.retries, retry_delay: `PT${dag.definition.retryDelayMs / 1000}S` },
		rerun_with_latest_version: null,
		owner_links: {},
		is_favorite: false,
		concurrency: 16,
		latest_dag_version: versionJson(dag.definition.dagId, versionOf(dag)),
	};
}

/** Numbers are floats, which JSON does not distinguish from integers. */
export const definedTaskJson = (dag: Dag, task: TaskDefinition) => ({
	...taskJson(dag, task),
	task_display_name: task.taskId,
	doc_md: null,
	retry_exponential_backoff: 0,
});

export const versionJson = (dagId: string, number: number) => ({
	id: uuidOf(number === 1 ? dagId : `${dagId}/${number}`),
	version_number: number,
	dag_id: dagId,
	bundle_name: BUNDLE,
	bundle_version: null,
	created_at: timeJson(Date.UTC(2026, 10, number, 8)),
	dag_display_name: dagId,
	bundle_url: null,
});

/** Runs with an interval of the schedule; the others are due with their trigger. */
const hasInterval = ({ runType }: DagRun): boolean => runType === 'scheduled' || runType === 'backfill';

/** When a run is due: at the end of its interval, or with the trigger. */
export const runAfterOf = (run: DagRun): number => (hasInterval(run) ? run.dataInterval[1] : run.logicalDate);

/** A triggered run has no logical date, unless the request contained one. */
const isDated = (run: DagRun): boolean => hasInterval(run) || run.isDated === true;

const TRIGGERED_BY: Readonly<Record<DagRun['runType'], string>> = {
	manual: 'rest_api',
	scheduled: 'timetable',
	backfill: 'backfill',
	asset_triggered: 'asset',
	asset_materialization: 'rest_api',
};

export function dagRunJson(run: DagRun) {
	const ended = run.startedAt !== undefined && run.endedAt !== undefined;
	return {
		dag_run_id: run.runId,
		dag_id: run.dagId,
		logical_date: isDated(run) ? timeJson(run.logicalDate) : null,
		queued_at: timeJson(run.queuedAt ?? runAfterOf(run)),
		start_date: timeJson(run.startedAt),
		end_date: timeJson(run.endedAt),
		duration: ended ? Math.round(((run.endedAt ?? 0) - (run.startedAt ?? 0)) * 1000) / 1e6 : null,
		data_interval_start: isDated(run) ? timeJson(run.dataInterval[0]) : null,
		data_interval_end: isDated(run) ? timeJson(run.dataInterval[1]) : null,
		run_after: timeJson(runAfterOf(run)),
		last_scheduling_decision: timeJson(run.lastDecisionAt),
		run_type: run.runType,
		state: run.state,
		triggered_by: TRIGGERED_BY[run.runType],
		triggering_user_name: run.runType === 'scheduled' || run.runType === 'asset_triggered' ? null : 'admin',
		conf: run.conf,
		note: run.note,
		dag_versions: [versionJson(run.dagId, run.version)],
		bundle_version: null,
		dag_display_name: run.dagId,
		partition_key: null,
		partition_date: null,
	};
}

export function instanceJson(dag: Dag | undefined, run: DagRun, task: TaskInstance, now: number) {
	const { execution_date: _, sla_miss: __, rendered_fields, ...same } = taskInstanceJson(dag, run, task, now);
	const times = [same.start_date, same.end_date, same.queued_when].map(text => text?.replace('+00:00', 'Z') ?? null);
	const [start_date, end_date, queued_when] = times;
	return {
		id: taskInstanceId(task, task.tryNumber),
		...same,
		try_number: tryNumberOf(task),
		...(task.state === 'awaiting_input' || task.state === 'scheduled' ? { pid: task.pid ?? null } : {}),
		start_date,
		end_date,
		queued_when,
		scheduled_when: queued_when,
		logical_date: isDated(run) ? timeJson(run.logicalDate) : null,
		run_after: timeJson(runAfterOf(run)),
		task_display_name: task.taskId,
		dag_display_name: task.dagId,
		operator_name: same.operator,
		executor: null,
		rendered_map_index: null,
		rendered_fields,
		dag_version: versionJson(task.dagId, run.version),
	};
}
