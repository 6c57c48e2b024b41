import { isIP } from 'node:net';
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

/** The furthest moments that a date can hold, ms from the epoch (ECMA-262, Time Values and Time Range). */
const furthestMs = 8.64e15;

/** A number of `unitMs` since the epoch as ms; null where there is none, or no date is so far away. */
export const epochTime = (unitMs: number) =>
	z.pipe(
		z.nullish(z.union([z.number(), z.string()])),
		z.transform(count => {
			const ms = count === null || count === undefined || count === '' ? Number.NaN : Number(count) * unitMs;
			return Math.abs(ms) <= furthestMs ? ms : null;
		}),
	);

/** A TCP or UDP port, also as text; null for what is none. */
export const optionalPort = z.pipe(
	z.nullish(z.union([z.number(), z.string()])),
	z.transform(given => {
		const port = typeof given === 'string' && !/^\d{1,5}$/.test(given) ? Number.NaN : Number(given);
		return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
	}),
);

/** An IP address, an IPv6 one also with its zone; empty where none is given, null for what is none. */
export const optionalIp = z.pipe(
	z.nullish(z.string()),
	z.transform(address => (address ? (isIP(address) === 0 ? null : address) : '')),
);
