import type {
	Dag,
	DagDefinition,
	DagRun,
	Schedule,
	TaskDefinition,
	TaskInstance,
} from '../world/airflow/airflow-state.ts';
import { intervalOf } from '../world/airflow/airflow-state.ts';
import { PIPELINE_DAG } from '../world/airflow/dag-catalogue.ts';
import { priorityWeight } from '../world/airflow/priority-weight.ts';
import { DAY, pythonTime } from '../world/time.ts';
import { dumps } from './signing.ts';

/** The fields of Airflow 2.8's schemas (airflow/api_connexion/schemas/{dag,task,dag_run,task_instance}_schema.py). */

const time = (ms: number | undefined): string | null => (ms === undefined ? null : pythonTime(ms));

export const filelocOf = (definition: DagDefinition): string => `/opt/airflow/dags/${definition.file}`;
export const fileTokenOf = (definition: DagDefinition): string => dumps(filelocOf(definition));

const timeDelta = (ms: number) => ({
	__type: 'TimeDelta',
	days: Math.floor(ms / DAY),
	seconds: Math.floor((ms % DAY) / 1000),
	microseconds: 0,
});

const scheduleJson = (schedule: Schedule) =>
	schedule.kind === 'days' ? timeDelta(schedule.days * DAY) : { __type: 'CronExpression', value: schedule.expression };

export function dagJson({ definition, ...dag }: Dag) {
	const next = dag.nextRunAt === 0 ? undefined : dag.nextRunAt;
	const nextEnd = next === undefined ? undefined : next + intervalOf(definition.schedule);
	return {
		dag_id: definition.dagId,
		root_dag_id: null,
		is_paused: dag.isPaused,
		is_active: true,
		is_subdag: false,
		last_parsed_time: pythonTime(dag.lastParsedAt),
		last_pickled: null,
		last_expired: null,
		scheduler_lock: null,
		pickle_id: null,
		default_view: 'grid',
		fileloc: filelocOf(definition),
		file_token: fileTokenOf(definition),
		owners: ['airflow'],
		description: definition.description,
		schedule_interval: scheduleJson(definition.schedule),
		timetable_description: definition.schedule.kind === 'cron' ? definition.schedule.words : '',
		tags: definition.tags.map(name => ({ name })),
		max_active_tasks: 16,
		max_active_runs: definition.maxActiveRuns,
		has_task_concurrency_limits: false,
		has_import_errors: dag.hasImportErrors,
		next_dagrun: time(next),
		next_dagrun_data_interval_start: time(next),
		next_dagrun_data_interval_end: time(nextEnd),
		next_dagrun_create_after: time(nextEnd),
	};
}

const paramsJson = (definition: DagDefinition) =>
	Object.fromEntries(
		Object.entries(definition.params).map(([name, { value, description, schema }]) => [
			name,
			{ __class: 'airflow.models.param.Param', value, description, schema },
		]),
	);

export function dagDetailsJson(dag: Dag) {
	const { definition } = dag;
	return {
		...dagJson(dag),
		// From the serialised DAG, where only tasks have an owner.
		owners: [],
		timezone: "Timezone('UTC')",
		catchup: false,
		orientation: 'LR',
		concurrency: 16,
		start_date: pythonTime(definition.startDate),
		end_date: null,
		dag_run_timeout: null,
		doc_md: definition.source.slice(3, definition.source.indexOf('"""', 3)),
		params: paramsJson(definition),
		is_paused_upon_creation: null,
		template_searchpath: null,
		render_template_as_native_obj: false,
		last_parsed: pythonTime(dag.lastParsedAt),
	};
}

