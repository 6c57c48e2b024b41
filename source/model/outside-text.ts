import { isIP } from 'node:net';
import * as z from 'zod/mini';
import { cleanJson, cleanLines, cleanText } from './clean-text.ts';
import type { Json } from './json.ts';
import { cleanId } from './outside-id.ts';
import { maskText } from './secrets.ts';

/**
 * The strings of every answer and file that comes from outside: cleaned and bounded in the schema, so that no field can
 * be forgotten. A test walks all schemas for strings that are not of these kinds.
 */

/** Characters of one line: a name, a state, a path. */
export const textLimit = 8192;
/** Characters of several lines: probe outputs, stack traces, notes, documentation. */
export const linesLimit = 262_144;
/** Characters of an identifier: Airflow's end at 250, MLflow's names at 500, tokens of pages and files are longer. */
export const idLimit = 4096;

/** The beginning of a text, marked where it was cut. */
function cut(text: string, limit: number): string {
	return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** Cut before it is cleaned as well, so that a text of megabytes costs nothing. */
const bounded = (clean: (text: string) => string, limit: number) =>
	z.string().check(z.overwrite<string>(text => cut(clean(cut(text, limit)), limit)));

/** A string of a server's answer, on one line and harmless. */
export const outsideText = bounded(cleanText, textLimit);
/** The same, its line breaks kept. */
export const outsideLines = bounded(cleanLines, linesLimit);
/** The same, on one line without secrets: a command, a variable's value, an error. */
export const maskedText = bounded(text => maskText(cleanText(text)), linesLimit);
/**
 * A name that containers, services, projects, networks and volumes are told apart by: what is not shown of it is
 * escaped, so that two names never look alike, and the name on the screen can be typed.
 */
export const outsideName = bounded(cleanId, textLimit);
export const optionalName = z.pipe(
	z.nullish(outsideName),
	z.transform(name => name ?? null),
);
/** Several lines without secrets: what a program printed, or a person wrote. */
export const maskedLines = bounded(text => maskText(cleanLines(text)), linesLimit);
/** A missing or null string as null. */
export const optionalText = z.pipe(
	z.nullish(outsideText),
	z.transform(text => text ?? null),
);

/** What names something to its server: harmless, and sent back by `exactId`. A longer one is refused: cut, it names something else. */
export const outsideId = z.string().check(
	z.maxLength(idLimit),
	z.overwrite<string>(id => (id.length > idLimit ? '' : cleanId(id))),
);
export const optionalId = z.pipe(
	z.nullish(outsideId),
	z.transform(id => id ?? null),
);

/** A field of which only its being there counts. */
export const ignored = z.pipe(
	z.unknown(),
	z.transform(() => null),
);

/** So deep lists and objects lie in each other at the most; what is deeper is left out. */
const depthLimit = 40;

/** Any value of JSON, each text in it harmless. */
export const outsideJson = z.pipe(
	z.unknown(),
	z.transform((value): Json => harmless(value, 0)),
);

function harmless(value: unknown, depth: number): Json {
	if (typeof value === 'string') return cut(cleanLines(cut(value, linesLimit)), linesLimit);
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (typeof value !== 'object' || value === null) return null;
	if (depth === depthLimit) return '…';
	if (Array.isArray(value)) return value.map(one => harmless(one, depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [cleanId(cut(name, idLimit)), harmless(field, depth + 1)]),
	);
}

/** The JSON text of an object, exact and harmless; null for what is none, is empty, or is longer than anybody wrote it. */
export const objectText = z.pipe(
	z.unknown(),
	z.transform((value): string | null => {
		if (typeof value !== 'object' || value === null || isDeeperThan(value, depthLimit)) return null;
		if (JSON.stringify(value).length > linesLimit) return null;
		const text = cleanJson(value);
		return text === '{}' ? null : text;
	}),
);

function isDeeperThan(value: object, depth: number): boolean {
	if (depth === 0) return true;
	return Object.values(value).some(one => typeof one === 'object' && one !== null && isDeeperThan(one, depth - 1));
}

/** A name and a value for each entry, both harmless. */
export const textRecord = z.record(outsideText, outsideText);

/** An RFC 3339 time, or nothing, as ms since the epoch; Go's zero time (year 1) and rubbish are null. */
export const optionalTime = z.pipe(
	z.nullish(outsideText),
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
		z.nullish(z.union([z.number(), outsideText])),
		z.transform(count => {
			const ms = count === null || count === undefined || count === '' ? Number.NaN : Number(count) * unitMs;
			return Math.abs(ms) <= furthestMs ? ms : null;
		}),
	);

/** A TCP or UDP port, also as text; null for what is none. */
export const optionalPort = z.pipe(
	z.nullish(z.union([z.number(), outsideText])),
	z.transform(given => {
		const port = typeof given === 'string' && !/^\d{1,5}$/.test(given) ? Number.NaN : Number(given);
		return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
	}),
);

/** An IP address, an IPv6 one also with its zone; empty where none is given, null for what is none. */
export const optionalIp = z.pipe(
	z.nullish(outsideText),
	z.transform(address => (address ? (isIP(address) === 0 ? null : address) : '')),
);

/** Entries of a list that are read. A page of Airflow has 100, and no engine runs so many containers. */
const entryLimit = 10_000;

/** A list short enough to be read at all; its entries are as they came. */
export const shortList = z.array(z.unknown()).check(z.maxLength(entryLimit, 'more than 10,000 entries'));

/** A list of no more entries than a screen, and the memory, can take: looked at before any of them is read. */
export const outsideList = <Entry extends z.ZodMiniType>(entry: Entry) => z.pipe(shortList, z.array(entry));
