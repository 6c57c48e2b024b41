import type { Wait } from '../diagnosis/waiting/wait.ts';
import type { Acknowledgement } from '../model/acknowledgement.ts';
import type { RunCounts, TaskTryTimes } from '../model/airflow-watch.ts';
import { displayName, hasOwnTraffic } from '../model/container.ts';
import { runElapsedMs, taskElapsedMs } from '../model/durations.ts';
import { type MlflowRun, type ModelVersion, metricNumber } from '../model/experiment.ts';
import type { LoggedModel, Prompt, TraceFigures } from '../model/logged-model.ts';
import type { MetricSeries } from '../model/metric-series.ts';
import type { Dag, DagRun, ImportError, TaskInstance } from '../model/pipeline.ts';
import { maskJson, maskText } from '../model/secrets.ts';
import { serviceLook } from '../model/service-state.ts';
import type { Failure, SourceName } from '../model/source.ts';
import type { ContainerState, EndpointState, StackState } from '../model/state.ts';
import { tryKey } from '../model/task-failure.ts';
import { runForecast } from '../selectors/run-forecast.ts';
import { serverState } from '../selectors/server-state.ts';
import { foreignStack, isAbsent, isGuessed, isThroughSsh, ownProject } from '../selectors/stack.ts';
import { usualTaskMs } from '../selectors/usual-task.ts';
import type { Language } from '../words/language.ts';
import { render } from '../words/message.ts';
import type {
	AcknowledgementPart,
	DagPart,
	FailurePart,
	ForecastPart,
	ImportErrorPart,
	LoggedModelPart,
	MetricPart,
	MetricValuePart,
	MlflowRunPart,
	ModelVersionPart,
	PagePart,
	PromptPart,
	RunPart,
	ServicePart,
	SourcePart,
	TaskPart,
	TracesPart,
} from './json/parts.ts';

/** Facts as the documents of `--json` hold them. Text output is made from the same documents. */

/** RFC 3339, UTC. */
export function rfc3339(ms: number): string {
	return new Date(ms).toISOString();
}

/** The same; null for a moment that is not known. */
export function optionalTime(ms: number | null | undefined): string | null {
	return ms === null || ms === undefined ? null : rfc3339(ms);
}

export function servicePart(service: ContainerState): ServicePart {
	const { container, detail, use } = service;
	const isOver = container.state !== 'running' && container.state !== 'paused';
	return {
		name: displayName(service),
		service: container.service,
		container: container.name,
		id: container.id,
		project: container.project,
		replica: container.replica,
		is_one_off: container.isOneOff,
		image: container.image,
		state: container.state,
		health: container.health,
		verdict: serviceLook(service).grade,
		since: optionalTime(service.since),
		exit_code: isOver && detail ? detail.exitCode : null,
		restart_count: detail?.restartCount ?? null,
		restart_policy: detail?.restartPolicy ?? null,
		failing_streak: detail?.failingStreak ?? null,
		cpu_percent: use?.cpuPercent ?? null,
		memory_bytes: use?.last.memoryBytes ?? null,
		memory_limit_bytes: use?.last.memoryLimitBytes ?? null,
		received_bytes: use && hasOwnTraffic(container) ? use.last.receivedBytes : null,
		sent_bytes: use && hasOwnTraffic(container) ? use.last.sentBytes : null,
		ports: container.ports.map(({ address, publicPort, privatePort, protocol }) => ({
			address,
			public_port: publicPort,
			private_port: privatePort,
			protocol,
		})),
	};
}

export function sourcePart(state: StackState, name: SourceName, address: string | undefined): SourcePart {
	const { status, failure, hasAnswered } = serverState(state, name);
	const known = state.sources[name];
	return {
		name,
		// A command asks only for what it shows, and does not wait for other feeds.
		state: isAbsent(state, name) ? 'absent' : status === 'waiting' && hasAnswered ? 'live' : status,
		version: known?.version ?? null,
		address: known?.address || address || null,
		address_origin: name === 'docker' ? 'given' : (state.stack?.servers[name].origin ?? 'unknown'),
		through_ssh: isThroughSsh(state, name),
		is_guess: isGuessed(state, name),
		failure: failure === null || isAbsent(state, name) ? null : failurePart(failure),
	};
}

/** Without the codes that only laketop's own rules use. */
export function failurePart({ kind, message, fix }: Failure): FailurePart {
	return { kind, message: render(message, 'en'), fix: fix === null ? '' : render(fix, 'en') };
}

