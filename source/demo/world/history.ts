import {
	countRun,
	createTaskInstances,
	type Dag,
	type DagRun,
	skipDue,
	storyKeyOf,
	versionOf,
} from './airflow-state.ts';
import { beginAttempt, endAttempt, planAttempt, putOff } from './attempt.ts';
import { type CatalogueDag, DAGS, PIPELINE_DAG } from './dag-catalogue.ts';
import { decide, outcomeOf } from './scheduling.ts';
import { DAY, HOUR, MINUTE, pythonTime, SECOND } from './time.ts';
import { workersOf } from './workers.ts';
import type { World } from './world.ts';

const PIPELINE_RUNS = 12;
/** Counted from the oldest. */
const FAILED_RUN = 4;
const RETRIED_RUN = 8;

/** The DAGs, and their runs before the demo: the last twelve nightly runs of the pipeline, and some others. */
export function populateAirflow(world: World, more: readonly CatalogueDag[] = []): void {
	for (const { paused, ...definition } of [...DAGS, ...more]) {
		world.airflow.dags.set(definition.dagId, {
			definition,
			isPaused: paused,
			lastParsedAt: world.time - 11 * SECOND,
			nextRunAt: 0,
			hasImportErrors: false,
			runsMade: 0,
		});
	}
	const midnight = Math.floor(world.time / DAY) * DAY;
	const past: { dagId: string; logicalDate: number; begins: number; length: number; failures: DagRun['failures'] }[] =
		[];
	const lastNight = midnight + 2 * HOUR <= world.time - 30 * MINUTE ? midnight + 2 * HOUR : midnight - 22 * HOUR;
	for (let index = 0; index < PIPELINE_RUNS; index++) {
		const begins = lastNight - (PIPELINE_RUNS - 1 - index) * DAY;
		const failures: DagRun['failures'] = new Map();
		if (index === FAILED_RUN) failures.set('model_training', 'always');
		if (index === RETRIED_RUN) failures.set('bronze_to_silver', 'once');
		past.push({ dagId: PIPELINE_DAG, logicalDate: begins - DAY, begins: begins + 400, length: DAY, failures });
	}
	const lastSix = Math.floor((world.time - 20 * MINUTE) / (6 * HOUR)) * 6 * HOUR;
	for (let index = 5; index >= 0; index--) {
		const begins = lastSix - index * 6 * HOUR;
		past.push({
			dagId: 'iceberg_compaction',
			logicalDate: begins - 6 * HOUR,
			begins: begins + 700,
			length: 6 * HOUR,
			failures: new Map(),
		});
	}
	const morning = midnight + 5.5 * HOUR <= world.time - 30 * MINUTE ? midnight + 5.5 * HOUR : midnight - 18.5 * HOUR;
	for (let index = 2; index >= 0; index--) {
		const begins = morning - index * DAY;
		past.push({
			dagId: 'data_quality_daily',
			logicalDate: begins - DAY,
			begins: begins + 500,
			length: DAY,
			failures: new Map(),
		});
	}
	past.sort((a, b) => a.begins - b.begins);
	for (const { dagId, logicalDate, begins, length, failures } of past) {
		const dag = world.airflow.dags.get(dagId);
		if (dag === undefined) continue;
		dag.nextRunAt = logicalDate + length;
		const runId = `scheduled__${pythonTime(logicalDate)}`;
		const run: DagRun = {
			...countRun(world.airflow, dag),
			dagId,
			runId,
			runType: 'scheduled',
			state: 'running',
			logicalDate,
			dataInterval: [logicalDate, logicalDate + length],
			startedAt: begins,
			version: versionOf(dag),
			updatedAt: begins,
			conf: {},
			note: null,
			tasks: createTaskInstances(dag.definition, runId),
			failures,
		};
		world.airflow.runs.push(run);
		live(world, dag, run, begins);
	}
	// A run that would still be active now was left out.
	for (const dag of world.airflow.dags.values()) skipDue(dag, world.time);
}

/** Plays a whole run: the same tries as live ones, at times in the past. */
function live(world: World, dag: Dag, run: DagRun, begins: number): void {
	const random = world.random.fork(`history/${storyKeyOf(run)}`);
	let time = begins;
	for (;;) {
		const open = dag.definition.tasks.filter(({ taskId }) =>
			run.tasks.some(task => task.taskId === taskId && task.state === null),
		);
		let progressed = false;
		let latest = time;
		for (const definition of open) {
			const task = run.tasks.find(({ taskId }) => taskId === definition.taskId);
			const decision = decide(dag, run, definition);
			if (task === undefined || decision === undefined || task.state !== null) continue;
			progressed = true;
			if (decision !== 'scheduled') {
				task.state = decision;
				task.startedAt = time;
				task.endedAt = time;
				continue;
			}
			const upstream = dag.definition.tasks.filter(({ downstream }) => downstream.includes(definition.taskId));
			const ends = run.tasks.filter(other => upstream.some(({ taskId }) => taskId === other.taskId));
			let at = Math.max(begins, ...ends.map(({ endedAt }) => endedAt ?? begins)) + random.between(100, 300);
			do {
				task.queuedAt = at;
				at += random.between(700, 1300);
				const attempt = beginAttempt(world, run, task, at, workersOf(world)[0]);
				const plan = planAttempt(world, dag, run, task, attempt);
				for (const happening of plan.happenings) happening.run(at + happening.at);
				at += plan.durationMs;
				if (plan.outcome === 'success' || plan.outcome === 'failed')
					endAttempt(world, dag, run, task, at, plan.outcome, plan.error);
				else putOff(world, dag, run, task, at, plan.outcome);
				at = (task.retryAt ?? at) + 300;
			} while (task.retryAt !== undefined);
			latest = Math.max(latest, at);
		}
		time = latest;
		const outcome = outcomeOf(dag, run);
		if (outcome !== undefined) {
			run.state = outcome;
			run.endedAt = time;
			run.lastDecisionAt = time;
			run.updatedAt = time;
			return;
		}
		if (!progressed) throw new Error(`the history of ${run.runId} got stuck`);
	}
}
