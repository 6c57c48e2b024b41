import { runPage, serverPage, serviceAddress } from '../../actions/addresses.ts';
import { textOfLog } from '../../actions/take-log.ts';
import { shownLogContainer } from '../../view-state.ts';
import { copyableTexts, type Pane } from '../pane.ts';
import { logActions } from './log-actions.ts';
import { moveInLogs, toStage } from './log-places.ts';
import { withoutQuery } from './logs-state.ts';
import { logScreen, logsView } from './logs-view.ts';
import { currentLine, logWindow } from './logs-window.ts';
import { shownLog } from './shown-log.ts';

declare module '../../place.ts' {
	interface PaneIds {
		readonly logs: true;
	}
}

/** The log of a container, of several together, or of a task. */
export const logsPane: Pane = {
	id: 'logs',
	title: ['Logs', '로그'],
	name: ['logs pane', '로그 패널'],
	shortName: ['logs', '로그'],
	area: 'lower',
	rows: () => 0,
	view: input => {
		const { logs } = input.view;
		const shown = shownLog(input.state, logs.selection, input.ownProject);
		return logsView({ ...input, shown, logs, screen: logScreen(input.reader, shown, logs, input) });
	},
	crumbs: ({ view, say }) => (view.zoomed ? [say(['Logs', '로그'])] : []),
	move: moveInLogs,
	movePage: (context, by) => moveInLogs(context, by === 1 ? 'page down' : 'page up'),
	back: context => {
		const { view } = context;
		const logs = withoutQuery(view.logs);
		if (logs) return { ...view, logs };
		return !view.zoomed && view.logs.selection.kind === 'task' ? toStage(context) : null;
	},
	copy: ({ state, view, ownProject, log, say }) => {
		const current = currentLine(log, view.logs);
		const container = shownLogContainer(state, view, ownProject);
		if (current === null) return copyableTexts([say(['container', '컨테이너']), container]);
		const record = log.view.recordAt(current).map(line => line.text);
		const shown = [...new Set(logWindow(log, view.logs).map(({ position }) => position))];
		const onScreen = shown.flatMap(position => log.view.at(position)?.line.text ?? []);
		return copyableTexts(
			[say(view.logs.cursor === null ? ['last line', '마지막 줄'] : ['line', '줄']), log.view.at(current)?.line.text],
			[
				say(['all {n} lines of the entry', '이 항목의 {n}줄 전체'], { n: record.length }),
				record.length > 1 && record.join('\n'),
			],
			[say(['lines on the screen', '화면의 줄']), onScreen.join('\n')],
			[say(['all shown lines', '표시된 모든 줄']), textOfLog(log.view, { times: 'off' })],
			[say(['container', '컨테이너']), container],
		);
	},
	address: ({ state, view, ownProject }) => {
		const { selection } = view.logs;
		const airflow = serverPage(state, 'airflow');
		// Airflow shows the log of a task, whichever worker ran it.
		if (selection.kind === 'task' && airflow) return runPage(state, airflow, selection.request);
		return serviceAddress(state, shownLogContainer(state, view, ownProject) ?? undefined);
	},
	actions: logActions,
};
