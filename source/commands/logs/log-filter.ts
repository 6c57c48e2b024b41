import { type LogLevel, logLevels } from '../../model/logs/log-level.ts';
import type { LogChannel, LogLine } from '../../model/logs/log-line.ts';
import { RecordReader } from '../../model/logs/log-records.ts';
import type { Pattern } from '../../model/text/pattern.ts';

export type LogFilter = {
	readonly grep: Pick<Pattern, 'test'> | null;
	readonly exclude: Pick<Pattern, 'test'> | null;
	/** Drops records below it, with their tracebacks; a record without a level counts as info. */
	readonly level: LogLevel | null;
	/** Context lines before and after a match. */
	readonly before: number;
	readonly after: number;
};

export type Selected = {
	readonly line: LogLine;
	readonly level: LogLevel | null;
	/** Lines were dropped since the last selected one: grep's `--`, if context is requested. */
	readonly afterGap: boolean;
	readonly role: 'match' | 'before' | 'after';
};

/** Selects lines of one source in order, like grep. */
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
