import type { LogBuffer } from './log-buffer.ts';
import type { LogIndex } from './log-index.ts';
import type { LogLevel } from './log-level.ts';
import type { LogLine } from './log-line.ts';

/** Which groups and records are folded. By default groups are folded and records are open. */
export type Folds = {
	/** Ids of the first lines of groups and records that differ from the default. */
	readonly changed: ReadonlySet<number>;
	/** Whether records are folded by default. */
	readonly records: boolean;
};

export const defaultFolds: Folds = { changed: new Set(), records: false };

/** Lines of a fold that are counted at most: a group may hold the rest of the log. */
const foldLimit = 20_000;
/** Lines of the other channel that may lie within a record. */
const foldGap = 50;

/** Lines of a group or a record, without its first line `start`; counted up to `foldLimit`. */
export function foldedLines(index: LogIndex, start: number, kind: 'group' | 'record'): number {
	let count = 0;
	for (let number = start + 1; number < index.read && number - start < foldLimit; number++) {
		const of = kind === 'group' ? index.groupOf(number) : index.headOf(number);
		if (of === start) count++;
		// Lines of the other channel may lie between; a line of the next record ends it.
		else if (number - start > count + foldGap) break;
	}
	return count;
}

/** All lines of the record that starts with line `head`. */
export function linesOfRecord(index: LogIndex, buffer: LogBuffer, head: number): LogLine[] {
	const lines: LogLine[] = [];
	let others = 0;
	for (let number = head; number < index.read && others < foldGap; number++) {
		const line = index.headOf(number) === head ? buffer.at(number) : undefined;
		if (line) lines.push(line);
		else others++;
	}
	return lines;
}

/** The worst level among the lines of the group that starts with line `start`, if it is warning or error. */
export function worstLevel(index: LogIndex, start: number): LogLevel | null {
	let worst: LogLevel | null = null;
	for (let number = start + 1; number < index.read && index.groupOf(number) === start; number++) {
		const level = index.level(number);
		if (level === 'error') return 'error';
		if (level === 'warning') worst = 'warning';
	}
	return worst;
}
