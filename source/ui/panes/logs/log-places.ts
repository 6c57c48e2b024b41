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

/** From the log of a task to the task in the pipeline. */
export function toStage({ view, log, say }: ActionContext): ViewState {
	const { selection } = view.logs;
	if (selection.kind !== 'task') return { ...view, hint: say(notOfTaskText) };
	const current = currentLine(log, view.logs);
	const { dagId, dagRunId, taskId } = (current !== null && tryAt(log.view, current)) || selection.request;
	return { ...view, focus: 'pipeline', dagId, dagRunId, taskId: taskId === '' ? null : taskId, browse: null };
}
