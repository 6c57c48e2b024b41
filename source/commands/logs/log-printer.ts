import type { CommandContext } from '../../command-line/context/context.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { styleFor } from '../../command-line/output/style.ts';
import { logLevels } from '../../model/logs/log-level.ts';
import type { LogLine } from '../../model/logs/log-line.ts';
import { printableJson } from '../../model/text/clean-text.ts';
import { compilePattern, isPattern } from '../../model/text/pattern.ts';
import { fit, type Span } from '../../presentation/text.ts';
import { paint } from '../../presentation/theme.ts';
import { LineChooser, type LogFilter, type Selected } from './log-filter.ts';

/** Origin of a line, as in its document. */
export type LineOrigin = Pick<Document<'log-line'>, 'container' | 'service' | 'project' | 'task'>;

export type LinePrinter = {
	/** Prints the lines that pass the filter; waits for a slow reader. */
	print(source: string, origin: LineOrigin, lines: readonly LogLine[]): Promise<void>;
	/** Whether a filter is set. */
	readonly isFiltered: boolean;
	/** From now on keeps only the last matches of each source, with their context. */
	hold(count: number): void;
	/** Prints the kept lines, sorted by time; later lines are printed at once. */
	release(): Promise<void>;
};

type Held = {
	readonly source: string;
	readonly origin: LineOrigin;
	readonly selected: Selected;
	readonly order: number;
};

const prefixTones = ['good', 'active', 'odd', 'warning', 'accent', 'bad'] as const;

/** Prints the lines that pass the filter, prefixed with the source if there are several. */
export async function linePrinter(context: CommandContext, sources: readonly string[]): Promise<LinePrinter> {
	const { given, out } = context;
	const filter = filterOf(context);
	const style = await styleFor(out, context.io, context.config);
	const choosers = new Map<string, LineChooser>();
	const width = Math.max(0, ...sources.map(name => name.length));
	const prefixes = new Map<string, string>();
	const prefixOf = (source: string) => {
		if (sources.length < 2) return '';
		let prefix = prefixes.get(source);
		if (prefix === undefined) {
			const index = sources.indexOf(source);
			const tone = prefixTones[(index === -1 ? prefixes.size : index) % prefixTones.length];
			const span: Span = { text: `${fit(source, width, '')} | `, tone };
			prefix = paint([span], style.theme);
			prefixes.set(source, prefix);
		}
		return prefix;
	};
	let last = '';
	const text = (source: string, { line, afterGap }: Selected): string => {
		const prefix = prefixOf(source);
		const gap = afterGap || (last !== '' && last !== source && (filter.before > 0 || filter.after > 0)) ? '--\n' : '';
		last = source;
		const stamp = given.is('timestamps') ? stampOf(line) : '';
		return `${gap}${prefix}${stamp}${style.glyphs.fold(line.text)}\n`;
	};
	const print = (entries: readonly Omit<Held, 'order'>[]) =>
		out.write(
			entries
				.map(({ source, origin, selected }) =>
					given.is('json') ? `${printableJson(documentOf(origin, selected))}\n` : text(source, selected),
				)
				.join(''),
		);
	let limit: number | null = null;
	let order = 0;
	const held = new Map<string, Held[]>();
	return {
		isFiltered: filter.grep !== null || filter.exclude !== null || filter.level !== null,
		hold(count) {
			limit = count;
		},
		async release() {
			const count = limit ?? 0;
			limit = null;
			const time = ({ selected }: Held) => selected.line.loggedAt ?? 0;
			const all = [...held.values()]
				.flatMap(kept => lastMatches(kept, count))
				.toSorted((a, b) => time(a) - time(b) || a.order - b.order);
			held.clear();
			const [first, ...others] = all;
			if (first) await print([{ ...first, selected: { ...first.selected, afterGap: false } }, ...others]);
		},
		async print(source, origin, lines) {
			let chooser = choosers.get(source);
			if (!chooser) {
				chooser = new LineChooser(filter);
				choosers.set(source, chooser);
			}
			const selected = chooser.choose(lines);
			if (selected.length === 0) return;
			const entries = selected.map(one => ({ source, origin, selected: one }));
			if (limit === null) return print(entries);
			const kept = held.get(source) ?? [];
			for (const entry of entries) kept.push({ ...entry, order: order++ });
			held.set(source, kept.length > 4 * limit + 10_000 ? lastMatches(kept, limit) : kept);
		},
	};
}

/** The last matches, with the context before the first of them. */
function lastMatches(held: readonly Held[], count: number): Held[] {
	let left = count;
	let from = held.length;
	while (left > 0 && from > 0) if (held[--from]?.selected.role === 'match') left--;
	while (from > 0 && held[from - 1]?.selected.role === 'before') from--;
	return held.slice(from);
}

function stampOf({ stamp, loggedAt }: LogLine): string {
	if (stamp !== null) return `${stamp} `;
	return loggedAt === null ? '' : `${new Date(loggedAt).toISOString()} `;
}

function filterOf({ given }: CommandContext): LogFilter {
	const expression = (name: string) => {
		const pattern = given.text(name);
		const compiled = pattern === undefined ? null : compilePattern(pattern);
		return compiled !== null && isPattern(compiled) ? compiled : null;
	};
	const around = given.count('context') ?? 0;
	return {
		grep: expression('grep'),
		exclude: expression('exclude'),
		level: logLevels.find(level => level === given.text('level')) ?? null,
		before: given.count('before') ?? around,
		after: given.count('after') ?? around,
	};
}

function documentOf(origin: LineOrigin, { line, level }: Selected): Document<'log-line'> {
	const { stamp, loggedAt, channel, text } = line;
	return {
		schema: 'laketop/log-line/1',
		...origin,
		time: stamp ?? (loggedAt === null ? null : new Date(loggedAt).toISOString()),
		channel,
		level,
		text,
	};
}
