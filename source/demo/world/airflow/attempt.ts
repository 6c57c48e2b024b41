import type { Container } from '../containers/container.ts';
import { print, writeEpilogue, writePrologue, writeReturned, writeTraceback, writeWaiting } from '../logs/task-log.ts';
import { perform, trackRun } from '../mlflow/attempt-tracking.ts';
import type { TrackedRun } from '../mlflow/tracking-store.ts';
import { SECOND } from '../time.ts';
import type { World } from '../world.ts';
import { type Attempt, addEventLog, type Dag, type DagRun, storyKeyOf, type TaskInstance } from './airflow-state.ts';
import { PIPELINE_DAG, STAGES } from './dag-catalogue.ts';
import { emitAssets } from './newer.ts';
import { figuresOf, paramsOf, type StoryAction, storyOf } from './stage-story.ts';
import { hostOf } from './workers.ts';

/**
 * One try of a task, as a list of timed events. The history plays all of it at once in the past; the worker plays each
 * event when it is due.
 */
export type AttemptPlan = {
	durationMs: number;
	outcome: 'success' | 'failed' | 'reschedule' | 'deferred';
	error?: string;
	happenings: { at: number; run: (time: number) => void }[];
};

/** Sets the task instance to `running`, on its next try. */
export function beginAttempt(world: World, run: DagRun, task: TaskInstance, time: number, worker: Container): Attempt {
	const index = task.mapIndex < 0 ? '' : `[${task.mapIndex}]`;
	const random = world.random.fork(`${storyKeyOf(run)}/${task.taskId}${index}/${task.tryNumber + 1}/process`);
	task.tryNumber++;
	task.state = 'running';
	// A poke continues its try: with the start of the first one, and the same log.
	if (task.waited === undefined) task.startedAt = time;
	task.endedAt = undefined;
	task.hostname = hostOf(worker);
	task.pid = random.integer(200, 4000);
	task.execution++;
	const attempt: Attempt = task.attempts.get(task.tryNumber) ?? {
		lines: [],
		hostname: task.hostname,
		...(world.airflow.generation === '3' ? { isStructured: true } : {}),
	};
	task.attempts.set(task.tryNumber, attempt);
	addEventLog(world.airflow, {
		time,
		event: 'running',
		dagId: task.dagId,
		taskId: task.taskId,
		executionDate: run.logicalDate,
		owner: 'airflow',
		extra: null,
	});
	return attempt;
}

/** Whether this try fails: by the run's conf, by the scenario, or by a test's order. */
function fails(world: World, run: DagRun, task: TaskInstance): boolean {
	if (run.conf.fail_at === task.taskId) {
		const times = typeof run.conf.fail_times === 'number' ? run.conf.fail_times : Number.POSITIVE_INFINITY;
		if (task.tryNumber <= times) return true;
	}
	const ordered = world.airflow.failNext.get(task.taskId) ?? 0;
	if (ordered > 0) {
		world.airflow.failNext.set(task.taskId, ordered - 1);
		return true;
	}
	const planned = run.failures.get(task.taskId);
	return planned === 'always' || (planned === 'once' && task.tryNumber === 1);
}

const ERRORS: Readonly<Record<string, string>> = {
	raw_to_bronze: 'ConnectionError: source shop-api closed the connection after 6000 of 10000 rows',
	bronze_to_silver: "ValueError: invalid literal for int() with base 10: '₩12,4 00'",
	silver_to_gold: "KeyError: 'tier'",
	feature_engineering: 'MemoryError: Unable to allocate 1.37 GiB for an array with shape (861, 213840)',
	model_training: 'FloatingPointError: loss became NaN in epoch 11, learning rate too high',
	model_evaluation: 'ZeroDivisionError: division by zero',
	model_registry:
		'MlflowException: API request to http://mlflow:5000/api/2.0/mlflow/registered-models/create failed with exception',
};

