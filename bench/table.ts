/** Markdown tables and numbers in them. */

/** As many digits as a noisy figure has: 0.12, 1.2, 12, 1,234. */
export function number(value: number): string {
	if (!Number.isFinite(value)) return '–';
	const size = Math.abs(value);
	const digits = size >= 10 ? 0 : size >= 1 ? 1 : 2;
	const text = value.toFixed(digits);
	return Number(text) === 0 ? '0' : Number(text).toLocaleString('en', { minimumFractionDigits: digits });
}

/** The first column is text, the others are numbers. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
	const cells = (list: readonly string[]) => `| ${list.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	const rule = `|${heading.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`;
	return [cells(heading), rule, ...rows.map(cells)].join('\n');
}
