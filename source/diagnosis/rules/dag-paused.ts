import type { DagRun } from '../../model/airflow/pipeline.ts';
import { waitsToBeginSince } from '../../model/airflow/queued-runs.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { thresholds } from '../thresholds.ts';
import { waitersOf } from '../waiting/waiters.ts';

/** DAG runs of a paused DAG: queued ones do not start, running ones do not progress. */
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
	// Right after a trigger the DAG may be about to be unpaused.
	const now = facts.now + clockAheadMs;
	const since = waitsToBeginSince(state, run, clockAheadMs, false);
	if (run.runType === 'manual' && run.logicalDate !== null && now - run.logicalDate < thresholds.pageFailingMs)
		return null;
	return [
		{
			...common(dag, run),
			severity: 'critical',
			since,
			title: say('paused.dag.title', { dag, count: waiting.length }),
			evidence: since === null ? [] : [evidence(say('paused.dag.evidence', { run: run.dagRunId, age: now - since }))],
			reason: say('paused.dag.reason'),
		},
	];
}

/** The DAG was paused during a DAG run, perhaps on purpose: the DAG run continues once it is unpaused. */
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
		breaks: [`dag ${dag}` as const],
	};
}
