import { pythonTime, SECOND } from '../time.ts';
import type { World } from '../world.ts';
import {
	countRun,
	createTaskInstances,
	type Dag,
	type DagRun,
	logicalDateOf,
	skipDue,
	storyKeyOf,
	type TaskInstance,
	versionOf,
} from './airflow-state.ts';
import { beginAttempt, endAttempt, planAttempt, putOff } from './attempt.ts';
import type { CatalogueDag } from './dag-catalogue.ts';
import { assetRunId } from './newer.ts';
import { decide, outcomeOf } from './scheduling.ts';
import { workersOf } from './workers.ts';

type PastRun = {
	readonly dagId: string;
	readonly logicalDate: number;
	readonly begins: number;
	readonly length: number;
	readonly failures: DagRun['failures'];
	/** It ran with the first version of its DAG. */
	readonly isOld: boolean;
};

/** Oldest first. `now`: ms since the epoch. */
function pastRunsOf({ dagId, past }: CatalogueDag, now: number): PastRun[] {
	if (past === undefined) return [];
	const { runs, everyMs, atMs, leastAgeMs, delayMs, failures = {} } = past;
	const newest = Math.floor((now - leastAgeMs - atMs) / everyMs) * everyMs + atMs;
	return Array.from({ length: runs }, (_, index) => {
		const due = newest - (runs - 1 - index) * everyMs;
		const failure = failures[index];
		return {
			dagId,
			logicalDate: due - everyMs,
			begins: due + delayMs,
			length: everyMs,
			failures: new Map(failure === undefined ? [] : [failure]),
			isOld: index < runs / 2,
		};
	});
}

/** The DAGs, and their runs before the demo. */
export function populateAirflow(world: World, more: readonly CatalogueDag[] = []): void {
	const all = [...world.stack.dags, ...more];
	for (const { paused, past: _, olderSources = [], ...definition } of all) {
		world.airflow.dags.set(definition.dagId, {
			definition,
			isPaused: paused,
			lastParsedAt: world.time - 11 * SECOND,
			nextRunAt: 0,
			hasImportErrors: false,
			runsMade: 0,
			...(olderSources.length > 0 ? { olderSources: [...olderSources] } : {}),
		});
	}
	const past = all.flatMap(dag => pastRunsOf(dag, world.time));
	past.sort((a, b) => a.begins - b.begins);
	for (const { dagId, logicalDate: start, begins, length, failures, isOld } of past) {
		const dag = world.airflow.dags.get(dagId);
		if (dag === undefined) continue;
		const isByAsset = dag.definition.scheduledBy !== undefined;
		// Only an asset starts it.
		if (!isByAsset) dag.nextRunAt = start + length;
		const logicalDate = logicalDateOf(world.airflow, dag.definition, start);
		const runType = isByAsset ? 'asset_triggered' : 'scheduled';
		const runId = isByAsset ? assetRunId(begins) : `scheduled__${pythonTime(logicalDate)}`;
		const run: DagRun = {
			...countRun(world.airflow, dag),
			dagId,
			runId,
			runType,
			state: 'running',
			logicalDate,
			dataInterval: [logicalDate, start + length],
			startedAt: begins,
			version: isOld ? 1 : versionOf(dag),
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
			// Of a mapped task, its instances start together.
			const instances = run.tasks.filter(({ taskId, state }) => taskId === definition.taskId && state === null);
			const decision = decide(dag, run, definition);
			if (decision === undefined) continue;
			for (const task of instances) {
				// A branch has just skipped it.
				if (task.state !== null) continue;
				progressed = true;
				if (decision !== 'scheduled') {
					task.state = decision;
					task.startedAt = time;
					task.endedAt = time;
					continue;
				}
				latest = Math.max(latest, liveTask(world, dag, run, task, { begins, random }));
			}
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

/** All tries of a task, after the tasks before it; returns its end. */
function liveTask(
	world: World,
	dag: Dag,
	run: DagRun,
	task: TaskInstance,
	{ begins, random }: { readonly begins: number; readonly random: World['random'] },
): number {
	const upstream = dag.definition.tasks.filter(({ downstream }) => downstream.includes(task.taskId));
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
	return at;
}
