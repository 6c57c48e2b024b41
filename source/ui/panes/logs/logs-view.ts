import type { LogBuffer } from '../../../model/log-buffer.ts';
import { logLevel } from '../../../model/log-format.ts';
import type { LogLevel } from '../../../model/log-level.ts';
import type { LogLine } from '../../../model/log-line.ts';
import { containerStream } from '../../../model/log-store.ts';
import { staleNotice } from '../../face.ts';
import { timeOfDay } from '../../format.ts';
import { type Line, lineWidth, type Span, textWidth, wrapText } from '../../text.ts';
import type { PaneView, ViewContext } from '../view-context.ts';

export type LogsViewInput = ViewContext & {
	/** Name of the container whose log is shown; null when there is none to choose. */
	readonly container: string | null;
	readonly buffer: LogBuffer | null;
	/** Number of the line after the last one shown; null follows the end. */
	readonly end: number | null;
};

const levelTones: Readonly<Record<LogLevel, Span['tone']>> = {
	debug: 'muted',
	info: undefined,
	warning: 'active',
	error: 'bad',
};

export function logsView({
	state,
	now,
	glyphs,
	width,
	height,
	zoomed,
	container,
	buffer,
	end,
}: LogsViewInput): PaneView {
	if (container === null || buffer === null) {
		const waits = state.feeds.containers.status === 'waiting';
		const text = waits ? 'Asking the Docker Engine' : 'No container to read a log of.';
		return { title: [], rows: [[{ text, tone: 'muted' }]] };
	}
	const stream = state.logStreams[containerStream(container)];
	const title: Line[] = [[{ text: glyphs.fold(container) }]];
	const behind = end === null ? 0 : buffer.next - end;
	if (end !== null)
		title.push([{ text: `paused${behind > 0 ? `, ${behind} below` : ''}, End follows`, tone: 'active' }]);
	else if (stream) title.push([streamWords(stream.status, stream.note)]);
	if (buffer.first > 0) title.push([{ text: `${buffer.first} older dropped`, tone: 'muted' }]);
	const notice: Line[] =
		state.feeds.logs.status === 'failed' && stream?.status === 'failed'
			? staleNotice(
					{
						kind: 'stale',
						since: stream.since,
						message: stream.note,
						remedy: state.feeds.logs.failure.remedy,
						hasData: buffer.length > 0,
						answers: false,
					},
					now,
					width,
				)
			: [];
	const room = Math.max(0, height - notice.length);
	const last = end ?? buffer.next;
	const lines = buffer.slice(last - room, last);
	if (lines.length === 0 && notice.length === 0) {
		const text = stream?.status === 'ended' ? `Nothing logged; ${stream.note}.` : 'Nothing logged yet.';
		return { title, rows: [[{ text, tone: 'muted' }]] };
	}
	const rows = lines.flatMap(line => {
		const row = logRow(line, glyphs.fold);
		return zoomed ? wrapped(row, width) : [row];
	});
	// Wrapped, they may be more than fit: the newest are wanted.
	return { title, rows: [...notice, ...rows.slice(-room)] };
}

/** A long line in as many rows as it needs, the others set in below its text. */
function wrapped(row: Line, width: number): Line[] {
	const [time, text] = [row[0], row.at(-1)];
	if (row.length < 2 || !time || !text || lineWidth(row) <= width) return [row];
	const indent = textWidth(time.text);
	const [first = '', ...others] = wrapText(text.text, Math.max(10, width - indent));
	return [
		[time, { ...text, text: first }],
		...others.map((part): Line => [{ text: ' '.repeat(indent) }, { ...text, text: part }]),
	];
}

function streamWords(status: string, note: string): Span {
	switch (status) {
		case 'following':
			return { text: 'following', tone: 'good' };
		case 'connecting':
			return { text: 'connecting', tone: 'muted' };
		case 'failed':
			return { text: 'cut off', tone: 'bad' };
		default:
			return { text: note || 'ended', tone: 'warning' };
	}
}

/** A line's own time stamp says the same as the engine's: shown once, short. */
const ownStamp = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?(?:\]|:)?\s*/;

/** `[2026-11-24 10:47:51,123: INFO/ForkPoolWorker-1] text`, Celery's way (celery/app/defaults.py). */
const celeryStamp = /^\[\d{4}-\d\d-\d\d[ T][\d:,.]+: (\w+)\/([^\]]+)\]\s?/;

function withoutStamp(text: string): string {
	const celery = celeryStamp.exec(text);
	if (celery) return `${celery[1]} ${celery[2]}: ${text.slice(celery[0].length)}`;
	return text.replace(ownStamp, '');
}

function logRow(line: LogLine, fold: (text: string) => string): Line {
	const time = line.loggedAt === null ? '' : `${timeOfDay(line.loggedAt, true)} `;
	if (line.mark)
		return [
			{ text: time, tone: 'muted' },
			{ text: `--- ${fold(line.text)} ---`, tone: 'active', bold: true },
		];
	const level = logLevel(line.text);
	return [
		{ text: time, tone: 'muted' },
		{
			text: fold(line.stamp === null ? line.text : withoutStamp(line.text)),
			tone: level ? levelTones[level] : undefined,
		},
	];
}
