import { type Message, phrase, quoted } from '../../words/message.ts';
import type { LogBuffer } from './log-buffer.ts';
import { lineHead } from './log-format.ts';
import { type LogLevel, logLevels } from './log-level.ts';
import type { LogLine } from './log-line.ts';
import { type LogPattern, matches } from './log-pattern.ts';
import { RecordReader } from './log-records.ts';

/** Filters and search of a log. */
export type LogQuery = {
	/** Hides records below this level; those without a level count as info. */
	readonly minLevel: LogLevel | null;
	/** Hides records without a match. */
	readonly keep: LogPattern | null;
	/** Hides records with a match. */
	readonly exclude: LogPattern | null;
	/** Context lines of the same source, before and after each line of `keep`. */
	readonly before: number;
	readonly after: number;
	/** The search pattern, highlighted in shown lines. */
	readonly search: LogPattern | null;
};

export const everything: LogQuery = { minLevel: null, keep: null, exclude: null, before: 0, after: 0, search: null };

const levelBits = 0b111;
const kept = 1 << 3;
const context = 1 << 4;
const hit = 1 << 5;
const excluded = 1 << 6;
const mark = 1 << 7;
const groupStart = 1 << 8;

type OpenRecord = {
	readonly head: number;
	level: LogLevel | null;
	matched: boolean;
	excluded: boolean;
	shown: boolean;
	lines: number[];
};
type Channel = { readonly reader: RecordReader; record: OpenRecord | null };
type OpenGroup = { readonly start: number; readonly kind: 'named' | 'origin' | 'preparation' };

/** Maximum number of lines with which a task of Airflow 2.8 prepares its start. */
const preparationLines = 40;
/** Lines between two looks at the clock. */
const linesAtOnce = 64;

/**
 * Level, record, group and visibility of the lines of one source, by their number. It reads each line once, as they
 * arrive, and all again after another query; in slices, so that a key press never waits.
 */
export class LogIndex {
	readonly #buffer: LogBuffer;
	readonly #mask: number;
	readonly #flags: Uint16Array;
	/** Distance from the line back to its record's head, and to the start of its group; 0 for none. */
	readonly #head: Uint32Array;
	readonly #group: Uint32Array;
	#query: LogQuery = everything;
	#read = 0;
	#searched = 0;
	#channels: Record<LogLine['channel'], Channel>;
	#openGroup: OpenGroup | null = null;
	#contextUntil = -1;
	#hasLevels = false;

	constructor(buffer: LogBuffer) {
		this.#buffer = buffer;
		const size = 2 ** Math.ceil(Math.log2(buffer.limit + 1));
		this.#mask = size - 1;
		this.#flags = new Uint16Array(size);
		this.#head = new Uint32Array(size);
		this.#group = new Uint32Array(size);
		this.#channels = newChannels();
		this.#read = buffer.first;
		this.#searched = buffer.first;
	}

	/** Sets another query; its result is known after `advance`. */
	setQuery(query: LogQuery): void {
		const before = this.#query;
		this.#query = query;
		this.#searched = this.#buffer.first;
		const same = (['minLevel', 'keep', 'exclude', 'before', 'after'] as const).every(key => before[key] === query[key]);
		if (!same) this.restart();
	}

	/** Drops the index: the lines are read again. */
	restart(): void {
		this.#read = this.#buffer.first;
		this.#searched = this.#buffer.first;
		this.#channels = newChannels();
		this.#openGroup = null;
		this.#contextUntil = -1;
	}

