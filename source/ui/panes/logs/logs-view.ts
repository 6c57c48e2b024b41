import type { LogView } from '../../../model/log-view.ts';
import type { LogStreamState } from '../../../model/state.ts';
import { taskName } from '../../../model/task-name.ts';
import { duration } from '../../../presentation/format.ts';
import { type Line, lineWidth, type Span, textWidth } from '../../../presentation/text.ts';
import { sentence, staleNotice } from '../../face.ts';
import type { PaneView, ViewContext } from '../view-context.ts';
import type { LogReader } from './log-reader.ts';
import type { LogRows } from './log-rows.ts';
import { isFiltered, type LogsViewState } from './logs-state.ts';
import { currentLine, type LogScreen, logWindow } from './logs-window.ts';
import { type ShownLog, streamState, tryAt } from './shown-log.ts';

export type LogsViewInput = ViewContext & {
	readonly shown: ShownLog;
	readonly logs: LogsViewState;
	readonly screen: LogScreen;
};

/** What the pane's size, and a choice, say about long lines: opened, they go on in the next row. */
export function wrapsLines(logs: LogsViewState, zoomed: boolean): boolean {
	return logs.wraps ?? zoomed;
}

/** The log as it is on a screen of that size. Reads on what has arrived, for a moment. */
export function logScreen(
	reader: LogReader,
	shown: ShownLog,
	logs: LogsViewState,
	place: Pick<ViewContext, 'width' | 'height' | 'zoomed' | 'glyphs' | 'now'>,
): LogScreen {
	const view = reader.view(shown.streams, logs);
	view.advance(readMs);
	const { width, height, zoomed, glyphs, now } = place;
	const rows: LogRows = reader.rows(view, { state: logs, width, wraps: wrapsLines(logs, zoomed), glyphs, now });
	return { view, rows, height };
}

/** So long, ms, is read on for one drawing. */
const readMs = 8;

export function logsView(input: LogsViewInput): PaneView {
	const { state, glyphs, shown, logs, focused } = input;
	if (shown.streams.length === 0) {
		const waits = state.feeds.containers.status === 'waiting';
		const text = waits ? 'Asking the Docker Engine' : 'No container to read a log of.';
		return { title: [], rows: [[{ text, tone: 'muted' }]] };
	}
	const stream = streamState(state, shown);
	const notice = noticeOf(input, stream);
	const screen = { ...input.screen, height: Math.max(0, input.height - notice.length) };
	const window = logWindow(screen, logs);
	const title = titleOf(input, screen, stream);
	if (window.length === 0) return { title, rows: [...notice, ...nothing(input, screen, stream)] };
	const current = logs.cursor === null ? null : currentLine(screen, logs);
	const rows = window.map(({ position, row, line }): Line => {
		if (position !== current || row > 0) return line;
		// The line that keys act on is told by its beginning: its time, or its first cells.
		const [first, ...others] = line;
		if (!first) return [{ text: glyphs.selected, tone: 'accent' }];
		return [{ ...first, inverse: true, tone: focused ? 'accent' : first.tone }, ...others];
	});
	return { title, rows: [...notice, ...rows] };
}

function noticeOf(input: LogsViewInput, stream: LogStreamState | undefined): Line[] {
	if (stream?.status !== 'failed') return [];
	const face = {
		kind: 'stale' as const,
		since: stream.since,
		message: stream.note,
		fix: stream.fix ?? '',
		hasData: input.screen.view.sequence.next > input.screen.view.sequence.first,
		answers: false,
		isUnknown: false,
	};
	return staleNotice(face, input);
}

