import * as z from 'zod/mini';
import { cleanLines, cleanText } from '../model/clean-text.ts';

/** A string of a server's answer, on one line and harmless. */
export const outsideText = z.pipe(z.string(), z.transform(cleanText));
/** The same, its line breaks kept: probe outputs, stack traces, notes. */
export const outsideLines = z.pipe(z.string(), z.transform(cleanLines));
/** A missing or null string as null. */
export const optionalText = z.pipe(
	z.nullish(z.string()),
	z.transform(text => (text === undefined || text === null ? null : cleanText(text))),
);
/** An RFC 3339 time, or nothing, as ms since the epoch; Go's zero time (year 1) and rubbish are null. */
export const optionalTime = z.pipe(
	z.nullish(z.string()),
	z.transform(text => {
		const ms = text ? Date.parse(text) : Number.NaN;
		return Number.isFinite(ms) && ms > 0 ? ms : null;
	}),
);
