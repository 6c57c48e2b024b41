import type { DagTask } from '../../model/airflow/pipeline.ts';
import type { StateLook, Tone } from '../../model/airflow/task-state.ts';
import type { ShownPipeline, Stage } from '../dag-runs/shown-pipeline.ts';
import { isMapped, type StateCount, stageElapsedMs, stateCounts } from '../dag-runs/stage-summary.ts';
import { type DagShape, dagShape } from './dag-shape.ts';

/** A task of the graph, as the shown run has it. */
export type GraphTask = {
	readonly taskId: string;
	readonly look: StateLook;
	/** Of a task with several instances: how many are in which state. */
	readonly counts: readonly StateCount[] | null;
	/** ms; null before it has started. */
	readonly elapsedMs: number | null;
	/** 0 before the first try, and for several instances. */
	readonly tryNumber: number;
	readonly operator: string | null;
	/** `all_success` unless the DAG says otherwise; null: unknown. */
	readonly triggerRule: string | null;
};

/** The graph of a DAG in the state of a run. */
export type RunGraph = {
	readonly shape: DagShape;
	/** False: Airflow has no definition of the DAG, so that its edges are unknown. */
	readonly hasEdges: boolean;
	readonly tasks: ReadonlyMap<string, GraphTask>;
	/** How many tasks of a group, also in groups inside it, are in which state; by the id of its node. */
	readonly groups: ReadonlyMap<string, readonly StateCount[]>;
	/** What happens now: a task that runs, else one that waits or has failed, else the one that ran last. */
	readonly now: string | null;
};

const noTasks: readonly DagTask[] = [];

/** The shape alone: the same definitions and tasks give the same object, whatever their states. */
export function shapeOf({ stages }: Pick<ShownPipeline, 'stages'>, tasks: readonly DagTask[] | undefined): DagShape {
	return dagShape(tasks ?? noTasks, stages.map(({ taskId }) => taskId).join('\n'));
}

/** @param tasks definitions of the DAG; undefined: unknown */
export function runGraph(
	pipeline: Pick<ShownPipeline, 'stages'>,
	tasks: readonly DagTask[] | undefined,
	now: number,
): RunGraph {
	const shape = shapeOf(pipeline, tasks);
	const known = new Map((tasks ?? noTasks).map(task => [task.taskId, task]));
	const graphTasks = new Map(
		pipeline.stages.map((stage): [string, GraphTask] => {
			const { taskId, look, shown, hasRunEnded } = stage;
			const task = known.get(taskId);
			return [
				taskId,
				{
					taskId,
					look,
					counts: isMapped(stage) ? stateCounts(stage, hasRunEnded) : null,
					elapsedMs: stageElapsedMs(stage, now),
					tryNumber: isMapped(stage) ? 0 : (shown?.tryNumber ?? 0),
					operator: task?.operator ?? null,
					triggerRule: task?.triggerRule ?? null,
				},
			];
		}),
	);
	return {
		shape,
		hasEdges: tasks !== undefined,
		tasks: graphTasks,
		groups: groupCounts(shape, graphTasks),
		now: happensNow(pipeline.stages),
	};
}

/** States of tasks by what an operator looks for; the rest follows in the order of the tasks. */
const order: readonly Tone[] = ['bad', 'warning', 'active', 'good'];

/** @param tasks by id, of all tasks of the shape */
export function groupCounts(
	{ nodes }: DagShape,
	tasks: ReadonlyMap<string, Pick<GraphTask, 'look'>>,
): ReadonlyMap<string, readonly StateCount[]> {
	const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
	const counts = new Map<string, Map<string, { look: StateLook; count: number }>>();
	for (const { id, isGroup } of nodes) {
		const look = tasks.get(id)?.look;
		if (isGroup || !look) continue;
		for (let group = parents.get(id) ?? null; group !== null; group = parents.get(group) ?? null) {
			const states = counts.get(group) ?? new Map();
			counts.set(group, states);
			const [word] = look.word;
			const found = states.get(word);
			if (found) found.count++;
			else states.set(word, { look, count: 1 });
		}
	}
	const rank = ({ look }: StateCount) => (order.includes(look.tone) ? order.indexOf(look.tone) : order.length);
	return new Map(
		[...counts].map(([group, states]) => [group, [...states.values()].toSorted((a, b) => rank(a) - rank(b))]),
	);
}

const happening: readonly (readonly string[])[] = [
	['running', 'restarting'],
	['awaiting_input', 'up_for_retry', 'deferred', 'queued', 'up_for_reschedule', 'scheduled'],
	['failed'],
];

function happensNow(stages: readonly Stage[]): string | null {
	for (const states of happening) {
		const found = stages.find(({ shown }) => shown?.state && states.includes(shown.state));
		if (found) return found.taskId;
	}
	const ran = stages.filter(({ shown }) => shown?.startedAt);
	const last = ran.reduce<Stage | undefined>(
		(latest, stage) => ((stage.shown?.startedAt ?? 0) >= (latest?.shown?.startedAt ?? 0) ? stage : latest),
		undefined,
	);
	return (last ?? stages[0])?.taskId ?? null;
}
