import type { ActionContext, StepContext } from '../../actions/action.ts';
import { later } from '../../actions/step.ts';
import { fileNameFor, saveLog } from '../../actions/take-log.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { withLogs } from './log-places.ts';
import { prettyJson } from './log-rows.ts';
import { toggled } from './logs-state.ts';
import { wrapsLines } from './logs-view.ts';
import { currentLine, movedTo } from './logs-window.ts';

/** Opens or closes what the current line stands for: its group, its record, its JSON. */
export function fold({ view, log }: ActionContext): ViewState {
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
	return { ...view, hint: 'Nothing is to be folded here: no group, no traceback, no JSON' };
}

export function sideways({ view, log }: ActionContext, by: number): ViewState {
	const { logs } = view;
	if (wrapsLines(logs, view.zoomed)) return { ...view, hint: 'Long lines go on in the next row here: w cuts them' };
	const offset = Math.max(0, logs.offset + by);
	return withLogs({ ...view }, { ...logs, offset: log.height > 0 ? offset : 0 });
}

export function bookmark({ view, log }: ActionContext): ViewState {
	const current = currentLine(log, view.logs);
	const id = current === null ? undefined : log.view.at(current)?.id;
	if (id === undefined) return view;
	return withLogs(view, { ...view.logs, bookmarks: toggled(view.logs.bookmarks, id) });
}

export function toBookmark({ view, log }: ActionContext): ViewState {
	const positions = [...view.logs.bookmarks]
		.flatMap(id => log.view.sequence.positionOf(id) ?? [])
		.toSorted((a, b) => a - b);
	const current = view.logs.cursor === null ? Number.POSITIVE_INFINITY : (currentLine(log, view.logs) ?? 0);
	const next = positions.find(position => position > current) ?? positions[0];
	if (next === undefined) return { ...view, hint: 'There is no bookmark: m sets one' };
	return withLogs(view, movedTo(log, view.logs, next));
}

export function askFile(context: StepContext): Effect {
	return {
		kind: 'input',
		question: {
			title: 'Save what is shown to',
			hint: 'A new file; lines that filters leave out are left out, folded ones are not',
			initial: fileNameFor(context),
			problem: text => (text.trim() === '' ? 'Write the name of a file' : null),
			next: path => later(saveLog(context, path.trim())),
		},
	};
}
