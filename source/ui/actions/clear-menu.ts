import { planClear } from '../../operations/dag-runs/clear.ts';
import type { Planned } from '../../operations/plan/plan.ts';
import { together } from '../../operations/plan/together.ts';
import { phrase } from '../../words/message.ts';
import type { Choice, Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { factsOf, noRun, plainTarget, targetOf } from './run-targets.ts';
import { cannot, later, planned } from './step.ts';
import { isAtTasks, targetGroup, targetRuns, targetTaskIds } from './targets.ts';

/** Asks which tasks of the marked or selected DAG runs to clear, and plans it. */
export function clearMenu(context: StepContext): Effect {
	const { clients, signal, say } = context;
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot(say(noRun));
	const taskIds = isAtTasks(context.view) ? targetTaskIds(context) : [];
	const target = targetOf(context, runs);
	const [taskId = ''] = taskIds;
	const group = targetGroup(context);
	const tasks =
		taskIds.length === 1
			? taskId
			: group
				? say(['{count} tasks of {group}', '{group}의 작업 {count}개'], { count: taskIds.length, group: group.name })
				: say(['{count} marked tasks', '선택 표시한 작업 {count}개'], { count: taskIds.length });
	const anyState = say(['in any state', '상태와 관계없이']);
	const choices: Choice[] = [
		{
			id: 'failed',
			key: 'f',
			label: say(['failed tasks', '실패한 작업']),
			hint: say(
				['failed tasks of {target} and the tasks that waited for them', '{target}의 실패한 작업과 이를 기다리던 작업'],
				{
					target,
				},
			),
		},
		...(taskIds.length > 0
			? [
					{ id: 'task', key: 't', label: tasks, hint: anyState },
					{
						id: 'downstream',
						key: 'd',
						label: say(['{tasks} and downstream tasks', '{tasks}과(와) 다운스트림 작업'], { tasks }),
						hint: anyState,
					},
				]
			: []),
		{
			id: 'all',
			key: 'a',
			label: say(['the whole DAG run', 'DAG 실행 전체']),
			hint: say(['all tasks of {target}, from the start', '{target}의 모든 작업, 처음부터'], { target }),
		},
	];
	const plan = async (id: string): Promise<Effect> => {
		const request = {
			taskIds: id === 'task' || id === 'downstream' ? taskIds : null,
			withDownstream: id === 'downstream',
			onlyFailed: id === 'failed',
		};
		const plans: Planned[] = [];
		for (const one of runs) {
			const { dagId, dagRunId } = one;
			plans.push(await planClear(clients, factsOf(context), { dagId, dagRunId, ...request }, signal));
		}
		return planned(together(phrase(['clear {which}', '{which} 재실행(clear)'], { which: plainTarget(runs) }), plans));
	};
	return {
		kind: 'choose',
		question: {
			title: say(['Clear tasks of {target}', '{target}의 작업 재실행(clear)'], { target }),
			filters: false,
			selected: taskIds.length > 0 ? 'task' : 'failed',
			choices,
			next: id => later(plan(id)),
		},
	};
}
