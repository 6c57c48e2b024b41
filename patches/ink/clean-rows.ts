import { isNarrowText } from '../string-width/narrow-width.ts';
import { remembered } from './row-memory.ts';

/** Each frame needs the texts of the screen again. */
const textsKept = 32;

/** Whether a text needs no cleaning. */
export const isClean = remembered(isNarrowText, textsKept);

/**
 * Cleans a text row by row, each row once.
 * @param sanitize Ink's own function, for a row
 */
export function cleaner(sanitize: (row: string) => string): (text: string) => string {
	const cleanRow = remembered(row => (isNarrowText(row) ? row : sanitize(row)));
	return remembered(text => text.split('\n').map(cleanRow).join('\n'), textsKept);
}
