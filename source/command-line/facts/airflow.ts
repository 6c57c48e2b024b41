import type { Wait } from '../../diagnosis/waiting/wait.ts';
import type { RunCounts, TaskTryTimes } from '../../model/airflow/airflow-watch.ts';
import { runElapsedMs, taskElapsedMs } from '../../model/airflow/durations.ts';
import type { Dag, DagRun, ImportError, TaskInstance } from '../../model/airflow/pipeline.ts';
import { tryKey } from '../../model/airflow/task-failure.ts';
import { maskJson, maskText } from '../../model/secrets/secrets.ts';
import type { StackState } from '../../model/state.ts';
import { runForecast } from '../../selectors/durations/run-forecast.ts';
import { usualTaskMs } from '../../selectors/durations/usual-task.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import type { DagPart, ForecastPart, ImportErrorPart, RunPart, TaskPart } from '../json/airflow.ts';
import { optionalTime, whole } from './figures.ts';

export function runPart(run: DagRun, now: number): RunPart {
	return {
		dag_id: run.dagId,
		dag_run_id: run.dagRunId,
		state: run.state,
		run_type: run.runType,
		logical_date: optionalTime(run.logicalDate),
		started_at: optionalTime(run.startedAt),
		ended_at: optionalTime(run.endedAt),
		elapsed_ms: whole(runElapsedMs(run, now)),
		conf: confOf(run.conf),
		note: run.note ? maskText(run.note) : null,
		dag_versions: run.versions === undefined ? null : [...run.versions],
	};
}

export function taskPart(
	task: TaskInstance,
	state: StackState,
	now: number,
	language: Language,
	wait: Wait | null,
	tries?: readonly TaskTryTimes[],
): TaskPart {
	const failure = state.taskFailures[tryKey(task)];
	return {
		task_id: task.taskId,
		map_index: task.mapIndex,
		state: task.state,
		try_number: task.tryNumber,
		max_tries: task.maxTries,
		queued_at: optionalTime(task.queuedAt),
		started_at: optionalTime(task.startedAt),
		ended_at: optionalTime(task.endedAt),
		elapsed_ms: whole(taskElapsedMs(task, now)),
		usual_ms: task.state === 'running' ? whole(usualTaskMs(state, task)) : null,
		hostname: task.hostname,
		pool: task.pool,
		note: task.note ? maskText(task.note) : null,
		waits_for: wait && {
			reason: wait.reason,
			text: render(wait.message, language),
			until: optionalTime(wait.until),
			needs_action: wait.needsHelp,
			airflow: wait.unmet.map(({ name, reason }) => ({ name, reason })),
		},
		tries:
			tries?.map(one => ({
				try_number: one.tryNumber,
				state: one.state,
				queued_at: optionalTime(one.queuedAt),
				started_at: optionalTime(one.startedAt),
				ended_at: optionalTime(one.endedAt),
				elapsed_ms: one.startedAt === null ? null : whole((one.endedAt ?? now) - one.startedAt),
				hostname: one.hostname,
			})) ?? null,
		failure: failure ? { reason: render(failure.reason, language), log_tail: [...failure.tail] } : null,
	};
}

/** Expected end of an active DAG run; null if unknown. */
export function forecastPart(state: StackState, run: DagRun | undefined, now: number): ForecastPart | null {
	const forecast = run && runForecast(state, run, now);
	if (!forecast) return null;
	return {
		remaining_ms: whole(forecast.leftMs),
		spread_ms: whole(forecast.spreadMs),
		stalled_since: optionalTime(forecast.stalledSince),
	};
}

export function dagPart(dag: Dag, newest: DagRun | undefined, counts: RunCounts | undefined, now: number): DagPart {
	return {
		dag_id: dag.dagId,
		is_paused: dag.isPaused,
		is_active: dag.isActive,
		description: dag.description,
		schedule: dag.schedule,
		next_run_at: optionalTime(dag.nextRunAt),
		owners: [...dag.owners],
		tags: [...dag.tags],
		file: dag.fileLocation,
		has_import_errors: dag.hasImportErrors,
		newest_run: newest ? runPart(newest, now) : null,
		run_counts: counts
			? { queued: counts.queued, running: counts.running, success: counts.success, failed: counts.failed }
			: null,
	};
}

export function importErrorPart(error: ImportError): ImportErrorPart {
	const lines = error.stackTrace.split('\n').filter(line => line.trim() !== '');
	return {
		file: error.fileName,
		message: lines.at(-1)?.trim() ?? '',
		stack_trace: error.stackTrace,
		happened_at: optionalTime(error.happenedAt),
	};
}

/** The client passes the conf on as exact JSON text; Airflow only stores objects. */
function confOf(text: string | null): Record<string, unknown> | null {
	if (text === null) return null;
	const conf = maskJson(JSON.parse(text));
	return typeof conf === 'object' && conf !== null && !Array.isArray(conf) ? { ...conf } : null;
}
