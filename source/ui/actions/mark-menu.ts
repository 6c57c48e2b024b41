import { planMarkRun } from '../../operations/dag-runs/mark-run.ts';
import { cannotSkip, planMarkTasks } from '../../operations/dag-runs/mark-tasks.ts';
import { together } from '../../operations/plan/together.ts';
import { phrase } from '../../words/message.ts';
import type { Choice, Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { factsOf, noRun, plainTarget, targetOf } from './run-targets.ts';
import { cannot, planned } from './step.ts';
import { isAtTasks, targetRuns, targetTaskIds } from './targets.ts';

/** Asks which state the marked or selected tasks, or DAG runs, get, and plans it. */
export function markMenu(context: StepContext): Effect {
	const { say } = context;
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot(say(noRun));
	const taskIds = isAtTasks(context.view) ? targetTaskIds(context) : [];
	const target = taskIds.length > 0 ? taskIds.join(', ') : targetOf(context, runs);
	const unable = cannotSkip(context.state);
	const choices: Choice[] = [
		{
			id: 'success',
			key: 's',
			label: say(['success', '성공']),
			hint:
				taskIds.length > 0
					? say(['downstream tasks can start', '다운스트림 작업을 시작할 수 있음'])
					: say([
							'all tasks become success; running tasks are terminated',
							'모든 작업이 성공이 되고 실행 중인 작업은 종료됨',
						]),
		},
		{
			id: 'failed',
			key: 'f',
			label: say(['failed', '실패']),
			hint: say(['running tasks are terminated', '실행 중인 작업은 종료됨']),
		},
		...(taskIds.length > 0
			? [
					{
						id: 'skipped',
						key: 'p',
						label: say(['skipped', '건너뜀']),
						hint: '',
						...(unable ? { refused: say(['{unable}', '{unable}'], { unable }) } : {}),
					},
				]
			: []),
	];
	return {
		kind: 'choose',
		question: {
			title: say(['Mark {target} as', '{target} 상태 지정'], { target }),
			filters: false,
			choices,
			next: id => {
				const { dagId, dagRunId } = run;
				if (taskIds.length > 0) {
					const state = id === 'success' ? 'success' : id === 'skipped' ? 'skipped' : 'failed';
					return planned(planMarkTasks(factsOf(context), { dagId, dagRunId, taskIds, state }));
				}
				const state = id === 'success' ? 'success' : 'failed';
				const plans = runs.map(one =>
					planMarkRun(factsOf(context), { dagId: one.dagId, dagRunId: one.dagRunId, state }),
				);
				return planned(
					together(
						phrase(['mark {what} {state}', '{what} 상태를 {state}으로(로) 지정'], { what: plainTarget(runs), state }),
						plans,
					),
				);
			},
		},
	};
}
