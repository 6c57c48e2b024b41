import type { DagRun } from '../../model/pipeline.ts';
import { waitsToBeginSince } from '../../model/queued-runs.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';
import { waitersOf } from '../waiting/waiters.ts';

/** Runs wait for a DAG that is paused: those that have not begun, and those that stand still within. */
export const dagPaused: Rule = {
	name: 'dag paused',
	isSeenAtOnce: true,
	find: facts => {
		const { state, isAirflowLive } = facts;
		if (!isAirflowLive) return [];
		return (state.dags ?? []).flatMap(({ dagId: dag, isPaused }) => {
			if (!isPaused) return [];
			const runs = state.dagRuns[dag] ?? (state.newestRuns[dag] ? [state.newestRuns[dag]] : []);
			const queued = runs.filter(run => run.state === 'queued');
			const found = queued.length > 0 ? queuedRuns(facts, dag, queued) : null;
			return found ?? standing(facts, dag, runs) ?? [];
		});
	},
};

function queuedRuns(
	{ state, clockAheadMs, ...facts }: DiagnosisFacts,
	dag: string,
	waiting: readonly DagRun[],
): Draft[] | null {
	const [run] = waiting;
	if (!run) return null;
	// A trigger that unpauses first is seen half way.
	const now = facts.now + clockAheadMs;
	const since = waitsToBeginSince(state, run, clockAheadMs, false);
	if (run.runType === 'manual' && run.logicalDate !== null && now - run.logicalDate < thresholds.pageAwayMs)
		return null;
	return [
		{
			...common(dag, run),
			severity: 'bad',
			since,
			title: say('paused.dag.title', { dag, count: waiting.length }),
			evidence: since === null ? [] : [evidence(say('paused.dag.evidence', { run: run.dagRunId, age: now - since }))],
			reason: say('paused.dag.reason'),
		},
	];
}

/** Somebody paused it while a run was under way. That may be meant so: the run goes on when the DAG is unpaused. */
function standing(facts: DiagnosisFacts, dag: string, runs: readonly DagRun[]): Draft[] | null {
	for (const run of runs.filter(({ state }) => state === 'running')) {
		const waiters = waitersOf(facts, run).filter(({ wait }) => wait.reason === 'dag paused');
		const [first] = waiters;
		if (!first) continue;
		const tasks = [...new Set(waiters.map(({ task }) => task.taskId))].join(', ');
		return [
			{
				...common(dag, run),
				severity: 'notice',
				since: null,
				cause: say('paused.run.cause'),
				title: say('paused.run.title', { dag, run: run.dagRunId }),
				evidence: [evidence(say('paused.run.evidence', { tasks, age: facts.now + facts.clockAheadMs - first.since }))],
				reason: say('paused.run.reason'),
			},
		];
	}
	return null;
}

function common(dag: string, run: DagRun) {
	return {
		subject: dag,
		cause: say('paused.dag.cause'),
		impact: [say('impact.run', { run: run.dagRunId })],
		fixes: [fix(say('paused.dag.fix', { dag }), { kind: 'unpause' as const, dagId: dag })],
		takes: [`dag ${dag}` as const],
	};
}
