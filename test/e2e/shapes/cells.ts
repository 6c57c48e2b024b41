/**
 * A run as cells, each a name and a text: once out of the documents that laketop prints, once out of Airflow's own answers.
 * They have to be the same, cell by cell.
 */
import type * as z from 'zod/mini';
import type { documents } from '../../../source/command-line/json/documents.ts';
import type { Instance, Square, Truth } from './airflow-truth.ts';

export type Cells = ReadonlyMap<string, string>;
type Document<Name extends keyof typeof documents> = z.infer<(typeof documents)[Name]>;

/** Cells that differ, or that only one of them has. */
export function differences(laketop: Cells, airflow: Cells): string[] {
	return [...new Set([...airflow.keys(), ...laketop.keys()])].flatMap(name =>
		laketop.get(name) === airflow.get(name)
			? []
			: `${name}: laketop ${laketop.get(name) ?? 'has none'} | Airflow ${airflow.get(name) ?? 'has none'}`,
	);
}

const shown = (fields: Readonly<Record<string, unknown>>) =>
	Object.entries(fields)
		.map(([name, value]) => `${name}=${value}`)
		.join(' ');
/** To the ms, as laketop has them. */
const ms = (time: string | null) => (time === null ? null : Date.parse(time));
const least = (times: readonly (number | null)[]) => {
	const known = times.filter(time => time !== null);
	return known.length === 0 ? null : Math.min(...known);
};
const most = (times: readonly (number | null)[]) => {
	const known = times.filter(time => time !== null);
	return known.length === 0 ? null : Math.max(...known);
};

const over = new Set(['success', 'failed', 'skipped', 'upstream_failed', 'removed']);
/** Airflow gives the time of the decision to those that never ran. */
const undone = new Set<string | null>(['skipped', 'upstream_failed', 'removed', null]);
const hasRun = ({ state, start_date, end_date }: Instance) =>
	!undone.has(state) && start_date !== null && (end_date !== null || state === 'running');

/**
 * The number of the last try that has started. Airflow 2.8 counts a try that is rescheduled or deferred one less
 * (airflow/models/taskinstance.py, `_try_number`), Airflow 3 counts one that is only scheduled.
 */
function tries({ generation }: Truth, { state, try_number, start_date }: Instance): number {
	if (generation === 2) return state === 'up_for_reschedule' || state === 'deferred' ? try_number + 1 : try_number;
	const isAhead = (state === 'scheduled' || state === 'queued') && start_date === null;
	return isAhead ? Math.max(0, try_number - 1) : try_number;
}

const byTask = (truth: Truth) => {
	const instances = Map.groupBy(truth.instances, ({ task_id }) => task_id);
	const ids = new Set([...truth.defined.map(({ task_id }) => task_id), ...instances.keys()]);
	return [...ids].map(id => [id, instances.get(id) ?? []] as const);
};

export const tasksCells = {
	laketop: ({ tasks, run }: Document<'tasks'>): Cells =>
		new Map([
			['run', `state=${run?.state}`],
			...tasks.map((one): [string, string] => [
				`${one.task_id}[${one.map_index}]`,
				shown({
					...{ state: one.state, try: one.try_number, max: one.max_tries, host: one.hostname, pool: one.pool },
					...{ queued: ms(one.queued_at), started: ms(one.started_at), ended: ms(one.ended_at) },
					...(one.ended_at === null ? {} : { took: one.elapsed_ms }),
				}),
			]),
		]),
	airflow: (truth: Truth): Cells =>
		new Map([
			['run', `state=${truth.run.state}`],
			...truth.instances.map((one): [string, string] => [
				`${one.task_id}[${one.map_index}]`,
				shown({
					...{ state: one.state, try: tries(truth, one), max: one.max_tries, host: one.hostname ?? '', pool: one.pool },
					...{ queued: ms(one.queued_when), started: ms(one.start_date), ended: ms(one.end_date) },
					...(one.end_date === null
						? {}
						: { took: undone.has(one.state) || one.duration === null ? null : Math.round(one.duration * 1000) }),
				}),
			]),
		]),
};

const counted = (states: Iterable<readonly [string | null, number]>) =>
	[...states]
		.map(([state, count]) => `${state}:${count}`)
		.toSorted()
		.join(',');

export const graphCells = {
	laketop: ({ tasks, groups, has_edges }: Document<'graph'>): Cells => {
		const around = new Map(groups.map(({ group_id, parent_group_id }) => [group_id, parent_group_id]));
		const path = (group: string | null): string[] =>
			group === null ? [] : [...path(around.get(group) ?? null), group];
		return new Map([
			['edges', String(has_edges || tasks.length === 0)],
			...tasks.map((one): [string, string] => [
				one.task_id,
				shown({
					states: counted(one.states.map(({ state, instances }) => [state, instances])),
					downstream: one.downstream_task_ids.toSorted(),
					...{ rule: one.trigger_rule, operator: one.operator, mapped: one.is_mapped, role: one.role },
					groups: path(one.group_id).join('>'),
				}),
			]),
		]);
	},
	airflow: (truth: Truth): Cells => {
		const defined = new Map(truth.defined.map(one => [one.task_id, one]));
		return new Map([
			['edges', 'true'],
			...byTask(truth).map(([id, instances]): [string, string] => {
				const definition = defined.get(id);
				const place = truth.places.get(id);
				const states = Map.groupBy(instances, ({ state }) => state);
				return [
					id,
					shown({
						states: counted([...states].map(([state, those]) => [state, those.length])),
						downstream: (definition?.downstream_task_ids ?? []).toSorted(),
						...{ rule: definition?.trigger_rule ?? null, operator: definition?.operator_name ?? null },
						...{ mapped: place?.isMapped ?? false, role: place?.role ?? null },
						// A task that the DAG no longer has is in the group that its name says.
						groups: (place?.groups ?? id.split('.').slice(0, -1)).join('>'),
					}),
				];
			}),
		]);
	},
};

