import { taskName } from '../../../model/airflow/task-name.ts';
import { taskStateLook } from '../../../model/airflow/task-state.ts';
import { isMapped } from '../../../selectors/dag-runs/stage-summary.ts';
import { countedStates, mostRelevantFirst } from '../../../selectors/names/tasks.ts';
import { render } from '../../../words/message.ts';
import type { Action, ActionContext, StepContext } from '../../actions/action.ts';
import { selectTaskFirst } from '../../actions/select-task-first.ts';
import { cannot, changed, later } from '../../actions/step.ts';
import { targetInstance, targetStage } from '../../actions/targets.ts';
import { type Effect, type PipelineViewId, pipelineViews, type ViewState } from '../../conversation.ts';
import { withList } from '../../lists/opened.ts';
import { foldedAll, foldedOne } from './graph-moves.ts';
import { selectedGroup, showsManyRuns, withAllGroups, withGroup } from './grid-window.ts';

function chooseInstance(context: StepContext): Effect {
	const { say } = context;
	const stage = targetStage(context);
	if (!stage) return cannot(selectTaskFirst(context));
	const instances = mostRelevantFirst(stage.instances.filter(({ mapIndex }) => mapIndex >= 0));
	if (instances.length === 0)
		return cannot(
			say(['{taskId} is not mapped: it has one instance', '{taskId} 작업은 매핑되지 않아 인스턴스가 하나입니다'], {
				taskId: stage.taskId,
			}),
		);
	return {
		kind: 'choose',
		question: {
			title: `${stage.taskId}: ${render(countedStates(instances), context.language)}`,
			filters: true,
			selected: targetInstance(context) && taskName(targetInstance(context) ?? { taskId: '', mapIndex: -1 }),
			choices: [
				...instances.map(task => ({
					id: taskName(task),
					label: taskName(task),
					hint: say(task.tryNumber > 1 ? ['{state}, try {n}', '{state}, {n}번째 시도'] : ['{state}', '{state}'], {
						state: say(taskStateLook(task.state).word),
						n: task.tryNumber,
					}),
				})),
				{
					id: stage.taskId,
					label: say(['all of {taskId}', '{taskId} 전체'], stage),
					hint: say(['{n} {n|instance|instances}', '인스턴스 {n}개'], { n: instances.length }),
				},
			],
			next: instance => changed(view => ({ ...view, taskId: stage.taskId, instance })),
		},
	};
}

/** The view in full screen; from the overview, the first after its own. */
function otherView({ view }: ActionContext, by: 1 | -1): ViewState {
	const index = view.zoomed ? pipelineViews.indexOf(view.pipelineView) : 0;
	return shownAs(view, pipelineViews.at((index + by) % pipelineViews.length) ?? 'tasks');
}

/** Folds the selected group, opens the selected task; without a selection the pane in full screen, or back. */
function openSelection(context: StepContext): Effect {
	const { view } = context;
	if (targetStage(context) && !foldedOne(context)) return openTask(context);
	if (!showsManyRuns(view))
		return changed(now => foldedOne({ ...context, view: now }) ?? { ...now, zoomed: !now.zoomed });
	const group = selectedGroup(context);
	if (group) return changed(now => withGroup(now, group));
	return changed(now => shownAs(now, 'tasks'));
}

/** The page of the selected task; of a mapped one without a chosen instance the list of them. */
function openTask(context: StepContext): Effect {
	const stage = targetStage(context);
	if (stage && isMapped(stage) && !targetInstance(context))
		return changed(now => ({ ...withList(now, 'task-instances'), zoomed: now.zoomed, marks: [] }));
	return later(import('../../thread/thread.ts').then(({ selectedTaskPage }) => selectedTaskPage(context)));
}

/** The shown run in full screen, in this view. */
export const shownAs = (view: ViewState, pipelineView: PipelineViewId): ViewState => ({
	...view,
	focus: 'pipeline',
	browse: null,
	zoomed: true,
	pipelineView,
});

export const pipelineActions: readonly Action[] = [
	{
		id: 'next-view',
		kind: 'view',
		verb: 'next view',
		keys: [']'],
		label: ['views', '보기'],
		help: [
			'Show the DAG run in the next view: table, Gantt chart, graph, grid of DAG runs, trend',
			'DAG 실행을 다음 보기로 표시: 표, 간트 차트, 그래프, DAG 실행 그리드, 추이',
		],
		group: 'look',
		places: ['pipeline'],
		inKeyBar: true,
		apply: context => otherView(context, 1),
	},
	{
		id: 'previous-view',
		kind: 'view',
		verb: 'previous view',
		keys: ['['],
		label: ['previous view', '이전 보기'],
		help: ['Show the DAG run in the previous view', 'DAG 실행을 이전 보기로 표시'],
		group: 'look',
		places: ['pipeline'],
		apply: context => otherView(context, -1),
	},
	{
		id: 'fold-group',
		kind: 'look',
		verb: 'open',
		keys: ['enter'],
		label: ['open', '열기'],
		help: [
			'Open the selected task (if mapped, its instances), fold or unfold the group, else show the full screen',
			'선택한 작업 열기(매핑된 작업은 인스턴스 목록), 그룹 접기 또는 펼치기, 그 밖에는 전체 화면',
		],
		group: 'look',
		places: ['pipeline'],
		begin: openSelection,
	},
	{
		id: 'fold-groups',
		kind: 'view',
		verb: 'fold all',
		keys: ['O'],
		label: ['fold all', '모두 접기'],
		help: ['Fold or unfold all task groups of graph and grid', '그래프와 그리드의 모든 작업 그룹 접기 또는 펼치기'],
		group: 'look',
		places: ['pipeline'],
		zoomed: true,
		apply: context => (showsManyRuns(context.view) ? withAllGroups(context) : foldedAll(context)),
	},
	{
		id: 'task',
		kind: 'look',
		verb: 'inspect',
		keys: ['i'],
		label: ['task', '작업'],
		help: [
			'Show the page of the task: state, why it waits, tries, host, rendered fields, XCom, errors, MLflow run, usual duration',
			'작업 페이지 보기: 상태, 대기 이유, 시도, 호스트, 렌더링된 필드, XCom, 오류, MLflow 실행, 평소 소요 시간',
		],
		group: 'look',
		places: ['pipeline', 'task-instances'],
		begin: openTask,
	},
	{
		id: 'choose-instance',
		kind: 'look',
		verb: 'instance',
		keys: ['I'],
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