export function pagePart(endpoint: EndpointState, state: StackState): PagePart {
	const { id, title, pageUrl, check } = endpoint;
	return {
		id,
		title,
		url: pageUrl,
		is_guess: isGuessed(state, id),
		ok: check?.ok ?? null,
		http_status: check?.httpStatus ?? null,
		answer_ms: check?.answerMs == null ? null : Math.round(check.answerMs),
		problem: check?.problem ? render(check.problem, 'en') : '',
	};
}

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
		usual_ms: task.state === 'running' ? whole(usualTaskMs(state, task.dagId, task.taskId)) : null,
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
	return forecast ? { remaining_ms: whole(forecast.leftMs), stalled_since: optionalTime(forecast.stalledSince) } : null;
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

export function acknowledgementPart({ note, by, acknowledgedAt, until }: Acknowledgement): AcknowledgementPart {
	return { note, by, at: rfc3339(acknowledgedAt), until: optionalTime(until) };
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

export function metricPart(series: MetricSeries): MetricPart {
	return {
		key: series.key,
		value: metricValuePart(series.latest),
		change: series.change === null ? null : metricValuePart(series.change),
		series: series.basis,
		run_name: series.runName,
		run_id: series.runId,
		logged_at: rfc3339(series.loggedAt),
		is_live: series.isLive,
		history: series.values.map(metricValuePart),
	};
}

export function mlflowRunPart(run: MlflowRun): MlflowRunPart {
	return {
		run_id: run.runId,
		run_name: run.runName,
		status: run.status,
		started_at: rfc3339(run.startedAt),
		ended_at: optionalTime(run.endedAt),
		metrics: Object.fromEntries(run.metrics.map(({ key, value }) => [key, metricValuePart(metricNumber(value))])),
		params: Object.fromEntries(run.params.map(({ key, value }) => [key, value])),
		tags: Object.fromEntries(run.tags.map(({ key, value }) => [key, value])),
	};
}

export function modelVersionPart(version: ModelVersion): ModelVersionPart {
	return {
		name: version.name,
		version: version.version,
		status: version.status,
		stage: version.stage,
		aliases: [...version.aliases],
		run_id: version.runId,
		model_id: version.modelId ?? null,
		tags: Object.fromEntries((version.tags ?? []).map(({ key, value }) => [key, value])),
		created_at: rfc3339(version.createdAt),
	};
}

export function loggedModelPart(model: LoggedModel, versions: readonly ModelVersion[]): LoggedModelPart {
	return {
		model_id: model.modelId,
		name: model.name,
		status: model.status,
		type: model.modelType,
		run_id: model.runId,
		versions: versions
			.filter(({ modelId }) => modelId === model.modelId)
			.map(({ name, version }) => `${name}/${version}`),
		created_at: rfc3339(model.createdAt),
	};
}

export function tracesPart({ windowMs, count, failed, p95Ms }: TraceFigures): TracesPart {
	return { window_s: windowMs / 1000, count, failed, p95_ms: p95Ms };
}

export function promptPart({ name, version, aliases, updatedAt }: Prompt): PromptPart {
	return {
		name,
		version,
		aliases: Object.fromEntries(aliases.map(one => [one.alias, one.version])),
		updated_at: rfc3339(updatedAt),
	};
}

/** JSON has no NaN and no infinities: strings stand for them, as in MLflow's own JSON. */
export function metricValuePart(value: number): MetricValuePart {
	if (Number.isNaN(value)) return 'NaN';
	if (value === Number.POSITIVE_INFINITY) return 'Infinity';
	return value === Number.NEGATIVE_INFINITY ? '-Infinity' : value;
}

function whole(value: number | null): number | null {
	return value === null ? null : Math.round(value);
}

/** The client passes the conf on as exact JSON text; Airflow only stores objects. */
function confOf(text: string | null): Record<string, unknown> | null {
	if (text === null) return null;
	const conf = maskJson(JSON.parse(text));
	return typeof conf === 'object' && conf !== null && !Array.isArray(conf) ? { ...conf } : null;
}

/** The shown project, and that of the folder if it differs. */
export function projectParts(state: Pick<StackState, 'stack'>, configured: string | undefined) {
	return { project: ownProject(state, configured), folder_project: foreignStack(state)?.own ?? null };
}
