import { hash } from '../random.ts';
import { MINUTE, pythonTime } from '../time.ts';
import type { World } from '../world.ts';
import type { Dag, DagRun, TaskInstance } from './airflow-state.ts';
import { intervalOf } from './airflow-state.ts';
import type { BackfillRow, Question } from './newer-state.ts';
import { clearTasks, createRun } from './runs.ts';
import { hasEnded } from './scheduling.ts';

/** What only Airflow 3 has: backfills, questions of tasks, assets and their events. */

type QuestionRow = Question<TaskInstance>;

/** A row of the catalogue: an asset that some DAG names. */
export type AssetRow = {
	readonly id: number;
	readonly name: string;
	readonly producers: readonly { readonly dagId: string; readonly taskId: string }[];
	readonly scheduledDags: readonly string[];
};

/** The assets that the DAGs name. */
export function assetsOf(world: World): AssetRow[] {
	const dags = [...world.airflow.dags.values()].map(({ definition }) => definition);
	const names = new Set(
		dags.flatMap(dag => [...(dag.scheduledBy ?? []), ...dag.tasks.flatMap(task => task.outlets ?? [])]),
	);
	return [...names].toSorted().map((name, index) => ({
		id: index + 1,
		name,
		producers: dags.flatMap(dag =>
			dag.tasks.filter(task => task.outlets?.includes(name)).map(({ taskId }) => ({ dagId: dag.dagId, taskId })),
		),
		scheduledDags: dags.filter(dag => dag.scheduledBy?.includes(name)).map(({ dagId }) => dagId),
	}));
}

/** As `asset_triggered__2026-11-30T08:24:22.324171+00:00_cgN40UGg`. */
export const assetRunId = (time: number): string =>
	`asset_triggered__${pythonTime(time)}_${Buffer.from(hash(String(time)).toString(16).padStart(8, '0'), 'hex')
		.toString('base64url')
		.padEnd(8, 'x')
		.slice(0, 8)}`;

/** A task has succeeded: events of its assets, and runs of the DAGs that they start. */
export function emitAssets(world: World, dag: Dag, task: TaskInstance, time: number): void {
	const outlets = dag.definition.tasks.find(({ taskId }) => taskId === task.taskId)?.outlets ?? [];
	const events = world.airflow.newer.assetEvents;
	for (const asset of outlets) {
		// The history has the runs that earlier events started.
		const isPast = time < world.startedAt;
		const started = (isPast ? [] : [...world.airflow.dags.values()])
			.filter(other => other.definition.scheduledBy?.includes(asset) && !other.isPaused)
			.map(other => {
				const { dagId } = other.definition;
				const runId = assetRunId(time);
				return createRun(world, other, { dagId, runId, runType: 'asset_triggered' });
			});
		events.push({ id: events.length + 1, asset, time, task, started });
	}
}

/** The question of this try of a task, if it has to wait for an answer; asked where it was not yet. */
export function questionOf(world: World, dag: Dag, task: TaskInstance): QuestionRow | undefined {
	const asks = dag.definition.tasks.find(({ taskId }) => taskId === task.taskId)?.asks;
	if (asks === undefined || world.airflow.generation === '2') return undefined;
	const { questions } = world.airflow.newer;
	const asked = questions.find(question => question.task === task);
	if (asked?.answer !== undefined) return undefined;
	if (asked !== undefined) return asked;
	const question: QuestionRow = { task, asks, createdAt: world.time };
	questions.push(question);
	return question;
}

/** The dates of the schedule within a range, until now, ms since the epoch. */
function datesBetween({ definition }: Dag, from: number, to: number, now: number): number[] {
	const { schedule, startDate } = definition;
	const step = intervalOf(schedule);
	const phase = phaseOf(definition);
	const first = phase + Math.ceil((Math.max(from, startDate) - phase) / step) * step;
	const dates: number[] = [];
	for (let at = first; at <= Math.min(to, now); at += step) if (isWorkday(schedule, at)) dates.push(at);
	return dates;
}

