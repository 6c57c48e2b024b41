import { type Message, phrase } from '../../words/message.ts';
import { SlowQuery } from '../text/slow-query.ts';
import { type Folds, foldedLines, linesOfRecord, worstLevel } from './line-folds.ts';
import { everything, LogIndex, type LogQuery } from './log-index.ts';
import type { LogLevel } from './log-level.ts';
import type { LogLine } from './log-line.ts';
import { type LogSequence, type LogSource, lineId, sequenceOf } from './log-sequence.ts';

/** A line with everything known about it. */
export type ViewLine = {
	readonly id: number;
	readonly position: number;
	readonly source: number;
	readonly line: LogLine;
	readonly level: LogLevel | null;
	/** The first line of its record. */
	readonly isHead: boolean;
	/** Shown only as a context line. */
	readonly isContext: boolean;
	readonly isHit: boolean;
	readonly isGroup: boolean;
};

/**
 * One or several logs, read through a query. Lines are identified by id; what is above and below a line is found step
 * by step, so that the cost of a screen depends only on its size. `advance` does the work that grows with the log.
 */
export class LogView {
	readonly sequence: LogSequence;
	readonly #indexes: readonly LogIndex[];
	#query: LogQuery = everything;
	#asked: LogQuery = everything;
	#problem: Message | null = null;
	#done = true;
	readonly #slowQuery = new SlowQuery();

	constructor(sources: readonly LogSource[]) {
		this.sequence = sequenceOf(sources);
		this.#indexes = sources.map(({ buffer }) => new LogIndex(buffer));
	}

	/** The query in force: the requested one without patterns that had to be dropped. */
	get query(): LogQuery {
		return this.#query;
	}

	/** The requested query. */
	get asked(): LogQuery {
		return this.#asked;
	}

	/** Whether any line so far had a level. */
	get hasLevels(): boolean {
		return this.#indexes.some(index => index.hasLevels);
	}

	/** Why the query differs from the requested one; null if it does not. */
	get problem(): Message | null {
		return this.#problem;
	}

