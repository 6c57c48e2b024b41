import { taskName } from '../../../model/airflow/task-name.ts';
import type { NamedTask } from '../../../selectors/links/task-links.ts';
import type { Text } from '../../../words/language.ts';
import type { ActionContext } from '../../actions/action.ts';
import type { ViewState } from '../../conversation.ts';
import { type LogSelection, type LogsViewState, readingOf } from './logs-state.ts';
import { currentLine, movedByLines, movedByPages, movedToEnd } from './logs-window.ts';
import { tryAt } from './shown-log.ts';

export const withLogs = (view: ViewState, logs: LogsViewState): ViewState =>
	logs === view.logs ? view : { ...view, logs };
/** The view with another log, and with the focus on it. */
export function readLog(view: ViewState, selection: LogSelection): ViewState {
	return { ...view, logs: readingOf(view.logs, selection), focus: 'logs', browse: null };
}

export function moveInLogs({ view, log }: ActionContext, motion: number | 'page up' | 'page down'): ViewState {
	const { logs } = view;
	if (motion === 'page up' || motion === 'page down')
		return withLogs(view, movedByPages(log, logs, motion === 'page up' ? -1 : 1));
	if (Number.isFinite(motion)) return withLogs(view, movedByLines(log, logs, motion));
	return withLogs(view, movedToEnd(log, logs, motion > 0 ? 'last' : 'first'));
}

const notOfTaskText: Text = ['This log is of a container, not of a task', '작업이 아니라 컨테이너의 로그입니다'];

/** The task instance whose log is shown, in a log of several that of the current line; null: it is of a container. */
export function taskOfLog({ view, log }: Pick<ActionContext, 'view' | 'log'>): NamedTask | null {
	const { selection } = view.logs;
	if (selection.kind !== 'task') return null;
	const current = currentLine(log, view.logs);
	const { dagId, dagRunId, taskId, mapIndex } = (current !== null && tryAt(log.view, current)) || selection.request;
	return { dagId, dagRunId, taskId, mapIndex };
}

/** From the log of a task to the task in the pipeline. */
export function toStage(context: ActionContext): ViewState {
	const { view, say } = context;
	const task = taskOfLog(context);
	if (!task) return { ...view, hint: say(notOfTaskText) };
	const { dagId, dagRunId, taskId, mapIndex } = task;
	const instance = mapIndex < 0 ? null : taskName(task);
	return { ...view, focus: 'pipeline', dagId, dagRunId, taskId: taskId || null, instance, browse: null };
}
