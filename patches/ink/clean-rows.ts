import { isNarrowText } from '../string-width/narrow-width.ts';
import { remembered } from './row-memory.ts';

/** The texts of the screen are asked for with each frame. */
const textsKept = 32;

/** Whether there is nothing to clean in a text. */
export const isClean = remembered(isNarrowText, textsKept);

/**
 * Cleans a text row by row, and each row once.
 * @param sanitize Ink's own, of a row
 */
export function cleaner(sanitize: (row: string) => string): (text: string) => string {
	const cleanRow = remembered(row => (isNarrowText(row) ? row : sanitize(row)));
	return remembered(text => text.split('\n').map(cleanRow).join('\n'), textsKept);
}
