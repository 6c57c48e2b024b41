import { type LogLevel, logLevels } from '../model/log-level.ts';
import type { LogChannel, LogLine } from '../model/log-line.ts';
import { RecordReader } from '../model/log-records.ts';
import type { Pattern } from '../model/pattern.ts';

export type LogFilter = {
	readonly grep: Pick<Pattern, 'test'> | null;
	readonly exclude: Pick<Pattern, 'test'> | null;
	/** Records below it are left out, tracebacks with them; those without a level count as info. */
	readonly level: LogLevel | null;
	/** Lines that are printed with those that match, before and after them. */
	readonly before: number;
	readonly after: number;
};

export type Selected = {
	readonly line: LogLine;
	readonly level: LogLevel | null;
	/** Lines before it were left out since the last one that was selected: grep's `--`, where context is asked for. */
	readonly afterGap: boolean;
	/** Whether it is what was looked for, or stands before or after it. */
	readonly role: 'match' | 'before' | 'after';
};

/** Chooses among the lines of one source, in their order, as grep does. */
export class LineChooser {
	readonly #filter: LogFilter;
	readonly #records: Readonly<Record<LogChannel, RecordReader>> = {
		stdout: new RecordReader(),
		stderr: new RecordReader(),
	};
	#before: { line: LogLine; level: LogLevel | null; number: number }[] = [];
	#afterLeft = 0;
	#number = 0;
	#lastSelected: number | null = null;

	constructor(filter: LogFilter) {
		this.#filter = filter;
	}

	choose(lines: readonly LogLine[]): Selected[] {
		const selected: Selected[] = [];
		for (const line of lines) {
			const { level } = this.#records[line.channel].read(line);
			this.#take({ line, level, number: this.#number++ }, selected);
		}
		return selected;
	}

	#take(one: { line: LogLine; level: LogLevel | null; number: number }, into: Selected[]): void {
		const { grep, exclude, level, before, after } = this.#filter;
		const { text } = one.line;
		if (exclude?.test(text)) return;
		const isLoud = level === null || logLevels.indexOf(one.level ?? 'info') >= logLevels.indexOf(level);
		if (isLoud && (grep === null || grep.test(text))) {
			for (const earlier of this.#before) this.#select(earlier, 'before', into);
			this.#before = [];
			this.#select(one, 'match', into);
			this.#afterLeft = after;
		} else if (this.#afterLeft > 0) {
			this.#afterLeft--;
			this.#select(one, 'after', into);
		} else if (before > 0) {
			this.#before.push(one);
			if (this.#before.length > before) this.#before.shift();
		}
	}

	#select(
		{ line, level, number }: { line: LogLine; level: LogLevel | null; number: number },
		role: Selected['role'],
		into: Selected[],
	): void {
		const wantsContext = this.#filter.before > 0 || this.#filter.after > 0;
		const afterGap = wantsContext && this.#lastSelected !== null && number > this.#lastSelected + 1;
		into.push({ line, level, afterGap, role });
		this.#lastSelected = number;
	}
}
