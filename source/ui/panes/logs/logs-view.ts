import { taskName } from '../../../model/airflow/task-name.ts';
import type { LogLevel } from '../../../model/logs/log-level.ts';
import type { LogStreamState } from '../../../model/logs/log-stream-state.ts';
import type { LogView } from '../../../model/logs/log-view.ts';
import { type Line, lineWidth, type Span, textWidth } from '../../../presentation/text.ts';
import type { Text } from '../../../words/language.ts';
import { quoted, render } from '../../../words/message.ts';
import type { Writer } from '../../../words/write.ts';
import { answers, faceOf, sentence, staleNotice, waitingForEngine } from '../../face.ts';
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

/** Whether long lines are wrapped: by choice, else in the zoomed pane only. */
export function wrapsLines(logs: LogsViewState, zoomed: boolean): boolean {
	return logs.wraps ?? zoomed;
}

/** The log on a screen of that size. Indexes new lines for a moment. */
export function logScreen(
	reader: LogReader,
	shown: ShownLog,
	logs: LogsViewState,
	place: Pick<ViewContext, 'width' | 'height' | 'zoomed' | 'glyphs' | 'now' | 'language'>,
): LogScreen {
	const view = reader.view(shown.streams, logs);
	view.advance(readMs);
	const { width, height, zoomed, glyphs, now, language } = place;
	const rows: LogRows = reader.rows(view, {
		state: logs,
		width,
		wraps: wrapsLines(logs, zoomed),
		glyphs,
		now,
		language,
	});
	return { view, rows, height };
}

/** Time for indexing new lines in one drawing, ms: short enough that keys are answered meanwhile. */
const readMs = 8;

export function logsView(input: LogsViewInput): PaneView {
	const { state, glyphs, shown, logs, focused } = input;
	if (shown.streams.length === 0) return { title: [], rows: noLog(input) };
	const stream = streamState(state, shown);
	const notice = noticeOf(input, stream);
	const screen = { ...input.screen, height: Math.max(0, input.height - notice.length) };
	const window = logWindow(screen, logs);
	const title = titleOf(input, screen, stream);
	if (window.length === 0) return { title, rows: [...notice, ...nothing(input, screen, stream)] };
	const current = logs.cursor === null ? null : currentLine(screen, logs);
	const rows = window.map(({ position, row, line }): Line => {
		if (position !== current || row > 0) return line;
		// The current line is marked at its beginning: its time, or its first cells.
		const [first, ...others] = line;
		if (!first) return [{ text: glyphs.selected, tone: 'accent' }];
		return [{ ...first, inverse: true, tone: focused ? 'accent' : first.tone }, ...others];
	});
	return { title, rows: [...notice, ...rows] };
}

/** Without a log: why there is none. */
function noLog(input: LogsViewInput): Line[] {
	const { state, width, say } = input;
	if (!state.hasEngine) return sentence(say(withoutEngine), width, 'muted');
	const face = faceOf(state, 'containers', false);
	if (face.kind === 'stale') return staleNotice(face, input);
	return sentence(say(face.kind === 'loading' ? waitingForEngine : noContainer), width, 'muted');
}

const withoutEngine: Text = [
	'No log is open. Open the log of a task in the pipeline.',
	'열린 로그가 없습니다. 파이프라인에서 작업의 로그를 여세요.',
];
const noContainer: Text = ['No container has a log to show.', '로그를 표시할 컨테이너가 없습니다.'];

function noticeOf(input: LogsViewInput, stream: LogStreamState | undefined): Line[] {
	if (stream?.status !== 'failed') return [];
	const face = {
		kind: 'stale' as const,
		since: stream.since,
		message: stream.note ?? quoted(''),
		fix: stream.fix ?? null,
		hasData: input.screen.view.sequence.next > input.screen.view.sequence.first,
		answers: stream.kind !== undefined && answers(stream.kind),
		isUnknown: stream.kind === 'unconfigured',
	};
	return staleNotice(face, input);
}