function titleOf(
	{ shown, logs, glyphs, now, width }: LogsViewInput,
	screen: LogScreen,
	stream: LogStreamState | undefined,
): Line[] {
	const { view } = screen;
	const { next } = view.sequence;
	const current = currentLine(screen, logs);
	const task = logs.selection.kind === 'task' && current !== null ? tryAt(view, current) : null;
	const name = task ? `${taskName(task)} try ${task.tryNumber}` : shown.title;
	const title: Line[] = [[{ text: glyphs.fold(name) }]];
	if (logs.cursor !== null || logs.held !== null) {
		const below = current === null ? 0 : next - 1 - current;
		const words = below > 0 ? `paused, ${below} below` : 'paused, End follows';
		title.push([{ text: words, tone: 'active' }]);
	} else if (stream) title.push([streamWords(stream)]);
	const behindMs = logs.selection.kind === 'task' ? 0 : behind(view, now);
	if (behindMs > 0) title.push([{ text: `${duration(behindMs)} behind`, tone: 'active' }]);
	if (view.dropped > 0) title.push([{ text: `${view.dropped} older dropped`, tone: 'muted' }]);
	if (!view.isDone) title.push([{ text: `reading ${Math.floor(view.progress * 100)} %`, tone: 'active' }]);
	if (view.problem) title.push([{ text: view.problem, tone: 'bad' }]);
	if (logs.search !== '') {
		const { hits, hitsUpTo } = view.count(current ?? undefined);
		const words = hits === 0 ? 'not found' : logs.cursor === null ? `${hits} found` : `${hitsUpTo} of ${hits}`;
		title.push([
			{ text: `/${glyphs.fold(logs.search)} `, bold: true },
			{ text: words, tone: hits === 0 ? 'active' : undefined },
		]);
	}
	if (isFiltered(logs)) {
		const parts = [
			logs.minLevel === null ? '' : `${logs.minLevel === 'error' ? 'errors' : `from ${logs.minLevel}`}`,
			logs.keep === '' ? '' : `with ${logs.keep}${around(logs)}`,
			logs.exclude === '' ? '' : `without ${logs.exclude}`,
		];
		const { shown: lines } = view.count();
		const whole = `${glyphs.fold(parts.filter(Boolean).join(', '))}: ${lines} lines`;
		// What does not fit into the frame is left out of it: that lines are left out must not be.
		const room = width - title.reduce((sum, part) => sum + lineWidth(part) + 3, headingWidth);
		title.push([{ text: textWidth(whole) <= room ? whole : `filtered: ${lines} lines`, tone: 'accent' }]);
	}
	if (stream?.status === 'following' && logs.selection.kind === 'task')
		title.push([{ text: stream.via === 'file' ? 'its file' : 'REST API', tone: 'muted' }]);
	return title;
}

/** What stands before the title in the frame, `┌▸3 Logs ─ `, and after it. */
const headingWidth = 14;

/** So far the lines that arrive may be behind the clock before it is said, ms. */
const behindFromMs = 3000;
/** So long after the last line it is no longer arriving, ms. */
const arrivingMs = 2000;

/**
 * How far the lines that are arriving lie behind the clock, ms: a container may log faster than it can be read. 0 where
 * they are on time, or none is arriving.
 */
function behind(view: LogView, now: number): number {
	let most = 0;
	for (const { buffer } of view.sequence.sources) {
		const at = buffer.at(buffer.next - 1)?.loggedAt;
		if (at === null || at === undefined || buffer.pushedAt === null) continue;
		// What is there when a log is opened is as old as it is.
		if (now - buffer.pushedAt > arrivingMs || buffer.arrivingMs < arrivingMs) continue;
		most = Math.max(most, buffer.pushedAt - at);
	}
	return most > behindFromMs ? most : 0;
}

function around({ before, after }: LogsViewState): string {
	return before === 0 && after === 0 ? '' : ` (-B ${before} -A ${after})`;
}

function nothing(
	{ logs, width, keyOf }: LogsViewInput,
	{ view }: LogScreen,
	stream: LogStreamState | undefined,
): Line[] {
	const held = view.sequence.next - view.sequence.first;
	if (held > 0 && isFiltered(logs))
		return sentence(
			`None of ${held} lines is of that kind. ${keyOf('back') ?? 'Esc'} takes the filters away.`,
			width,
			'muted',
		);
	if (stream?.status === 'failed') return [];
	if (stream && stream.status !== 'following' && stream.note)
		return sentence(`Nothing logged; ${stream.note}.`, width, 'muted');
	return sentence('Nothing logged yet.', width, 'muted');
}

function streamWords({ status, note }: LogStreamState): Span {
	switch (status) {
		case 'following':
			return { text: 'following', tone: 'good' };
		case 'connecting':
			return { text: note || 'connecting', tone: 'muted' };
		case 'failed':
			return { text: 'cut off', tone: 'bad' };
		default:
			return { text: note || 'ended', tone: 'warning' };
	}
}
