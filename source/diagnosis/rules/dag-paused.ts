import type { DagRun } from '../../model/airflow/pipeline.ts';
import { waitsToBeginSince } from '../../model/airflow/queued-runs.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { thresholds } from '../thresholds.ts';
import { waitersOf } from '../waiting/waiters.ts';

const texts = {
	'paused.dag.title': [
		'{dag} is paused, and {count} {count|DAG run waits|DAG runs wait}',
		'{dag}이(가) 일시 중지되어 DAG 실행 {count}건이 대기 중입니다',
	],
	'paused.dag.evidence': ['{run} has been queued for {age:duration}', '{run} 실행이 {age:duration} 동안 대기 중입니다'],
	'paused.dag.cause': [
		'The DAG was paused manually. A trigger does not unpause it',
		'누군가 DAG를 일시 중지했습니다. DAG를 트리거해도 자동으로 해제되지 않습니다',
	],
	'paused.dag.reason': [
		'Airflow shows the DAG as paused. Runs of a paused DAG do not start',
		'Airflow에 일시 중지로 표시되어 있습니다. 일시 중지된 DAG의 실행은 시작되지 않습니다',
	],
	'paused.run.title': ['{dag} is paused while {run} is running', '{run} 실행 중에 {dag}이(가) 일시 중지되었습니다'],
	'paused.run.cause': [
		'The DAG is paused, so no further tasks are queued',
		'DAG가 일시 중지되어 다음 작업이 대기열에 들어가지 않습니다',
	],
	'paused.run.evidence': ['Waiting for {age:duration}: {tasks}', '{age:duration} 동안 대기 중: {tasks}'],
	'paused.run.reason': [
		'Airflow shows the DAG as paused, and nothing else blocks these tasks',
		'Airflow에 일시 중지로 표시되어 있으며 이 작업들을 막는 다른 원인이 없습니다',
	],
	'paused.dag.fix': ['Unpause {dag}', '{dag}의 일시 중지를 해제하세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** DAG runs of a paused DAG: queued ones do not start, running ones do not progress. */
export const dagPaused: Rule = {
	name: 'dag paused',
	isSeenAtOnce: true,
	texts,
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
