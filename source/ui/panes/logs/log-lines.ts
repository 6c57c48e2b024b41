import type { Text } from '../../../words/language.ts';
import type { ActionContext, StepContext } from '../../actions/action.ts';
import { later } from '../../actions/step.ts';
import { fileNameFor, saveLog } from '../../actions/take-log.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { withLogs } from './log-places.ts';
import { toggled } from './logs-state.ts';
import { wrapsLines } from './logs-view.ts';
import { currentLine, movedTo } from './logs-window.ts';
import { prettyJson } from './pretty-json.ts';

/** Folds or unfolds the group or record of the current line, or its JSON. */
export function fold({ view, log, say }: ActionContext): ViewState {
	const { logs } = view;
	const current = currentLine(log, logs);
	const line = current === null ? null : log.view.at(current);
	if (current === null || !line) return view;
	const of = log.view.foldOf(current);
	if (of && !(of.kind === 'record' && of.lines === 0)) {
		const next = { ...logs, folds: { ...logs.folds, changed: toggled(logs.folds.changed, of.id) } };
		const start = log.view.sequence.positionOf(of.id);
		return withLogs(view, start === null || logs.cursor === null ? next : movedTo(log, next, start));
	}
	if (prettyJson(line.line.text)) return withLogs(view, { ...logs, opened: toggled(logs.opened, line.id) });
	return { ...view, hint: say(nothingToFoldText) };
}

const nothingToFoldText: Text = [
	'Nothing to fold here: no group, traceback or JSON',
	'여기에는 접을 그룹, traceback, JSON이 없습니다',
];
const wrappedText: Text = [
	'Long lines are wrapped. Turn wrapping off to scroll sideways',
	'긴 줄이 줄바꿈되어 있습니다. 좌우로 스크롤하려면 줄바꿈을 끄세요',
];

export function sideways({ view, log, say }: ActionContext, by: number): ViewState {
	const { logs } = view;
	if (wrapsLines(logs, view.zoomed)) return { ...view, hint: say(wrappedText) };
	const offset = Math.max(0, logs.offset + by);
	return withLogs({ ...view }, { ...logs, offset: log.height > 0 ? offset : 0 });
}

export function bookmark({ view, log }: ActionContext): ViewState {
	const current = currentLine(log, view.logs);
	const id = current === null ? undefined : log.view.at(current)?.id;
	if (id === undefined) return view;
	return withLogs(view, { ...view.logs, bookmarks: toggled(view.logs.bookmarks, id) });
}

export function toBookmark({ view, log, say }: ActionContext): ViewState {
	const positions = [...view.logs.bookmarks]
		.flatMap(id => log.view.sequence.positionOf(id) ?? [])
		.toSorted((a, b) => a - b);
	const current = view.logs.cursor === null ? Number.POSITIVE_INFINITY : (currentLine(log, view.logs) ?? 0);
	const next = positions.find(position => position > current) ?? positions[0];
	if (next === undefined) return { ...view, hint: say(['No bookmarks in this log', '이 로그에 북마크가 없습니다']) };
	return withLogs(view, movedTo(log, view.logs, next));
}

const saveHint: Text = [
	'Creates a new file. Folded lines are saved, filtered lines are not',
	'새 파일을 만듭니다. 접힌 줄은 저장하고 필터로 숨긴 줄은 저장하지 않습니다',
];

export function askFile(context: StepContext): Effect {
	const { say } = context;
	return {
		kind: 'input',
		question: {
			title: say(['Save the shown lines to a file', '표시된 줄을 파일로 저장']),
			hint: say(saveHint),
			initial: fileNameFor(context),
			problem: text => (text.trim() === '' ? say(['Enter a file name', '파일 이름을 입력하세요']) : null),
			next: path => later(saveLog(context, path.trim())),
		},
	};
}
