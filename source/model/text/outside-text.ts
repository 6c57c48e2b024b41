import { isIP } from 'node:net';
import * as z from 'zod/mini';
import { maskText } from '../secrets/secrets.ts';
import { cleanJson, cleanLines, cleanText } from './clean-text.ts';
import type { Json } from './json.ts';
import { cleanId } from './outside-id.ts';

/**
 * The strings of every response and file from outside: cleaned and limited in the schema, so that no field is
 * forgotten. A test checks that all schemas use these kinds only.
 */

/** Characters of one line: a name, a state, a path. */
export const textLimit = 8192;
/** Characters of several lines: probe outputs, stack traces, notes, documentation. */
export const linesLimit = 262_144;
/** Characters of an identifier: Airflow's have 250, MLflow's names 500, tokens of pages and files are longer. */
export const idLimit = 4096;

/** The beginning of a text, with a mark if it was cut. */
function cut(text: string, limit: number): string {
	return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** Cut before cleaning too, so that a text of megabytes costs nothing. */
const bounded = (clean: (text: string) => string, limit: number) =>
	z.string().check(z.overwrite<string>(text => cut(clean(cut(text, limit)), limit)));

/** A string of a server's response: on one line, and safe to show. */
export const outsideText = bounded(cleanText, textLimit);
/** The same with line breaks. */
export const outsideLines = bounded(cleanLines, linesLimit);
/** The same on one line and without secrets: a command, a variable's value, an error. */
export const maskedText = bounded(text => maskText(cleanText(text)), linesLimit);
/**
 * A name of a container, service, project, network or volume: removed characters are escaped, so that two names never
 * look alike, and the name on the screen can be typed.
 */
export const outsideName = bounded(cleanId, textLimit);
export const optionalName = z.pipe(
	z.nullish(outsideName),
	z.transform(name => name ?? null),
);
/** Several lines without secrets: output of a program, or text of a person. */
export const maskedLines = bounded(text => maskText(cleanLines(text)), linesLimit);
/** A missing or null string as null. */
export const optionalText = z.pipe(
	z.nullish(outsideText),
	z.transform(text => text ?? null),
);

/**
 * An identifier: safe to show, and restored by `exactId` for its server. A longer one is rejected, because a cut one
 * identifies something else.
 */
export const outsideId = z.string().check(
	z.maxLength(idLimit),
	z.overwrite<string>(id => (id.length > idLimit ? '' : cleanId(id))),
);
export const optionalId = z.pipe(
	z.nullish(outsideId),
	z.transform(id => id ?? null),
);

/** A field whose value is ignored: only its presence counts. */
export const ignored = z.pipe(
	z.unknown(),
	z.transform(() => null),
);

/** Maximum nesting of lists and objects; deeper parts are left out. */
const depthLimit = 40;

/** Any JSON value with all its strings cleaned. */
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

/**
 * The JSON of an object, exact and safe to show; null for anything else, if it is empty, or too long to be written by a
 * person.
 */
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

/** Names and values, both cleaned. */
export const textRecord = z.record(outsideText, outsideText);

/** An RFC 3339 time as ms since the epoch, or null; Go's zero time (year 1) and invalid text are null. */
export const optionalTime = z.pipe(
	z.nullish(outsideText),
	z.transform(text => {
		const ms = text ? Date.parse(text) : Number.NaN;
		return Number.isFinite(ms) && ms > 0 ? ms : null;
	}),
);

/** The limits of a date, ms from the epoch (ECMA-262, Time Values and Time Range). */
const maxDateMs = 8.64e15;

/** A number of `unitMs` since the epoch as ms; null for none, or beyond the limits of dates. */
export const epochTime = (unitMs: number) =>
	z.pipe(
		z.nullish(z.union([z.number(), outsideText])),
		z.transform(count => {
			const ms = count === null || count === undefined || count === '' ? Number.NaN : Number(count) * unitMs;
			return Math.abs(ms) <= maxDateMs ? ms : null;
		}),
	);

/** A TCP or UDP port, also as text; null if invalid. */
export const optionalPort = z.pipe(
	z.nullish(z.union([z.number(), outsideText])),
	z.transform(given => {
		const port = typeof given === 'string' && !/^\d{1,5}$/.test(given) ? Number.NaN : Number(given);
		return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
	}),
);

/** An IP address, IPv6 also with its zone; empty if there is none, null if invalid. */
export const optionalIp = z.pipe(
	z.nullish(outsideText),
	z.transform(address => (address ? (isIP(address) === 0 ? null : address) : '')),
);

/** Maximum entries of a list. A page of Airflow has 100, and no engine runs so many containers. */
const entryLimit = 10_000;

/** A list short enough to be parsed; its entries are unchanged. */
export const shortList = z.array(z.unknown()).check(z.maxLength(entryLimit, 'more than 10,000 entries'));

/** A list that fits the screen and the memory: its length is checked before any entry is parsed. */
export const outsideList = <Entry extends z.ZodMiniType>(entry: Entry) => z.pipe(shortList, z.array(entry));
