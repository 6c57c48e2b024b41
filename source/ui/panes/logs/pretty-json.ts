import { printableJson } from '../../../model/text/clean-text.ts';

/** The JSON object or list in a line, indented, one text per row; null if there is none. */
export function prettyJson(text: string): string[] | null {
	const start = text.search(/[{[]/);
	const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
	if (start === -1 || end < start) return null;
	const json = text.slice(start, end + 1);
	try {
		const value: unknown = JSON.parse(json);
		if (typeof value !== 'object' || value === null) return null;
		const before = text.slice(0, text.indexOf(json)).trim();
		return [...(before === '' ? [] : [before]), ...printableJson(value, 2).split('\n')];
	} catch {
		return null;
	}
}
