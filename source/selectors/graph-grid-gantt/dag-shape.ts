import type { DagTask } from '../../model/airflow/pipeline.ts';
import { memoised } from '../memo.ts';

/** A task or a task group of a DAG. */
export type ShapeNode = {
	/** The task's id, or `group ID`: ids of Airflow have no spaces. */
	readonly id: string;
	/** Its name within its group. */
	readonly label: string;
	/** Id of the group around it. */
	readonly parent: string | null;
	readonly isGroup: boolean;
	readonly isMapped: boolean;
	/** It makes ready what other tasks need, or cleans up after them whatever their outcome. */
	readonly role: 'setup' | 'teardown' | null;
	/** Its trigger rule, unless it is the usual one or follows from its role. */
	readonly triggerRule: string | null;
};

/** What a DAG looks like, without the state of a run. */
export type DagShape = {
	/** Groups before what is in them; tasks in the order of execution. */
	readonly nodes: readonly ShapeNode[];
	/** Ids of tasks: upstream, downstream. */
	readonly edges: readonly (readonly [from: string, to: string])[];
};

/** The id of a task group among the nodes. */
export const groupNode = (groupId: string): string => `group ${groupId}`;

/**
 * The shape of a DAG. Where Airflow has not said which groups a task is in, its id does: a group prefixes the ids of its
 * tasks by default (`ingest.orders`; airflow/utils/task_group.py, `prefix_group_id`). A dot may also be part of a plain
 * task id: only the prefix of a known group, or one that several such tasks share, counts.
 * @param tasks definitions of the DAG
 * @param listed tasks of the run in the order of execution, also those that the DAG no longer has, one a line
 */
export const dagShape = memoised((tasks: readonly DagTask[], listed: string): DagShape => {
	const taskIds = listed === '' ? [] : [...new Set(listed.split('\n'))];
	const known = new Map(tasks.map(task => [task.taskId, task]));
	const groupsOf = groupFinder(taskIds, known);
	const groups = new Map<string, ShapeNode>();
	const nodes = taskIds.map((id): ShapeNode => {
		let parent: string | null = null;
		for (const groupId of groupsOf(id)) {
			if (!groups.has(groupId)) groups.set(groupId, groupShape(groupId, parent));
			parent = groupId;
		}
		const task = known.get(id);
		return {
			id,
			label: withoutGroup(id, parent),
			parent: parent === null ? null : groupNode(parent),
			isGroup: false,
			isMapped: task?.isMapped ?? false,
			...special(task),
		};
	});
	const shown = new Set(taskIds);
	const edges = tasks.flatMap(({ taskId, downstreamTaskIds }) =>
		[...new Set(downstreamTaskIds)]
			.filter(id => id !== taskId && shown.has(id) && shown.has(taskId))
			.map(id => [taskId, id] as const),
	);
	return { nodes: [...groups.values(), ...nodes], edges };
}, 4);

function groupShape(groupId: string, parent: string | null): ShapeNode {
	return {
		id: groupNode(groupId),
		label: withoutGroup(groupId, parent),
		parent: parent === null ? null : groupNode(parent),
		isGroup: true,
		isMapped: false,
		role: null,
		triggerRule: null,
	};
}

/** Ids of the groups around a task, the outermost first. */
function groupFinder(
	taskIds: readonly string[],
	known: ReadonlyMap<string, DagTask>,
): (id: string) => readonly string[] {
	const exact = new Set<string>();
	const members = new Map<string, number>();
	for (const id of taskIds) {
		const groupIds = known.get(id)?.groupIds;
		for (const groupId of groupIds?.slice(0, deepest) ?? []) exact.add(groupId);
		if (groupIds) continue;
		for (const prefix of prefixesOf(id)) members.set(prefix, (members.get(prefix) ?? 0) + 1);
	}
	return id =>
		known.get(id)?.groupIds?.slice(0, deepest) ??
		prefixesOf(id).filter(prefix => exact.has(prefix) || (members.get(prefix) ?? 0) > 1);
}

/** Groups within groups; deeper ones, which nobody could read, are part of the names. */
const deepest = 20;

function prefixesOf(id: string): string[] {
	const parts = id.split('.', deepest + 1);
	return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** The id without the prefix of its group, which not every group gives. */
function withoutGroup(id: string, group: string | null): string {
	const prefix = `${group}.`;
	return group !== null && id.startsWith(prefix) && id !== prefix ? id.slice(prefix.length) : id;
}

/** Only teardowns have the rule all_done_setup_success: airflow/models/baseoperator.py refuses it for other tasks. */
function special(task: DagTask | undefined): Pick<ShapeNode, 'role' | 'triggerRule'> {
	const { role, triggerRule: rule } = task ?? {};
	if (rule === 'all_done_setup_success') return { role: 'teardown', triggerRule: null };
	return { role: role ?? null, triggerRule: rule === undefined || rule === 'all_success' ? null : rule };
}

/** The id of the task group that a node stands for. */
export const groupId = (node: string): string => node.slice('group '.length);
