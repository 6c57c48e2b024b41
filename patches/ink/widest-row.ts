import stringWidth from 'string-width';
import { remembered } from './row-memory.ts';

const widthOf = remembered(stringWidth);

/** Replaces `widest-line` where Ink measures: cells of the widest row, each row measured once. */
export default function widestRow(text: string): number {
	let widest = 0;
	for (const row of text.split('\n')) widest = Math.max(widest, widthOf(row));
	return widest;
}
