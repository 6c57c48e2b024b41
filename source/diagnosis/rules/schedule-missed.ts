import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { sayer } from '../../words/message.ts';
import { evidence, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'late.title': ['{dag} missed its schedule', '{dag}이(가) 예정된 시각에 시작되지 않았습니다'],
	'late.evidence': ['Due at {at:time}, {late:duration} ago', '예정 시각 {at:time}, {late:duration} 경과'],
	'late.active.cause': [
		'It has reached its limit of active DAG runs (max_active_runs)',
		'동시에 허용된 실행 수(max_active_runs)만큼 이미 실행 중입니다',
	],
	'late.cause': ['The scheduler has not created the DAG run', '스케줄러가 DAG 실행을 생성하지 않았습니다'],
	'late.reason': [
		'The DAG is not paused and is overdue, but Airflow still lists that DAG run as next',
		'DAG는 일시 중지 상태가 아니고 예정 시각이 지났지만 Airflow는 여전히 그 실행을 예정 상태로 두고 있습니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A DAG that is overdue. */
export const scheduleMissed: Rule = {
	name: 'schedule missed',
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		const now = facts.now + facts.clockAheadMs;
		return (facts.state.dags ?? []).flatMap(({ dagId: dag, isPaused, isActive, hasImportErrors, nextRunAt: at }) => {
			if (isPaused || !isActive || at === null || now - at < thresholds.scheduleLateMs) return [];
			const runs = facts.state.dagRuns[dag] ?? [];
			const isBusy = runs.some(isActiveRun);
			const scheduler = facts.of('scheduler');
			return [
				{
					subject: dag,
					severity: isBusy ? ('warning' as const) : ('critical' as const),
					since: at,
					title: say('late.title', { dag }),
					evidence: [evidence(say('late.evidence', { at, late: now - at }))],
					cause: isBusy ? say('late.active.cause') : say('late.cause'),
					reason: say('late.reason'),
					impact: [say('impact.schedule', { dag })],
					fixes: [
						...(scheduler && !isBusy ? [restart(scheduler)] : []),
						look(say('fix.read source'), 'source', dag, { dagId: dag }),
					],
					breaks: [],
					dependsOn: [
						'scheduler' as const,
						'database' as const,
						'migration' as const,
						`dag ${dag}` as const,
						...(hasImportErrors ? (['dag file'] as const) : []),
						'slots' as const,
						'worker' as const,
						'broker' as const,
					],
				},
			];
		});
	},
};