	/** Reads on for as long as `hasTime` returns true; returns whether all lines are read. */
	advance(hasTime: () => boolean): boolean {
		const { first, next } = this.#buffer;
		if (this.#read < first) {
			// Lines were dropped before they were read.
			this.restart();
		}
		while (this.#read < next) {
			const until = Math.min(next, this.#read + linesAtOnce);
			for (; this.#read < until; this.#read++) this.#readLine(this.#read);
			if (this.#read < next && !hasTime()) return false;
		}
		this.#searched = Math.max(this.#searched, first);
		const { search } = this.#query;
		while (this.#searched < next) {
			const until = Math.min(next, this.#searched + linesAtOnce);
			for (; this.#searched < until; this.#searched++) {
				const place = this.#searched & this.#mask;
				// Hidden ones too: a later line may make them context lines.
				const line = search ? this.#buffer.at(this.#searched) : undefined;
				const found = search && line ? matches(search, line.text) : false;
				this.#flags[place] = found ? (this.#flags[place] ?? 0) | hit : (this.#flags[place] ?? 0) & ~hit;
			}
			if (search && this.#searched < next && !hasTime()) return false;
		}
		return true;
	}

	/** Whether all lines are read and searched. */
	get isDone(): boolean {
		return Math.min(this.#read, this.#searched) >= this.#buffer.next;
	}

	/** Whether any line so far had a level. */
	get hasLevels(): boolean {
		return this.#hasLevels;
	}

	/** The number after the last line that was read. */
	get read(): number {
		return this.#read;
	}

	level(number: number): LogLevel | null {
		const index = this.#flag(number) & levelBits;
		return index === 0 ? null : (logLevels[index - 1] ?? null);
	}

	/** Whether the query shows the line; unread lines are not shown. */
	isShown(number: number): boolean {
		if (number >= this.#read) return false;
		const flags = this.#flag(number);
		return (flags & mark) !== 0 || ((flags & (kept | context)) !== 0 && (flags & excluded) === 0);
	}

	/** Whether it is shown only as a context line. */
	isContext(number: number): boolean {
		return (this.#flag(number) & (kept | context | mark)) === context;
	}

	isHit(number: number): boolean {
		return number < this.#searched && (this.#flag(number) & hit) !== 0;
	}

	/** The number of the line that starts the record: its own for a head. */
	headOf(number: number): number {
		return number - (this.#head[number & this.#mask] ?? 0);
	}

	/** The number of the line that starts the group: its own for that line; null outside of groups. */
	groupOf(number: number): number | null {
		if ((this.#flag(number) & groupStart) !== 0) return number;
		const by = this.#group[number & this.#mask] ?? 0;
		return by === 0 ? null : number - by;
	}

	#flag(number: number): number {
		return this.#flags[number & this.#mask] ?? 0;
	}

	#readLine(number: number): void {
		const place = number & this.#mask;
		const line = this.#buffer.at(number);
		this.#flags[place] = 0;
		this.#head[place] = 0;
		this.#group[place] = 0;
		if (!line) return;
		if (line.mark) this.#flags[place] = mark;
		this.#readRecord(number, line);
		this.#readGroup(number, line);
		if (number <= this.#contextUntil) this.#set(number, context);
	}

	#readRecord(number: number, line: LogLine): void {
		const channel = this.#channels[line.channel];
		const { isHead, level } = channel.reader.read(line);
		if (isHead || !channel.record)
			channel.record = { head: number, level, matched: false, excluded: false, shown: false, lines: [] };
		const { record } = channel;
		record.level = level;
		record.lines.push(number);
		this.#head[number & this.#mask] = number - record.head;
		this.#setLevel(number, level);
		const { keep, exclude } = this.#query;
		if (keep && !record.matched && matches(keep, line.text)) record.matched = true;
		if (exclude && !record.excluded && matches(exclude, line.text)) {
			record.excluded = true;
			for (const one of record.lines) this.#set(one, excluded);
		} else if (record.excluded) this.#set(number, excluded);
		const shown = this.#shows(record);
		if (shown === record.shown) {
			if (shown) this.#show(number);
			return;
		}
		record.shown = shown;
		for (const one of record.lines) {
			if (shown) this.#show(one);
			else this.#clear(one, kept);
		}
	}

	#shows(record: OpenRecord): boolean {
		const { minLevel, keep } = this.#query;
		if (record.excluded || (keep && !record.matched)) return false;
		return minLevel === null || logLevels.indexOf(record.level ?? 'info') >= logLevels.indexOf(minLevel);
	}

	#show(number: number): void {
		this.#set(number, kept);
		const { before, after } = this.#query;
		for (let one = Math.max(this.#buffer.first, number - before); one < number; one++) this.#set(one, context);
		if (after === 0) return;
		for (let one = number + 1; one <= Math.min(number + after, this.#read); one++) this.#set(one, context);
		this.#contextUntil = Math.max(this.#contextUntil, number + after);
	}

	/**
	 * Groups: Airflow's `::group::` … `::endgroup::` (2.9 and later), the `*** Found local files` lines with which the
	 * webserver starts a log, and the lines that a task of 2.8 writes before its own.
	 */
	#readGroup(number: number, line: LogLine): void {
		const { text } = line;
		const open = this.#openGroup;
		if (line.mark) {
			this.#openGroup = null;
			return;
		}
		if (open?.kind === 'origin' && !text.startsWith('*** ')) this.#openGroup = null;
		if (open?.kind === 'preparation' && number - open.start > preparationLines) this.#openGroup = null;
		if (!this.#openGroup || this.#openGroup.kind === 'named') {
			const kind = groupBegins(text);
			if (kind && !(kind !== 'named' && this.#openGroup)) {
				this.#openGroup = { start: number, kind };
				this.#set(number, groupStart);
				return;
			}
		}
		if (!this.#openGroup) return;
		this.#group[number & this.#mask] = number - this.#openGroup.start;
		const ends = this.#openGroup.kind === 'named' ? '::endgroup::' : 'INFO - Exporting env vars: ';
		if (this.#openGroup.kind !== 'origin' && text.includes(ends)) this.#openGroup = null;
	}

	#set(number: number, flag: number): void {
		const place = number & this.#mask;
		this.#flags[place] = (this.#flags[place] ?? 0) | flag;
	}

	#clear(number: number, flag: number): void {
		const place = number & this.#mask;
		this.#flags[place] = (this.#flags[place] ?? 0) & ~flag;
	}

	#setLevel(number: number, level: LogLevel | null): void {
		const place = number & this.#mask;
		const index = level === null ? 0 : logLevels.indexOf(level) + 1;
		if (index > 0) this.#hasLevels = true;
		this.#flags[place] = ((this.#flags[place] ?? 0) & ~levelBits) | index;
	}
}

function newChannels(): Record<LogLine['channel'], Channel> {
	const channel = (): Channel => ({ reader: new RecordReader(), record: null });
	return { stdout: channel(), stderr: channel() };
}

function groupBegins(text: string): OpenGroup['kind'] | null {
	if (text.startsWith('*** ')) return 'origin';
	const start = text.length > 600 ? text.slice(0, 600) : text;
	const at = start.indexOf('::group::');
	if (at !== -1 && (at === 0 || lineHead(text)?.body === at)) return 'named';
	return start.includes('INFO - Dependencies all met for dep_context=non-requeueable deps ti=<') ? 'preparation' : null;
}

/** The title of a group, shown in the line that stands for it. */
export function groupTitle(text: string): Message {
	if (text.startsWith('*** ')) return quoted(text.slice(4).replace(/:$/, ''));
	const at = text.indexOf('::group::');
	if (at === -1) return phrase(["Airflow's own lines before the task", '작업 전 Airflow 로그']);
	const title = text.slice(at + '::group::'.length);
	return title === '' ? phrase(['group', '그룹']) : quoted(title);
}
