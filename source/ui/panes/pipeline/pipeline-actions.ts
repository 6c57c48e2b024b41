import { taskName } from '../../../model/task-name.ts';
import { countedStates, mostTellingFirst } from '../../../selectors/names/tasks.ts';
import type { Action, StepContext } from '../../actions/action.ts';
import { cannot, changed } from '../../actions/step.ts';
import { targetInstance, targetStage } from '../../actions/targets.ts';
import type { Effect } from '../../conversation.ts';

/** Chooses one instance of the picked stage, where it is mapped: for its log, to clear or to mark it. */
function chooseInstance(context: StepContext): Effect {
	const stage = targetStage(context);
	if (!stage) return cannot('Pick a task first: Left and Right');
	const instances = mostTellingFirst(stage.instances.filter(({ mapIndex }) => mapIndex >= 0));
	if (instances.length === 0) return cannot(`${stage.taskId} is not mapped: it has one instance`);
	return {
		kind: 'choose',
		question: {
			title: `${stage.taskId}: ${countedStates(instances)}`,
			filters: true,
			selected: targetInstance(context) && taskName(targetInstance(context) ?? { taskId: '', mapIndex: -1 }),
			choices: [
				...instances.map(task => ({
					id: taskName(task),
					label: taskName(task),
					hint: `${task.state?.replaceAll('_', ' ') ?? 'no status'}${task.tryNumber > 1 ? `, try ${task.tryNumber}` : ''}`,
				})),
				{ id: stage.taskId, label: `all of ${stage.taskId}`, hint: `${instances.length} instances` },
			],
			next: instance => changed(view => ({ ...view, taskId: stage.taskId, instance })),
		},
	};
}

export const pipelineActions: readonly Action[] = [
	{
		id: 'choose-instance',
		kind: 'look',
		keys: ['i'],
		label: ['instance', '인스턴스'],
		help: [
			'Choose one instance of a mapped task, failed ones first; actions then apply to it only',
			'매핑된 작업의 인스턴스 선택(실패한 것부터), 이후 동작은 그 인스턴스에만 적용',
		],
		group: 'look',
		places: ['pipeline'],
		begin: chooseInstance,
	},
];