export const ganttCells = {
	laketop: ({ run, tasks, from }: Document<'gantt'>): Cells =>
		new Map([
			[
				'run',
				shown({
					state: run?.state,
					started: ms(run?.started_at ?? null),
					ended: ms(run?.ended_at ?? null),
					from: ms(from),
				}),
			],
			...tasks.map((one): [string, string] => [
				one.task_id,
				shown({
					...{ instances: one.instances, try: one.try_number },
					...{ queued: ms(one.queued_at), started: ms(one.started_at), ended: ms(one.ended_at) },
				}),
			]),
		]),
	airflow: (truth: Truth): Cells => {
		const started = ms(truth.run.start_date);
		return new Map([
			['run', shown({ state: truth.run.state, started, ended: ms(truth.run.end_date), from: started })],
			...byTask(truth).map(([id, instances]): [string, string] => {
				const [first, ...others] = instances;
				const ran = instances.filter(hasRun);
				const isOver = instances.length > 0 && instances.every(({ state }) => over.has(state ?? ''));
				return [
					id,
					shown({
						instances: instances.length,
						try: first && others.length === 0 ? tries(truth, first) : 0,
						queued: least(instances.map(({ state, queued_when }) => (state === null ? null : ms(queued_when)))),
						started: least(ran.map(({ start_date }) => ms(start_date))),
						ended: isOver ? most(ran.map(({ end_date }) => ms(end_date))) : null,
					}),
				];
			}),
		]);
	},
};

/** The cells of one run in the grid, with the state that Airflow's grid gives a task with several instances. */
export const gridCells = {
	laketop: ({ runs }: Document<'grid'>, dagRunId: string): Cells => {
		const column = runs.find(({ run }) => run.dag_run_id === dagRunId);
		return new Map([
			['run', `state=${column?.run.state}`],
			...(column?.tasks ?? []).map((one): [string, string] => [
				one.task_id,
				shown({
					...{ state: one.state, instances: one.instances, failed: one.failed_instances, try: one.try_number },
					started: ms(one.started_at),
				}),
			]),
		]);
	},
	airflow: (truth: Truth, squares: ReadonlyMap<string, Square>): Cells =>
		new Map([
			['run', `state=${truth.run.state}`],
			...byTask(truth).flatMap(([id, instances]): [string, string][] => {
				const [first] = instances;
				if (!first) return [];
				// A task that the DAG no longer has is no square of Airflow 2.
				const square = squares.get(id);
				const failed = instances.filter(({ state }) => state === 'failed').length;
				return [
					[
						id,
						shown({
							...{ state: square ? square.state : first.state, instances: instances.length, failed },
							try: Math.max(...instances.map(one => tries(truth, one))),
							started: least(instances.map(({ start_date }) => ms(start_date))),
						}),
					],
				];
			}),
		]),
};

/** Counts of a mapped task by state in Airflow's grid against the instances of its API: the truth agrees with itself. */
export function squareCounts(truth: Truth, squares: ReadonlyMap<string, Square>): string[] {
	return byTask(truth).flatMap(([id, instances]) => {
		const { states } = squares.get(id) ?? {};
		if (!states || instances.length === 0) return [];
		const those = Map.groupBy(instances, ({ state }) => state ?? 'none');
		const own = counted([...those].map(([state, some]) => [state, some.length]));
		const page = counted(
			Object.entries(states).map(([state, count]) => [state === 'no_status' ? 'none' : state, count]),
		);
		return own === page ? [] : `${id}: API ${own} | page ${page}`;
	});
}

/** What is wrong with the critical path: it has to be a path of the graph, and to end with the task that ended last. */
export function pathProblems({ tasks }: Document<'gantt'>, { tasks: defined }: Document<'graph'>): string[] {
	const followers = new Map(defined.map(one => [one.task_id, one.downstream_task_ids]));
	const path = tasks.filter(one => one.is_critical);
	const last = most(tasks.map(one => ms(one.ended_at)));
	const end = path.at(-1);
	const problems = path.flatMap((one, index) => {
		const next = path[index + 1];
		return !next || followers.get(one.task_id)?.includes(next.task_id) ? [] : `${next.task_id} after ${one.task_id}`;
	});
	return end && ms(end.ended_at) !== last ? [...problems, `${end.task_id} did not end last`] : problems;
}

/** Tasks that come before one of those they wait for. */
export function orderProblems({ tasks }: Document<'graph'>): string[] {
	const position = new Map(tasks.map(({ task_id }, index) => [task_id, index]));
	return tasks.flatMap(({ task_id, downstream_task_ids: ids }, index) =>
		ids.filter(id => (position.get(id) ?? 0) < index).map(id => `${id} before ${task_id}`),
	);
}
