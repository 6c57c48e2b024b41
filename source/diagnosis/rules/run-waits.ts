import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { waitsToBeginSince } from '../../model/airflow/queued-runs.ts';
import { sayer } from '../../words/message.ts';
import { evidence, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';
import { waitDependencies } from './task-waits.ts';

const texts = {
	'run queued.title': ['DAG run {run} does not start', 'DAG 실행 {run}이(가) 시작되지 않습니다'],
	'run queued.cause': [
		'{dag} has reached its limit of active DAG runs (max_active_runs)',
		'{dag}에 허용된 동시 실행 수(max_active_runs)만큼 이미 실행 중입니다',
	],
	'run queued.scheduler.cause': ['The scheduler does not start it', '스케줄러가 실행을 시작하지 않습니다'],
	'run queued.reason': [
		'The DAG is not paused, and {active} of its DAG runs {active|is|are} running',
		'DAG는 일시 중지 상태가 아니며 현재 {active}건이 실행 중입니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A DAG run that stays queued although its DAG is not paused. */
export const runWaits: Rule = {
	name: 'run waits',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		const { state, isAirflowLive } = facts;
		if (!isAirflowLive) return [];
		return (state.dags ?? []).flatMap(({ dagId: dag, isPaused, maxActiveRuns: limit = null }) => {
			const runs = (state.dagRuns[dag] ?? []).filter(isActiveRun);
			const [run] = runs
				.filter(one => one.state === 'queued')
				.toSorted((a, b) => (a.logicalDate ?? 0) - (b.logicalDate ?? 0));
			// Airflow 2.8 does not report when it was queued; only for a manual DAG run it can be derived.
			const since = run?.runType === 'manual' ? waitsToBeginSince(state, run, facts.clockAheadMs, true) : null;
			if (isPaused || !run || since === null) return [];
			const now = facts.now + facts.clockAheadMs;
			const age = now - since;
			// It may have waited for the limit until another DAG run ended; its turn came only then.
			const freedAt = Math.max(since, ...(state.dagRuns[dag] ?? []).map(({ endedAt }) => endedAt ?? 0));
			if (now - freedAt < thresholds.runQueuedTooLongMs) return [];
			const active = runs.filter(one => one.state === 'running').length;
			const isLimited = limit === null ? active > 0 : active >= limit;
			const scheduler = facts.of('scheduler');
			return [
				{
					subject: `${dag}/${run.dagRunId}`,
					// The limit is there to run DAG runs one after the other.
					severity: isLimited ? ('notice' as const) : ('critical' as const),
					since,
					title: say('run queued.title', { run: run.dagRunId }),
					evidence: [evidence(say('queued.evidence', { state: 'queued', age }))],
					cause: isLimited ? say('run queued.cause', { dag }) : say('run queued.scheduler.cause'),
					reason: say('run queued.reason', { active }),
					impact: [say('impact.run', { run: run.dagRunId })],
					fixes: [
						look(say('fix.read source'), 'source', dag, { dagId: dag }),
						...(scheduler && !isLimited ? [restart(scheduler)] : []),
					],
					breaks: [`run ${dag}/${run.dagRunId}` as const],
					dependsOn: [...waitDependencies(facts, 'default_pool', dag), 'dag file' as const],
				},
			];
		});
	},
};