export function taskJson({ definition }: Dag, task: TaskDefinition) {
	const isPython = task.operator.endsWith('PythonOperator');
	return {
		class_ref: { class_name: task.operator, module_path: task.module },
		operator_name: task.operator,
		task_id: task.taskId,
		owner: 'airflow',
		start_date: pythonTime(definition.startDate),
		end_date: null,
		trigger_rule: task.triggerRule,
		extra_links: [],
		depends_on_past: false,
		wait_for_downstream: false,
		retries: definition.retries,
		queue: 'default',
		pool: 'default_pool',
		pool_slots: 1,
		execution_timeout: definition.dagId === PIPELINE_DAG ? timeDelta(30 * 60_000) : null,
		retry_delay: timeDelta(definition.retryDelayMs),
		retry_exponential_backoff: false,
		priority_weight: 1,
		weight_rule: 'downstream',
		ui_color: task.color,
		ui_fgcolor: '#000',
		template_fields: isPython ? ['templates_dict', 'op_args', 'op_kwargs'] : [],
		downstream_task_ids: task.downstream,
		params: paramsJson(definition),
		is_mapped: task.mapped !== undefined,
	};
}

export function dagRunJson(run: DagRun) {
	return {
		dag_run_id: run.runId,
		dag_id: run.dagId,
		logical_date: pythonTime(run.logicalDate),
		execution_date: pythonTime(run.logicalDate),
		start_date: time(run.startedAt),
		end_date: time(run.endedAt),
		state: run.state,
		external_trigger: run.runType === 'manual',
		conf: run.conf,
		data_interval_start: pythonTime(run.dataInterval[0]),
		data_interval_end: pythonTime(run.dataInterval[1]),
		last_scheduling_decision: time(run.lastDecisionAt),
		run_type: run.runType,
		note: run.note,
	};
}

/** As in the database: rounded to the microsecond. */
function durationOf(task: TaskInstance): number | null {
	if (task.startedAt === undefined || task.endedAt === undefined) return null;
	return Math.round((task.endedAt - task.startedAt) * 1000) / 1e6;
}

const PROCESS_START_MS = 300;

export function taskInstanceJson(dag: Dag | undefined, run: DagRun, task: TaskInstance, now: number) {
	const definition = dag?.definition.tasks.find(({ taskId }) => taskId === task.taskId);
	// The process writes these after it has started; until then the row only says running.
	const began = task.tryNumber > 0 && (task.state !== 'running' || now - (task.startedAt ?? now) >= PROCESS_START_MS);
	const isPython = definition?.operator.endsWith('PythonOperator') ?? false;
	return {
		task_id: task.taskId,
		dag_id: task.dagId,
		dag_run_id: task.runId,
		map_index: task.mapIndex,
		execution_date: pythonTime(run.logicalDate),
		start_date: time(task.startedAt),
		end_date: time(task.endedAt),
		duration: durationOf(task),
		state: task.state,
		try_number: task.tryNumber,
		max_tries: task.maxTries,
		hostname: task.hostname,
		unixname: 'airflow',
		pool: 'default_pool',
		pool_slots: 1,
		queue: 'default',
		priority_weight: dag === undefined ? 1 : priorityWeight(dag.definition, task.taskId),
		operator: definition?.operator ?? null,
		queued_when: time(task.queuedAt),
		pid: began ? (task.pid ?? null) : null,
		executor_config: '{}',
		note: task.note,
		sla_miss: null,
		rendered_fields: began && isPython ? { op_args: argumentsOf(task), op_kwargs: {}, templates_dict: null } : {},
		trigger: null,
		triggerer_job: null,
	};
}

/** A mapped task gets its part of the work. */
const argumentsOf = ({ mapIndex }: TaskInstance) => (mapIndex < 0 ? [] : [`part-${mapIndex}`]);

export function taskReferenceJson(run: DagRun, task: TaskInstance) {
	return {
		task_id: task.taskId,
		dag_run_id: task.runId,
		dag_id: task.dagId,
		execution_date: pythonTime(run.logicalDate),
	};
}

/**
 * Since 2.10 the number grows when a try is scheduled, and a rescheduled or deferred task keeps it; the world counts as
 * 2.8 does (airflow/models/dagrun.py, schedule_tis).
 */
export function tryNumberOf({ state, tryNumber }: TaskInstance): number {
	const isAhead = ['scheduled', 'queued', 'up_for_reschedule', 'deferred', 'awaiting_input'].includes(state ?? '');
	return isAhead ? tryNumber + 1 : tryNumber;
}
