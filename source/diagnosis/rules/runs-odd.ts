import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readLog } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'zombie.title': ['Airflow detected zombie tasks', 'Airflow가 좀비 작업을 감지했습니다'],
	'zombie.cause': [
		'Their worker disappeared: it was killed, restarted or disconnected',
		'실행 중이던 워커가 강제 종료, 재시작 또는 단절되어 사라졌습니다',
	],
	'zombie.reason': [
		'The scheduler logged that it received no heartbeats from these tasks',
		'스케줄러가 해당 작업의 하트비트를 받지 못했다고 기록했습니다',
	],
	'zombie.impact': [
		'They are retried if they have tries left. Otherwise they fail without a log',
		'재시도 횟수가 남아 있으면 다시 실행되고, 없으면 로그 없이 실패합니다',
	],
	'not reset.title': [
		'DAG run {run} has ended, but some of its tasks are waiting',
		'DAG 실행 {run}은(는) 끝났지만 대기 중인 작업이 남아 있습니다',
	],
	'not reset.evidence': [
		'DAG run state {state}; tasks without a state or waiting: {tasks}',
		'DAG 실행 상태 {state}, 상태가 없거나 대기 중인 작업: {tasks}',
	],
	'not reset.cause': [
		'Tasks were cleared without resetting the DAG run (the API default of reset_dag_runs is false)',
		'DAG 실행을 초기화하지 않고 작업만 재실행(clear)했습니다(API의 reset_dag_runs 기본값은 false)',
	],
	'not reset.reason': [
		'The scheduler processes only DAG runs that are queued or running',
		'스케줄러는 대기 중(queued)이거나 실행 중(running)인 DAG 실행만 처리합니다',
	],
	'not reset.impact': ['These tasks never run', '이 작업들은 실행되지 않습니다'],
	'not reset.fix': ['Clear the whole DAG run', 'DAG 실행 전체를 재실행(clear)하세요'],
	'double.title': ['{dag} was triggered twice at the same time', '{dag}이(가) 동시에 두 번 트리거되었습니다'],
	'double.evidence': ['{first} and {second}, {apart:duration} apart', '{first}, {second} (간격 {apart:duration})'],
	'double.cause': [
		'Two people or programs triggered it at the same time',
		'두 사람 또는 두 프로그램이 같은 DAG를 동시에 트리거했습니다',
	],
	'double.reason': [
		'Both were triggered manually, and both are active',
		'둘 다 수동으로 시작되었고 현재 함께 진행 중입니다',
	],
	'double.impact': ['Both write to the same tables and experiments', '같은 테이블과 실험에 동시에 기록합니다'],
	'double.fix': ['Stop the later DAG run', '나중에 시작된 DAG 실행을 중지하세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** A DAG run that has ended while its tasks wait: they were cleared without the DAG run. */
export const clearedNotReset: Rule = {
	name: 'cleared not reset',
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return Object.entries(facts.state.dagRuns).flatMap(([dagId, runs]) =>
			runs.flatMap(run => {
				if (isActiveRun(run)) return [];
				const tasks = facts.tasksOf(run);
				// Tasks without a try in a stopped DAG run were never started and are not waiting.
				const waiting = tasks.filter(
					({ state, tryNumber }) => (state === null && tryNumber > 0) || state === 'scheduled' || state === 'queued',
				);
				// The end of the DAG run and the last task state arrive with two requests.
				if (waiting.length === 0 || run.endedAt === null) return [];
				// Stopped while cleared tasks were waiting: Airflow failed the running ones.
				if (run.state === 'failed' && tasks.some(({ state }) => state === 'failed' || state === 'upstream_failed'))
					return [];
				if (facts.now + facts.clockAheadMs - run.endedAt < thresholds.startGraceMs) return [];
				const { dagRunId } = run;
				return [
					{
						subject: `${dagId}/${dagRunId}`,
						severity: 'warning' as const,
						since: null,
						title: say('not reset.title', { run: dagRunId }),
						evidence: [
							evidence(
								say('not reset.evidence', {
									state: taskStateText(run.state),
									tasks: waiting.map(({ taskId }) => taskId).join(', '),
								}),
							),
						],
						cause: say('not reset.cause'),
						reason: say('not reset.reason'),
						impact: [say('not reset.impact')],
						fixes: [fix(say('not reset.fix'), { kind: 'clear' as const, dagId, dagRunId, onlyFailed: false })],
					},
				];
			}),
		);
	},
};

/** Two manual DAG runs within seconds of each other. */
export const triggeredTwice: Rule = {
	name: 'triggered twice',
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return Object.entries(facts.state.dagRuns).flatMap(([dag, runs]) => {
			const manual = runs
				.filter(run => run.runType === 'manual' && isActiveRun(run) && run.logicalDate !== null)
				.toSorted((a, b) => (a.logicalDate ?? 0) - (b.logicalDate ?? 0));
			const second = manual.find((run, index) => {
				const before = manual[index - 1];
				return (
					before !== undefined &&
					before.conf === run.conf &&
					(run.logicalDate ?? 0) - (before.logicalDate ?? 0) < thresholds.doubleTriggerMs
				);
			});
			const first = second && manual[manual.indexOf(second) - 1];
			if (!second || !first) return [];
			return [
				{
					subject: dag,
					severity: 'warning' as const,
					since: second.logicalDate,
					title: say('double.title', { dag }),
					evidence: [
						evidence(
							say('double.evidence', {
								first: first.dagRunId,
								second: second.dagRunId,
								apart: (second.logicalDate ?? 0) - (first.logicalDate ?? 0),
							}),
						),
					],
					cause: say('double.cause'),
					reason: say('double.reason'),
					impact: [say('double.impact')],
					fixes: [fix(say('double.fix'), { kind: 'stop run' as const, dagId: dag, dagRunId: second.dagRunId })],
				},
			];
		});
	},
};

/** The scheduler lost the heartbeats of running tasks. */
export const zombies: Rule = {
	name: 'zombies',
	texts,
	find: facts => {
		const [sign] = facts.signs('zombie');
		const scheduler = facts.of('scheduler');
		if (!sign) return [];
		return [
			{
				subject: sign.container,
				severity: 'warning',
				since: sign.firstAt,
				title: say('zombie.title'),
				evidence: [
					evidence(say('evidence.sign', { service: sign.container, count: sign.count }), [sign.line.slice(0, 300)]),
				],
				cause: say('zombie.cause'),
				reason: say('zombie.reason'),
				impact: [say('zombie.impact')],
				fixes: scheduler ? [readLog(scheduler)] : [],
				breaks: [],
				dependsOn: ['worker', 'engine', 'broker', 'database'],
			},
		];
	},
};