function titleOf(
	{ shown, logs, glyphs, now, width, keyOf, language, say }: LogsViewInput,
	screen: LogScreen,
	stream: LogStreamState | undefined,
): Line[] {
	const { view } = screen;
	const { next } = view.sequence;
	const current = currentLine(screen, logs);
	const task = logs.selection.kind === 'task' && current !== null ? tryAt(view, current) : null;
	const name = task
		? say(['{task} try {n}', '{task} 시도 {n}'], { task: taskName(task), n: task.tryNumber })
		: render(shown.title, language);
	const title: Line[] = [[{ text: glyphs.fold(name) }]];
	if (logs.cursor !== null || logs.held !== null) {
		const below = current === null ? 0 : next - 1 - current;
		const key = keyOf('last');
		const words =
			below > 0
				? say(['paused, {n} newer', '일시 중지됨, {n}줄 더'], { n: below })
				: key === null
					? say(['paused', '일시 중지됨'])
					: say(['paused, {key} to follow', '일시 중지됨, {key} 키를 누르면 실시간'], { key });
		title.push([{ text: words, tone: 'active' }]);
	} else if (stream) title.push([streamWords(stream, say)]);
	const behindMs = logs.selection.kind === 'task' ? 0 : behind(view, now);
	if (behindMs > 0)
		title.push([{ text: say(['{time:duration} behind', '{time:duration} 지연'], { time: behindMs }), tone: 'active' }]);
	if (view.dropped > 0)
		title.push([
			{ text: say(['{n} older {n|line|lines} dropped', '이전 {n}줄 버림'], { n: view.dropped }), tone: 'muted' },
		]);
	if (!view.isDone)
		title.push([
			{
				text: say(['reading {percent}%', '읽는 중 {percent}%'], { percent: Math.floor(view.progress * 100) }),
				tone: 'active',
			},
		]);
	if (view.problem) title.push([{ text: render(view.problem, language), tone: 'bad' }]);
	if (logs.search !== '') {
		const { hits, hitsUpTo } = view.count(current ?? undefined);
		const words =
			hits === 0
				? say(['no match', '일치 없음'])
				: logs.cursor === null
					? say(['{n} {n|match|matches}', '일치 {n}건'], { n: hits })
					: `${hitsUpTo}/${hits}`;
		title.push([
			{ text: `/${glyphs.fold(logs.search)} `, bold: true },
			{ text: words, tone: hits === 0 ? 'active' : undefined },
		]);
	}
	if (isFiltered(logs)) {
		const parts = [
			logs.minLevel === null ? '' : say(levelTexts[logs.minLevel]),
			logs.keep === '' ? '' : `${say(['matching {pattern}', '{pattern} 포함'], { pattern: logs.keep })}${around(logs)}`,
			logs.exclude === '' ? '' : say(['excluding {pattern}', '{pattern} 제외'], { pattern: logs.exclude }),
		];
		const n = view.count().shown;
		const filters = glyphs.fold(parts.filter(Boolean).join(', '));
		const whole = say(['{filters}: {n} {n|line|lines}', '{filters}: {n}줄'], { filters, n });
		// The frame leaves out parts that do not fit: that lines are hidden must stay.
		const room = width - title.reduce((sum, part) => sum + lineWidth(part) + 3, headingWidth);
		title.push([
			{
				text: textWidth(whole) <= room ? whole : say(['filtered: {n}', '필터: {n}줄'], { n }),
				tone: 'accent',
			},
		]);
	}
	if (stream?.status === 'following' && logs.selection.kind === 'task')
		title.push([
			{
				text: stream.via === 'file' ? say(['from the log file', '로그 파일']) : say(['from the REST API', 'REST API']),
				tone: 'muted',
			},
		]);
	return title;
}

/** Cells of the frame before the title, `┌▸3 Logs ─ `, and after it. */
const headingWidth = 14;

/** Delay from which the title shows it, ms: below, it is the pace of the engine's answers. */
const behindFromMs = 3000;
/** Pause after which lines no longer count as arriving, ms. */
const arrivingMs = 2000;

/**
 * Delay of arriving lines, ms: a container may log faster than its log can be read. 0 if they are on time, or none
 * arrives.
 */
function behind(view: LogView, now: number): number {
	let most = 0;
	for (const { buffer } of view.sequence.sources) {
		const at = buffer.at(buffer.next - 1)?.loggedAt;
		if (at === null || at === undefined || buffer.pushedAt === null) continue;
		// Old lines at the opening of a log are no delay.
		if (now - buffer.pushedAt > arrivingMs || buffer.arrivingMs < arrivingMs) continue;
		most = Math.max(most, buffer.pushedAt - at);
	}
	return most > behindFromMs ? most : 0;
}

function around({ before, after }: LogsViewState): string {
	return before === 0 && after === 0 ? '' : ` (-B ${before} -A ${after})`;
}

function nothing(
	{ logs, width, keyOf, say }: LogsViewInput,
	{ view }: LogScreen,
	stream: LogStreamState | undefined,
): Line[] {
	const held = view.sequence.next - view.sequence.first;
	if (held > 0 && isFiltered(logs)) {
		const key = keyOf('back') ?? 'Esc';
		return sentence(say(noneText, { n: held, key }), width, 'muted');
	}
	if (stream?.status === 'failed') return [];
	if (stream && stream.status !== 'following' && stream.note)
		return sentence(say(['No log lines: {note}', '로그 없음: {note}'], { note: stream.note }), width, 'muted');
	return sentence(say(['No log lines yet.', '아직 로그가 없습니다.']), width, 'muted');
}

const noneText = [
	'None of {n} {n|line|lines} matches the filters. Press {key} to clear them.',
	'{n}줄 중 필터와 일치하는 줄이 없습니다. {key} 키를 눌러 필터를 지우세요.',
] as const;

const levelTexts: Readonly<Record<LogLevel, Text>> = {
	debug: ['all levels', '모든 레벨'],
	info: ['INFO+', 'INFO 이상'],
	warning: ['WARN+', 'WARN 이상'],
	error: ['ERROR', 'ERROR만'],
};

function streamWords({ status, note: message }: LogStreamState, say: Writer): Span {
	const note = message && say(['{message}', '{message}'], { message });
	switch (status) {
		case 'following':
			return { text: say(['following', '실시간']), tone: 'good' };
		case 'connecting':
			return { text: note || say(['connecting', '연결 중']), tone: 'muted' };
		case 'failed':
			return { text: say(['disconnected', '연결 끊김']), tone: 'bad' };
		default:
			return { text: note || say(['ended', '종료됨']), tone: 'warning' };
	}
}
