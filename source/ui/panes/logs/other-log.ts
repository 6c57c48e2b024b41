import { qualifiedName } from '../../../model/engine/container.ts';
import { serviceLook } from '../../../model/engine/health-symbol.ts';
import type { TaskLogRequest } from '../../../model/logs/log-watch.ts';
import type { ContainerState } from '../../../model/state.ts';
import { servicesInOrder, stackServices } from '../../../selectors/containers/service-groups.ts';
import { containersOf, unitName, unitsOf, unitsToName } from '../../../selectors/containers/service-units.ts';
import { tasksOfRun } from '../../../selectors/dag-runs/run-history.ts';
import { shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { type Language, type Text, textIn } from '../../../words/language.ts';
import { writer } from '../../../words/write.ts';
import type { ActionContext, StepContext } from '../../actions/action.ts';
import { changed } from '../../actions/step.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { readLog } from './log-places.ts';
import { following, type LogSelection } from './logs-state.ts';
import { currentLine } from './logs-window.ts';
import { defaultLog, tryAt } from './shown-log.ts';

const noTasksText: Text = ['The shown DAG run has no tasks to follow', '표시된 DAG 실행에 따라갈 작업이 없습니다'];

/** Follows the DAG run from task to task, or stays with the task whose log is shown. */
export function followPipeline({ view, log, state, say }: ActionContext): ViewState {
	const { selection } = view.logs;
	if (selection.kind !== 'task') {
		const { run, stages } = shownPipeline(state, view.dagId, view.dagRunId);
		const task = stages.find(stage => stage.shown)?.shown;
		if (!run || !task) return { ...view, hint: say(noTasksText) };
		const { dagId, dagRunId, taskId, mapIndex } = task;
		const running = stages.find(stage => stage.shown?.state === 'running')?.shown;
		const from = running ?? { taskId, mapIndex };
		const request: TaskLogRequest = {
			dagId,
			dagRunId,
			taskId: from.taskId,
			mapIndex: from.mapIndex,
			tryNumber: null,
			follow: 'run',
		};
		return readLog(view, { kind: 'task', request });
	}
	const current = currentLine(log, view.logs);
	const at = (current !== null && tryAt(log.view, current)) || selection.request;
	const follow = selection.request.follow === 'run' ? 'task' : 'run';
	const request: TaskLogRequest = {
		...selection.request,
		taskId: at.taskId,
		mapIndex: at.mapIndex,
		tryNumber: null,
		follow,
	};
	return readLog(view, { kind: 'task', request });
}

/** The log of the next or previous container, or of the next or previous try of a task. */
export function otherLog(context: ActionContext, by: number): ViewState {
	const { state, view, ownProject } = context;
	const { selection } = view.logs;
	if (selection.kind === 'task') return otherTry(context, selection.request, by);
	const units = unitsOf(servicesInOrder(state, ownProject));
	const current = selection.kind === 'container' ? (selection.name ?? defaultLog(state, ownProject)) : null;
	const index = units.findIndex(
		({ id, replicas }) => id === current || replicas.some(one => one.container.name === current),
	);
	// From several logs that are shown together to the first or the last one.
	const from = current === null ? 0 : index;
	const unit = units[(from + by + units.length) % Math.max(1, units.length)];
	return unit === undefined ? view : readLog(view, { kind: 'container', name: unit.id });
}

function otherTry({ state, view, log, say }: ActionContext, request: TaskLogRequest, by: number): ViewState {
	const current = currentLine(log, view.logs);
	const shown = current === null ? null : tryAt(log.view, current);
	const taskId = shown?.taskId ?? request.taskId;
	const mapIndex = shown?.mapIndex ?? request.mapIndex;
	const tasks = tasksOfRun(state, request.dagId, request.dagRunId) ?? [];
	const task = tasks.find(one => one.taskId === taskId && one.mapIndex === mapIndex);
	const tryNumber = (shown?.tryNumber ?? request.tryNumber ?? task?.tryNumber ?? 1) + by;
	if (!task || tryNumber < 1)
		return { ...view, hint: say(['This is the first try of {taskId}', '{taskId}의 첫 시도입니다'], { taskId }) };
	if (tryNumber > task.tryNumber)
		return { ...view, hint: say(['This is the latest try of {taskId}', '{taskId}의 최근 시도입니다'], { taskId }) };
	const isNewest = tryNumber === task.tryNumber;
	const next: TaskLogRequest = {
		...request,
		taskId,
		mapIndex,
		tryNumber: isNewest ? null : tryNumber,
		follow: isNewest ? 'task' : 'try',
	};
	return readLog(view, { kind: 'task', request: next });
}

/** The logs of all containers of the stack, or again of the container of the current line. */
export function allTogether({ state, view, ownProject, log }: ActionContext): ViewState {
	const { selection } = view.logs;
	if (selection.kind === 'several') {
		// While the end is followed no line is chosen: back to the container before.
		const current = view.logs.cursor === null && selection.before !== undefined ? null : currentLine(log, view.logs);
		const name = current === null ? selection.before : selection.names[log.view.sequence.sourceAt(current)];
		return readLog(view, { kind: 'container', name: name ?? null });
	}
	const before = selection.kind === 'container' ? (selection.name ?? defaultLog(state, ownProject)) : null;
	const names = stackServices(state, ownProject).map(({ container }) => container.name);
	return names.length === 0 ? view : readLog(view, { kind: 'several', names, ...(before === null ? {} : { before }) });
}

export function chooseLog({ state, view, ownProject, language, say }: StepContext): Effect {
	const { selection } = view.logs;
	const shown = selection.kind === 'container' ? (selection.name ?? defaultLog(state, ownProject)) : null;
	return {
		kind: 'choose',
		question: {
			title: say(['Choose a container', '컨테이너 선택']),
			filters: true,
			selected: shown ?? undefined,
			choices: unitsToName(state, ownProject).map(unit => ({
				id: unit.id,
				label: unitName(unit, ownProject),
				hint:
					unit.replicas.length === 1
						? stateOf(unit.worst, language)
						: say(['{n} replicas together', '복제본 {n}개 함께'], { n: unit.replicas.length }),
			})),
			next: name => changed(now => readLog(now, { kind: 'container', name })),
		},
	};
}

function stateOf(service: ContainerState, language: Language): string {
	const state = textIn(serviceLook(service).word, language);
	return service.container.isOneOff ? writer(language)(['one-off, {state}', '일회성, {state}'], { state }) : state;
}

/** Adds a log to the shown ones, or removes one. */
export function chooseBeside({ state, view, ownProject, language, say }: StepContext): Effect {
	const { selection } = view.logs;
	const one = selection.kind === 'container' ? (selection.name ?? defaultLog(state, ownProject)) : null;
	const ofOne = one === null ? [] : containersOf(state, one, ownProject).map(({ container }) => container.name);
	const shown = selection.kind === 'several' ? selection.names : ofOne;
	const all = servicesInOrder(state, ownProject);
	return {
		kind: 'choose',
		question: {
			title: say(['Add or remove a log', '로그 추가 또는 제거']),
			filters: true,
			choices: all.map(service => ({
				id: service.container.name,
				label: qualifiedName(service, ownProject),
				hint: shown.includes(service.container.name)
					? say(['shown (remove)', '표시 중(제거)'])
					: stateOf(service, language),
			})),
			next: name =>
				changed(now => {
					const names = shown.includes(name) ? shown.filter(other => other !== name) : [...shown, name];
					const inOrder = all.map(({ container }) => container.name).filter(other => names.includes(other));
					const [first] = inOrder;
					if (first === undefined) return now;
					const chosen: LogSelection =
						inOrder.length === 1 ? { kind: 'container', name: first } : { kind: 'several', names: inOrder };
					// Search and filters stay, for one log more.
					return { ...readLog(now, chosen), logs: { ...now.logs, ...following(now.logs), selection: chosen } };
				}),
		},
	};
}
