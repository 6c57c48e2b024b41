import type { Glyphs } from '../../presentation/glyphs.ts';
import type { Span } from '../../presentation/text.ts';
import type { Language, Text } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';

/** A column of a list; `order` is what it is sorted by, the smallest first. */
export type BrowseColumn<Row> = {
	readonly id: string;
	readonly heading: Text;
	readonly align: 'left' | 'right';
	/** Columns of a low number are kept longest where there is no room for all. */
	readonly priority: number;
	readonly order: (row: Row) => string | number;
	/** Whether that puts the largest or newest first. */
	readonly descends?: true;
	readonly span: (row: Row, context: CellContext<Row>) => Span;
};

export type CellContext<Row> = {
	readonly now: number;
	readonly glyphs: Glyphs;
	readonly ownProject: string | null;
	/** All that are listed: those that would look alike are shown with more of their time. */
	readonly rows: readonly Row[];
	readonly language: Language;
	readonly say: Writer;
};

/** The rows in the order of a column, `-` before its id for the other way round. */
export function sorted<Row>(rows: readonly Row[], columns: readonly BrowseColumn<Row>[], sort: string): Row[] {
	const id = sort.replace(/^-/, '');
	const column = columns.find(one => one.id === id) ?? columns[0];
	if (!column) return [...rows];
	const sign = sort.startsWith('-') ? -1 : 1;
	return rows.toSorted((a, b) => {
		const [left, right] = [column.order(a), column.order(b)];
		return sign * (left < right ? -1 : left > right ? 1 : 0);
	});
}

/** Whether all words of a filter are in these texts, whatever their case. */
export function holds(filter: string, ...texts: readonly (string | null)[]): boolean {
	const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
	const all = texts.join(' ').toLowerCase();
	return wanted.every(word => all.includes(word));
}
