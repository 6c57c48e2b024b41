import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { readLog } from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** A DAG run that has ended while its tasks wait: they were cleared without the DAG run. */
export const clearedNotReset: Rule = {
	name: 'cleared not reset',
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
