import type { Glyphs } from '../../presentation/glyphs.ts';
import { fit, textWidth } from '../../presentation/text.ts';
import type { PageLine } from '../conversation.ts';

/** A longer cell is cut, except in the last column. */
const widestCell = 40;

/** Rows of a page with aligned columns; numbers are aligned to the right. */
export function alignedLines(rows: readonly (readonly string[])[], glyphs: Pick<Glyphs, 'ellipsis'>): PageLine[] {
	const columns = Math.max(0, ...rows.map(row => row.length));
	const widths = Array.from({ length: columns }, (_, column) =>
		Math.min(widestCell, Math.max(...rows.map(row => textWidth(row[column] ?? '')))),
	);
	const isNumeric = widths.map((_, column) =>
		rows.slice(1).every(row => /^[-−+]?(?:[\d.,]+(?:e[-+]?\d+|[kMGT])?|∞|inf|nan)?$/i.test(row[column] ?? '')),
	);
	return rows.map(row => ({
		text: row
			.map((text, column) => {
				if (column === columns - 1) return text;
				return fit(text, widths[column] ?? 0, glyphs.ellipsis, isNumeric[column] === true ? 'right' : 'left');
			})
			.join('  ')
			.trimEnd(),
	}));
}
