import { sentenceOf } from '../../command-line/exit/failures.ts';
import { runPart } from '../../command-line/facts/airflow.ts';
import { optionalTime, rfc3339, whole } from '../../command-line/facts/figures.ts';
import { metricValuePart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Config } from '../../config/schema.ts';
import { factsOf } from '../../diagnosis/facts.ts';
import { taskFailed } from '../../diagnosis/rules/task-failed.ts';
import { runElapsedMs } from '../../model/airflow/durations.ts';
import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import { tryKey } from '../../model/airflow/task-failure.ts';
import { earlierTryNumbers } from '../../model/airflow/task-tries.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { tasksOfRun } from '../../selectors/dag-runs/run-history.ts';
import { type ShownPipeline, type Stage, shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { stageElapsedMs } from '../../selectors/dag-runs/stage-summary.ts';
import { type RunTrend, runTrend } from '../../selectors/durations/run-trend.ts';
import { type AgainstUsual, againstUsual } from '../../selectors/durations/run-usual.ts';
import { rootFindings } from '../../selectors/findings/findings.ts';
import { runGantt } from '../../selectors/graph-grid-gantt/run-gantt.ts';
import { againstChampion, metricsAgainstBefore, mlflowRunsOf, versionsOf } from '../../selectors/links/run-models.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import { ganttPart } from '../gantt/gantt-part.ts';
import { comparisonPart } from '../models/comparisons.ts';

type Report = Document<'report'>;

/** Runs from which the usual durations come. */
export const runsCompared = 30;
/** Runs whose durations are drawn. */
const runsDrawn = 20;

type Options = { readonly language: Language; readonly config: Config };

/** What is known of a DAG run, in one document. Pure. */
export function reportOf(state: StackState, run: DagRun, now: number, options: Options): Report {
	const { dagId, dagRunId } = run;
	const choice = { dagRunId, folded: [] };
	const trend = runTrend(state, dagId, { from: 0, to: runsCompared }, choice, now);
	const pipeline = shownPipeline(state, dagId, dagRunId);
	const gantt = runGantt(pipeline, state.dagTasks[dagId], now);
	const duration = againstUsual(trend.run, dagRunId, runElapsedMs(run, now));
	return {
		schema: 'laketop/report/1',
		at: rfc3339(now),
		dag_id: dagId,
		run: runPart(run, now),
		duration: { ...usualPart(duration), runs: duration.runs },
		history: trend.grid.columns.slice(-runsDrawn).map(({ run: one }) => ({
			dag_run_id: one.dagRunId,
			state: one.state,
			elapsed_ms: whole(runElapsedMs(one, now)),
		})),
		chart: gantt && ganttPart(gantt, pipeline),
		tasks: taskParts(pipeline, trend, dagRunId, now),
		...failureParts(state, run, now, options),
		...mlflowParts(state, run, options),
		findings_known: state.diagnosedAt !== null,
		findings: findingsAt(state, run, now, options.language),
	};
}

function usualPart({ elapsedMs, medianMs, p90Ms, slowerMs }: AgainstUsual) {
	return {
		elapsed_ms: whole(elapsedMs),
		median_ms: whole(medianMs),
		p90_ms: whole(p90Ms),
		slower_ms: whole(slowerMs),
	};
}

function taskParts({ stages }: ShownPipeline, trend: RunTrend, dagRunId: string, now: number): Report['tasks'] {
	const rows = new Map(trend.tasks.flatMap(({ row, trend: of }) => (row.isOpen === null ? [[row.id, of]] : [])));
	return stages.map((stage: Stage) => {
		const { taskId, shown, instances } = stage;
		const points = rows.get(taskId)?.points ?? [];
		return {
			task_id: taskId,
			state: shown?.state ?? null,
			instances: instances.length,
			failed_instances: instances.filter(({ state }) => state === 'failed').length,
			retries: instances.reduce((sum, { tryNumber }) => sum + Math.max(0, tryNumber - 1), 0),
			...usualPart(againstUsual({ points }, dagRunId, stageElapsedMs(stage, now))),
		};
	});
}

/** What failed, at last or for a time, and what the diagnosis says of it: its own rule, on this run as if it were the newest. */
function failureParts(
	state: StackState,
	run: DagRun,
	now: number,
	{ language, config }: Options,
): Pick<Report, 'failures' | 'retries' | 'diagnosis'> {
	const { dagId, dagRunId } = run;
	const tasks = tasksOfRun(state, dagId, dagRunId) ?? [];
	const known: StackState = {
		...state,
		dagRuns: { ...state.dagRuns, [dagId]: [run] },
		taskInstances: { ...state.taskInstances, [runKey(dagId, dagRunId)]: tasks },
	};
	const project = ownProject(state, config.discovery.project);
	const facts = factsOf(known, now, { project, dagId, experiment: config.experiment, airflowUser: '' });
	const ofRun = taskFailed.find(facts).filter(({ subject }) => subject.startsWith(`${dagId}/`));
	const partOf = (task: TaskInstance, tryNumber: number) => {
		const failure = state.taskFailures[tryKey({ ...task, tryNumber })];
		if (!failure) return [];
		const { taskId: task_id, mapIndex: map_index } = task;
		const reason = render(failure.reason, language);
		return [{ task_id, map_index, try_number: tryNumber, reason, log_tail: [...failure.tail] }];
	};
	return {
		failures: tasks.filter(task => task.state === 'failed').flatMap(task => partOf(task, task.tryNumber)),
		retries: tasks.flatMap(task => earlierTryNumbers(task).flatMap(number => partOf(task, number))),
		diagnosis: ofRun.map(({ title, cause, reason, fixes }) => ({
			title: render(title, language),
			cause: render(cause, language),
			reason: render(reason, language),
			fixes: fixes.map(({ message }) => render(message, language)),
		})),
	};
}

/** A commit as git writes it; the tag may hold anything. */
const commit = /^[0-9a-f]{7,64}$/;

function mlflowParts(
	state: StackState,
	run: DagRun,
	{ language, config }: Options,
): Pick<Report, 'code' | 'experiment' | 'mlflow_problem' | 'mlflow_runs_guessed' | 'mlflow_runs' | 'models'> {
	const all = state.mlflowRuns ?? [];
	const versions = state.modelVersions ?? [];
	const { runs, isGuess } = mlflowRunsOf(run, all);
	const made = versionsOf(runs, versions);
	const compared = againstChampion(made, versions, [...all, ...state.versionRuns]);
	const feed = state.feeds.experiment;
	const commits = runs.flatMap(({ tags }) =>
		tags.flatMap(({ key, value }) => (key === 'mlflow.source.git.commit' && commit.test(value) ? [value] : [])),
	);
	return {
		code: [...new Set(commits)],
		experiment: state.defaultExperiment ?? config.experiment,
		mlflow_problem: feed.status === 'failed' ? sentenceOf(feed.failure, language) : null,
		mlflow_runs_guessed: isGuess,
		mlflow_runs: runs.map(one => ({
			run_id: one.runId,
			run_name: one.runName,
			status: one.status,
			metrics: metricsAgainstBefore(one, { of: runs, all }).map(({ key, value, before, verdict }) => ({
				key,
				value: metricValuePart(value),
				before: before === null ? null : metricValuePart(before),
				verdict,
			})),
		})),
		models: made.map(version => {
			const contest = compared.find(({ newest }) => newest === version);
			return {
				name: version.name,
				version: version.version,
				aliases: [...version.aliases],
				champion: contest ? comparisonPart(contest) : null,
			};
		}),
	};
}

/** Findings that began before the run ended and have not ended since. What is said of its tasks already is left out. */
function findingsAt(state: StackState, run: DagRun, now: number, language: Language): Report['findings'] {
	return rootFindings(state.findings)
		.filter(({ since }) => since === null || since <= (run.endedAt ?? now))
		.filter(({ rule, subject }) => rule !== taskFailed.name || !subject.startsWith(`${run.dagId}/`))
		.map(({ id, severity, since, title }) => ({
			...{ id, severity, since: optionalTime(since) },
			title: render(title, language),
		}));
}