/** One of the times at which a schedule is due: of a cron expression by its minute and hour. */
function phaseOf({ schedule, startDate }: Dag['definition']): number {
	const [, minute, hour] = /^(\d+) (\d+|\*)/.exec(schedule.kind === 'cron' ? schedule.expression : '') ?? [];
	return minute === undefined ? startDate : (Number(minute) + 60 * (hour === '*' ? 0 : Number(hour))) * MINUTE;
}

/** Monday to Friday where the expression ends so. */
const isWorkday = (schedule: Dag['definition']['schedule'], at: number): boolean =>
	schedule.kind !== 'cron' || !schedule.expression.endsWith(' 1-5') || ![0, 6].includes(new Date(at).getUTCDay());

export type BackfillWanted = Pick<BackfillRow, 'from' | 'to' | 'reprocess'>;

/** The dates that a backfill runs (airflow/models/backfill.py, `_do_dry_run`). */
export function plannedDates(world: World, dag: Dag, { from, to, reprocess }: BackfillWanted): number[] {
	const again: Readonly<Record<string, readonly string[]>> = { failed: ['failed'], completed: ['success', 'failed'] };
	return datesBetween(dag, from, to, world.time).filter(date => {
		const run = runAt(world, dag, date);
		return run === undefined || (again[reprocess] ?? []).includes(run.state);
	});
}

const runAt = (world: World, dag: Dag, date: number): DagRun | undefined =>
	world.airflow.runs.find(
		run => run.dagId === dag.definition.dagId && run.logicalDate === date && run.runType !== 'manual',
	);

export function createBackfill(
	world: World,
	dag: Dag,
	wanted: BackfillWanted & Pick<BackfillRow, 'maxActiveRuns'> & { readonly isBackwards: boolean },
): BackfillRow {
	const { backfills } = world.airflow.newer;
	const { dagId } = dag.definition;
	const { isBackwards, ...named } = wanted;
	const row: BackfillRow = {
		...named,
		id: backfills.length + 1,
		dagId,
		createdAt: world.time,
		isPaused: false,
		updatedAt: world.time,
	};
	backfills.push(row);
	const dates = plannedDates(world, dag, wanted);
	for (const date of isBackwards ? dates.toReversed() : dates) {
		const there = runAt(world, dag, date);
		if (there !== undefined) clearTasks(world, dag, there.tasks, true);
		const made = { dagId, runId: `backfill__${pythonTime(date)}`, logicalDate: date, runType: 'backfill' } as const;
		const run = there ?? createRun(world, dag, made);
		run.runType = 'backfill';
		run.backfillId = row.id;
	}
	return row;
}

/** Its queued runs fail, those that run go on. */
export function cancelBackfill(world: World, row: BackfillRow): void {
	row.isPaused = true;
	row.updatedAt = world.time;
	row.completedAt = world.time;
	for (const run of runsOfBackfill(world, row)) {
		if (run.state !== 'queued') continue;
		run.state = 'failed';
		run.endedAt = world.time;
		run.updatedAt = world.time;
	}
}

const runsOfBackfill = (world: World, { id }: BackfillRow): DagRun[] =>
	world.airflow.runs.filter(run => run.backfillId === id);

/** Whether a queued run of a backfill may start now. */
export function mayStart(world: World, run: DagRun): boolean {
	const row = world.airflow.newer.backfills.find(({ id }) => id === run.backfillId);
	if (row === undefined) return true;
	const active = runsOfBackfill(world, row).filter(({ state }) => state === 'running').length;
	return !row.isPaused && active < row.maxActiveRuns;
}

/** Completes the backfills whose runs have ended. */
export function completeBackfills(world: World): void {
	for (const row of world.airflow.newer.backfills) {
		if (row.completedAt !== undefined || !runsOfBackfill(world, row).every(({ state }) => hasEnded(state))) continue;
		row.completedAt = world.time;
		row.updatedAt = world.time;
	}
}