	setQuery(query: LogQuery): void {
		if (query === this.#asked) return;
		this.#query = query;
		this.#asked = query;
		this.#problem = null;
		this.#done = false;
		this.#slowQuery.forget();
		for (const index of this.#indexes) index.setQuery(query);
	}

	/** Reads new lines, for this time at most; returns whether all lines are read. */
	advance(budgetMs: number): boolean {
		this.sequence.update();
		// On a busy host even no work may be stopped at its limit, and then all lines would be read again.
		if (this.#indexes.every(index => index.isDone)) {
			this.#done = true;
			return true;
		}
		const end = performance.now() + budgetMs;
		const hasTime = () => performance.now() < end;
		const work = () => {
			this.#done = this.#indexes.map(index => index.advance(hasTime)).every(Boolean);
			return this.#done;
		};
		const { keep, exclude, search } = this.#query;
		if (!keep && !exclude && !search) return work();
		const outcome = this.#slowQuery.slice(budgetMs, work);
		if (outcome === 'read') return this.#done;
		// Neither the expression nor the line is known: read all again, without expressions if they are slow.
		if (outcome === 'slow') {
			this.#query = { ...this.#query, keep: null, exclude: null, search: null };
			this.#problem = phrase([
				'the expression was dropped: it takes too long on a line',
				'한 줄을 검색하는 데 너무 오래 걸려 정규식을 적용하지 않았습니다',
			]);
		}
		for (const index of this.#indexes) {
			index.setQuery(this.#query);
			index.restart();
		}
		this.#done = false;
		return false;
	}

	/** Whether all lines are read. */
	get isDone(): boolean {
		return this.#done;
	}

	/** The share of lines that was read, 0 to 1. */
	get progress(): number {
		let held = 0;
		let unread = 0;
		for (const [source, index] of this.#indexes.entries()) {
			const buffer = this.sequence.sources[source]?.buffer;
			held += buffer?.length ?? 0;
			unread += Math.max(0, (buffer?.next ?? 0) - index.read);
		}
		return held === 0 ? 1 : Math.max(0, 1 - unread / held);
	}

	/** Lines that the sources dropped because of their limits. */
	get dropped(): number {
		return this.sequence.sources.reduce((sum, { buffer }) => sum + buffer.first, 0);
	}

	at(position: number): ViewLine | null {
		const { sequence } = this;
		if (position < sequence.first || position >= sequence.next) return null;
		const line = sequence.lineAt(position);
		if (!line) return null;
		const source = sequence.sourceAt(position);
		const number = sequence.numberAt(position);
		const index = this.#indexes[source];
		if (!index) return null;
		return {
			id: sequence.idAt(position),
			position,
			source,
			line,
			level: index.level(number),
			isHead: index.headOf(number) === number,
			isContext: index.isContext(number),
			isHit: index.isHit(number),
			isGroup: index.groupOf(number) === number,
		};
	}

	/** Whether the query shows the line at that position, regardless of folds. */
	isAsked(position: number): boolean {
		const { sequence } = this;
		return this.#indexes[sequence.sourceAt(position)]?.isShown(sequence.numberAt(position)) ?? false;
	}

	/** Whether query and folds show the line at that position. */
	isVisible(position: number, folds: Folds): boolean {
		const { sequence } = this;
		if (position < sequence.first || position >= sequence.next || !sequence.lineAt(position)) return false;
		const source = sequence.sourceAt(position);
		const number = sequence.numberAt(position);
		const index = this.#indexes[source];
		if (!index?.isShown(number)) return false;
		const { first: held } = sequence.sources[source]?.buffer ?? { first: 0 };
		// Folded lines are hidden only if the line that stands for them is visible itself.
		const stands = (line: number) => line >= held && index.isShown(line);
		const group = index.groupOf(number);
		if (group !== null && group !== number && !folds.changed.has(lineId(source, group)) && stands(group)) return false;
		const head = index.headOf(number);
		return head === number || folds.records === folds.changed.has(lineId(source, head)) || !stands(head);
	}

	/** The next visible position from there (exclusive) in a direction; null at the end. */
	step(position: number, direction: 1 | -1, folds: Folds): number | null {
		const { first, next } = this.sequence;
		for (let one = position + direction; one >= first && one < next; one += direction)
			if (this.isVisible(one, folds)) return one;
		return null;
	}

	/** The last, or first, visible position. */
	last(folds: Folds): number | null {
		return this.step(this.sequence.next, -1, folds);
	}

	first(folds: Folds): number | null {
		return this.step(this.sequence.first - 1, 1, folds);
	}

	/**
	 * The visible position nearest to a line: its own, the one above or the one below. A line that is no longer held was
	 * at the front.
	 */
	nearest(id: number, folds: Folds): number | null {
		const position = this.sequence.positionOf(id) ?? this.sequence.first;
		if (this.isVisible(position, folds)) return position;
		return this.step(position, -1, folds) ?? this.step(position, 1, folds);
	}

	/** The id of the line that stands for this line: of its folded or foldable group, else of its record. */
	foldOf(position: number): { id: number; kind: 'group' | 'record'; lines: number } | null {
		const { sequence } = this;
		const source = sequence.sourceAt(position);
		const number = sequence.numberAt(position);
		const index = this.#indexes[source];
		if (!index) return null;
		const group = index.groupOf(number);
		if (group !== null) return { id: lineId(source, group), kind: 'group', lines: foldedLines(index, group, 'group') };
		const head = index.headOf(number);
		const lines = foldedLines(index, head, 'record');
		return lines === 0 ? null : { id: lineId(source, head), kind: 'record', lines };
	}

	/** The lines of the record at a position. */
	recordAt(position: number): LogLine[] {
		const source = this.sequence.sourceAt(position);
		const index = this.#indexes[source];
		const buffer = this.sequence.sources[source]?.buffer;
		if (!index || !buffer) return [];
		return linesOfRecord(index, buffer, index.headOf(this.sequence.numberAt(position)));
	}

	/** The worst level among the lines of a group, which its fold must not hide. */
	levelOfGroup(position: number): LogLevel | null {
		const source = this.sequence.sourceAt(position);
		const index = this.#indexes[source];
		return index ? worstLevel(index, this.sequence.numberAt(position)) : null;
	}

	/** Number of lines that the query shows, and of search hits among them; and the number of hits up to a position. */
	count(upTo = Number.POSITIVE_INFINITY): { shown: number; hits: number; hitsUpTo: number } {
		const { first, next } = this.sequence;
		let shown = 0;
		let hits = 0;
		let hitsUpTo = 0;
		for (let position = first; position < next; position++) {
			const index = this.#indexes[this.sequence.sourceAt(position)];
			const number = this.sequence.numberAt(position);
			if (!index?.isShown(number)) continue;
			shown++;
			if (!index.isHit(number)) continue;
			hits++;
			if (position <= upTo) hitsUpTo++;
		}
		return { shown, hits, hitsUpTo };
	}

	/**
	 * The next position in a direction with a hit or an error, among lines that the query shows, including folded ones;
	 * null if there is none.
	 */
	find(from: number, direction: 1 | -1, what: 'hit' | 'error' | 'mark'): number | null {
		const { first, next } = this.sequence;
		for (let position = from + direction; position >= first && position < next; position += direction) {
			const index = this.#indexes[this.sequence.sourceAt(position)];
			const number = this.sequence.numberAt(position);
			if (!index?.isShown(number)) continue;
			const found =
				what === 'hit'
					? index.isHit(number)
					: what === 'error'
						? index.level(number) === 'error' && index.headOf(number) === number
						: this.sequence.lineAt(position)?.mark === true;
			if (found) return position;
		}
		return null;
	}

	/** The first position with a line of that time or later; null if there is none. */
	atTime(ms: number): number | null {
		const { first, next } = this.sequence;
		for (let position = first; position < next; position++) {
			const line = this.sequence.lineAt(position);
			// A line of laketop has the time at which the log was read, which for the log of a task may be long after.
			if (line?.mark) continue;
			const at = line?.loggedAt;
			if (at !== null && at !== undefined && at >= ms) return position;
		}
		return null;
	}

	/** The folds with which the line at that position is visible. */
	unfoldedFor(position: number, folds: Folds): Folds {
		const source = this.sequence.sourceAt(position);
		const number = this.sequence.numberAt(position);
		const index = this.#indexes[source];
		if (!index || this.isVisible(position, folds)) return folds;
		const changed = new Set(folds.changed);
		const group = index.groupOf(number);
		if (group !== null && group !== number) changed.add(lineId(source, group));
		const head = index.headOf(number);
		if (head !== number) {
			if (folds.records) changed.add(lineId(source, head));
			else changed.delete(lineId(source, head));
		}
		return { ...folds, changed };
	}
}
