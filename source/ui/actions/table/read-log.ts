import { isActiveRun, type TaskInstance } from '../../../model/airflow/pipeline.ts';
import { unitsOf } from '../../../selectors/containers/service-units.ts';
import { shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import type { ViewState } from '../../conversation.ts';
import { readLog } from '../../panes/logs/log-places.ts';
import type { Action, ActionContext } from '../action.ts';
import { shownStages, targetInstance, targetServices, targetStage } from '../targets.ts';

function logsOfServices(context: ActionContext): ViewState {
	const services = targetServices(context);
	const names = services.map(({ container }) => container.name);
	const [unit, other] = unitsOf(services);
	if (!unit) return context.view;
	// A service that gets another replica while its log is shown has the log of that one as well.
	const isWhole = other === undefined && unit.replicas.length === unit.replicas[0].replicas;
	const single = isWhole ? unit.id : names.length === 1 ? names[0] : undefined;
	return readLog(context.view, single === undefined ? { kind: 'several', names } : { kind: 'container', name: single });
}

/** The task whose log is shown: the selected one, else the one that runs, failed, or ran last. */
function taskToRead(context: ActionContext): TaskInstance | undefined {
	const selected = targetStage(context);
	if (selected) return targetInstance(context) ?? selected.shown;
	const tasks = shownStages(context).flatMap(stage => stage.shown ?? []);
	const inState = (...states: string[]) => tasks.find(task => states.includes(task.state ?? ''));
	return inState('running') ?? inState('failed', 'up_for_retry') ?? tasks.findLast(task => task.tryNumber > 0);
}

/** Follows the selected task from try to try; with none selected in a running run, whatever runs. */
function taskLog(context: ActionContext): ViewState {
	const { state, view, say } = context;
	const { selection } = view.logs;
	// The run whose task log is shown has priority.
	const request = selection.kind === 'task' ? selection.request : { dagId: view.dagId, dagRunId: view.dagRunId };
	const { run } = shownPipeline(state, request.dagId, request.dagRunId);
	const task = taskToRead(context) ?? shownStages(context)[0]?.shown;
	if (!run || !task) return { ...view, hint: say(['No task yet', '아직 작업이 없습니다']) };
	const { dagId, dagRunId, taskId, mapIndex } = task;
	const follow = isActiveRun(run) && view.taskId === null ? 'run' : 'task';
	return readLog(view, { kind: 'task', request: { dagId, dagRunId, taskId, mapIndex, tryNumber: null, follow } });
}

export const readLogActions: readonly Action[] = [
	{
		id: 'logs',
		kind: 'view',
		verb: 'logs',
		keys: ['l'],
		label: ['logs', '로그'],
		help: [
			'Show the log of the selected service, or the logs of the marked services together',
			'선택한 서비스의 로그, 또는 선택 표시한 서비스의 로그를 함께 보기',
		],
		group: 'look',
		places: ['services'],
		inKeyBar: true,
		apply: logsOfServices,
	},
	{
		id: 'task-log',
		kind: 'view',
		verb: 'logs',
		keys: ['l'],
		label: ['log', '로그'],
		help: [
			'Follow the log of the selected task, or of the task that is running, failed or ran last',
			'선택한 작업, 또는 실행 중이거나 실패했거나 마지막에 실행된 작업의 로그 실시간 보기',
		],
		group: 'look',
		places: ['pipeline', 'task-instances'],
		inKeyBar: true,
		apply: taskLog,
	},
];
