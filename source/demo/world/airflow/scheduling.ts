import type { Dag, DagRun, TaskDefinition, TaskInstance } from './airflow-state.ts';

/** Decisions of the scheduler; pure rules of Airflow 2.8 (ti_deps/deps/trigger_rule_dep.py, models/dagrun.py). */

const ENDED: ReadonlySet<string | null> = new Set(['success', 'failed', 'upstream_failed', 'skipped', 'removed']);

export const hasEnded = (state: string | null): boolean => ENDED.has(state);

/** The next state of a task without a state; `undefined`: it has to wait. */
export function decide(
	dag: Dag,
	run: DagRun,
	task: TaskDefinition,
): 'scheduled' | 'upstream_failed' | 'skipped' | undefined {
	const before = dag.definition.tasks.filter(({ downstream }) => downstream.includes(task.taskId));
	const upstream = before.flatMap(({ taskId }) =>
		run.tasks.filter(instance => instance.taskId === taskId).map(({ state }) => state),
	);
	const failed = upstream.some(state => state === 'failed' || state === 'upstream_failed');
	const allEnded = upstream.every(hasEnded);
	switch (task.triggerRule) {
		case 'all_success':
			if (failed) return 'upstream_failed';
			if (upstream.includes('skipped')) return 'skipped';
			return upstream.every(state => state === 'success') ? 'scheduled' : undefined;
		case 'none_failed_min_one_success':
			if (failed) return 'upstream_failed';
			if (!allEnded) return undefined;
			return upstream.includes('success') ? 'scheduled' : 'skipped';
		case 'all_done':
			return allEnded ? 'scheduled' : undefined;
		case 'all_done_setup_success': {
			if (!allEnded) return undefined;
			const setups = before.filter(({ setup }) => setup).map(({ taskId }) => taskId);
			const states = run.tasks.filter(({ taskId }) => setups.includes(taskId)).map(({ state }) => state);
			if (states.length === 0 || states.includes('success')) return 'scheduled';
			return states.includes('skipped') ? 'skipped' : 'upstream_failed';
		}
	}
}

/** By the tasks at the end of the graph; `undefined` while some task has not finished. */
export function outcomeOf(dag: Dag, run: DagRun): 'success' | 'failed' | undefined {
	if (!run.tasks.every(task => hasEnded(task.state))) return undefined;
	// A teardown, and an edge to one, does not count.
	const tearsDown = ({ triggerRule }: TaskDefinition) => triggerRule === 'all_done_setup_success';
	const teardowns = dag.definition.tasks.filter(tearsDown).map(({ taskId }) => taskId);
	const isLeaf = (task: TaskInstance): boolean => {
		const definition = dag.definition.tasks.find(({ taskId }) => taskId === task.taskId);
		return (
			definition !== undefined && !tearsDown(definition) && definition.downstream.every(id => teardowns.includes(id))
		);
	};
	const failed = run.tasks.filter(isLeaf).some(({ state }) => state === 'failed' || state === 'upstream_failed');
	return failed ? 'failed' : 'success';
}
