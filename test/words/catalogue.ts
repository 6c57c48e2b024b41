import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';

export type WrittenText = { readonly place: string; readonly english: string; readonly korean: string };

/** A string in quotes of any kind; the quote is the group of this number. */
const literal = (group: number) => `(['"\`])((?:\\\\.|(?!\\${group})[^\\\\])*)\\${group}`;
/** `['English', '한국어']`, in one line or several. */
const pair = new RegExp(String.raw`\[\s*${literal(1)},\s*${literal(3)},?\s*\]`, 'g');

/** Every text of the program in both languages, from the source. */
export function catalogue(): WrittenText[] {
	return globSync('source/**/*.{ts,tsx}', { cwd: root })
		.toSorted()
		.flatMap(file => textsIn(readFileSync(join(root, file), 'utf8')).map(text => ({ place: file, ...text })));
}

/** The texts in both languages that a piece of source has. */
export function textsIn(source: string): Omit<WrittenText, 'place'>[] {
	return [...source.matchAll(pair)].flatMap(([, , english = '', , korean = '']) =>
		/\p{Script=Hangul}/u.test(korean) ? [{ english, korean }] : [],
	);
}