export function planAttempt(world: World, dag: Dag, run: DagRun, task: TaskInstance, attempt: Attempt): AttemptPlan {
	const { definition } = dag;
	const taskDefinition = definition.tasks.find(({ taskId }) => taskId === task.taskId);
	const index = task.mapIndex < 0 ? '' : `[${task.mapIndex}]`;
	const random = world.random.fork(`${storyKeyOf(run)}/${task.taskId}${index}/${task.tryNumber}`);
	const stage = run.dagId === PIPELINE_DAG ? STAGES.find(({ taskId }) => taskId === task.taskId) : undefined;
	const pace = typeof run.conf.pace === 'number' ? run.conf.pace * SECOND : 0;
	const [least, most] = taskDefinition?.lasts ?? [900, 3800];
	const durationMs = stage === undefined ? random.between(least, most) : Math.max(pace, random.between(4, 9) * SECOND);
	const willFail = fails(world, run, task);
	const why = taskDefinition?.breaksWith ?? ERRORS[task.taskId] ?? 'RuntimeError: query failed: TooManyRequestsFailed';
	const error = willFail ? why : undefined;
	const jobId = world.airflow.nextJobId++;
	const operator = taskDefinition?.operator ?? 'PythonOperator';
	const happenings: AttemptPlan['happenings'] = [
		{ at: 0, run: time => writePrologue(attempt, time, { definition, run, task, operator, jobId }) },
	];
	const at = (offset: number, happen: (time: number) => void): void => {
		happenings.push({ at: offset, run: happen });
	};

	if (stage === undefined) {
		at(200, time => print(attempt, time, `${task.taskId}: started`));
		const said = (): string => taskDefinition?.says ?? `${random.integer(3, 40)} tables checked`;
		at(durationMs * 0.6, time => print(attempt, time, `${task.taskId}: ${said()}`));
	} else {
		const figures = figuresOf(world.random.fork(`${storyKeyOf(run)}/figures`), run);
		const story = storyOf(stage, figures, run, world.random.fork(`${storyKeyOf(run)}/${task.taskId}/story`));
		const runId = random.hex(32);
		const tracked = (): TrackedRun | undefined => world.mlflow.runs.get(runId);
		const act = (action: StoryAction, time: number): void =>
			perform(world, action, time, { run, task, attempt, tracked: tracked() });
		const first = 600;
		at(first, time => {
			attempt.trackedRunId = runId;
			trackRun(world, task, runId, time);
			act({ kind: 'params', params: paramsOf(stage, figures) }, time);
			print(attempt, time, `${stage.mark} ${stage.taskId}: ${stage.title}`);
		});
		const reached = willFail ? Math.ceil(story.steps.length / 2) - 1 : story.steps.length;
		const share = (durationMs - first - 120) / story.steps.length;
		story.steps.slice(0, Math.max(reached, 0)).forEach((actions, index) => {
			at(first + 20 + share * (index + 1) * 0.98, time => {
				for (const action of actions) act(action, time);
			});
		});
		if (!willFail) {
			at(durationMs - 60, time => {
				for (const action of story.end) act(action, time);
				task.returned = story.returned;
				writeReturned(attempt, time + 2, operator, story.returned);
			});
		}
		const end = willFail ? durationMs * 0.55 : durationMs - 30;
		at(end, time => {
			const target = tracked();
			if (target === undefined) return;
			target.status = willFail ? 'FAILED' : 'FINISHED';
			target.endTime = Math.floor(time);
		});
	}
	if (error !== undefined)
		at(durationMs * 0.56, time =>
			writeTraceback(attempt, time, error, stage === undefined ? definition.file : undefined),
		);
	happenings.sort((a, b) => a.at - b.at);
	const waits = taskDefinition?.waits;
	if (waits !== undefined && (task.waited ?? 0) < waits.times)
		return { durationMs: Math.min(durationMs, 500), outcome: waits.mode, happenings: happenings.slice(0, 2) };
	return {
		durationMs: willFail ? durationMs * 0.57 : durationMs,
		outcome: willFail ? 'failed' : 'success',
		error,
		happenings,
	};
}

/**
 * A sensor releases its slot, or an operator waits for its trigger: the same try continues later
 * (airflow/models/taskinstance.py 2.8.0, `_handle_reschedule` and `_defer_task`).
 */
export function putOff(
	world: World,
	dag: Dag,
	run: DagRun,
	task: TaskInstance,
	time: number,
	mode: 'reschedule' | 'deferred' | 'awaiting_input',
): void {
	const definition = dag.definition.tasks.find(({ taskId }) => taskId === task.taskId);
	const attempt = task.attempts.get(task.tryNumber);
	if (attempt !== undefined) writeWaiting(attempt, time, mode, definition?.operator ?? '');
	task.waited = (task.waited ?? 0) + 1;
	task.tryNumber--;
	task.state = mode === 'reschedule' ? 'up_for_reschedule' : mode;
	if (mode === 'reschedule') task.endedAt = time;
	// An answer continues it.
	task.retryAt = mode === 'awaiting_input' ? undefined : time + (definition?.waits?.intervalMs ?? SECOND);
	task.execution++;
	run.updatedAt = world.time;
}

/** Ends the try: the state of the task instance, the last lines of its log, and the direction of a branch. */
export function endAttempt(
	world: World,
	dag: Dag,
	run: DagRun,
	task: TaskInstance,
	time: number,
	outcome: 'success' | 'failed',
	error?: string,
): void {
	const attempt = task.attempts.get(task.tryNumber);
	const mayRetry = outcome === 'failed' && task.tryNumber <= task.maxTries;
	task.state = outcome === 'success' ? 'success' : mayRetry ? 'up_for_retry' : 'failed';
	task.endedAt = time;
	task.retryAt = mayRetry ? time + dag.definition.retryDelayMs : undefined;
	task.waited = undefined;
	task.execution++;
	const definition = dag.definition.tasks.find(({ taskId }) => taskId === task.taskId);
	if (attempt !== undefined) {
		writeEpilogue(attempt, time, {
			run,
			task,
			state: task.state,
			error,
			jobId: world.airflow.nextJobId - 1,
			downstream: outcome === 'success' ? (definition?.downstream.length ?? 0) : 0,
		});
	}
	if (outcome === 'success') emitAssets(world, dag, task, time);
	if (outcome === 'success' && definition?.operator === 'BranchPythonOperator') {
		for (const skipped of definition.downstream.slice(1)) {
			const other = run.tasks.find(({ taskId }) => taskId === skipped);
			if (other === undefined || other.state !== null) continue;
			other.state = 'skipped';
			other.startedAt = time;
			other.endedAt = time;
		}
	}
	addEventLog(world.airflow, {
		time,
		event: task.state === 'up_for_retry' ? 'failed' : (task.state ?? ''),
		dagId: task.dagId,
		taskId: task.taskId,
		executionDate: run.logicalDate,
		owner: 'airflow',
		extra: null,
	});
	run.updatedAt = time;
}
