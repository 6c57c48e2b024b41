import { moment, momentToSecond } from './format.ts';

/** How a row is read that people identify by name and time. */
export type TimedRow<Row> = {
	/** Unique. */
	readonly id: (row: Row) => string;
	readonly name: (row: Row) => string;
	/** ms since the epoch; null if it has none. */
	readonly at: (row: Row) => number | null;
};

/**
 * Writes the time of a row: to the minute; if two rows would look alike, to the second or with the part of the id that
 * differs. Only the times that are asked for are written: a screen shows fifty of 10,000 rows.
 */
export function distinctMoments<Row>(rows: readonly Row[], read: TimedRow<Row>, now: number): (row: Row) => string {
	const byName = named(rows, read.name);
	const byMinute = new Map<string, ReadonlyMap<number | null, readonly Row[]>>();
	const texts = new Map<string, string>();
	return row => {
		const [id, name, at] = [read.id(row), read.name(row), read.at(row)];
		const known = texts.get(id);
		if (known !== undefined) return known;
		const minutes = byMinute.get(name) ?? Map.groupBy(byName(name), one => minuteOf(read.at(one)));
		byMinute.set(name, minutes);
		for (const [other, text] of timesOf(minutes.get(minuteOf(at)) ?? [], read, now)) texts.set(other, text);
		return texts.get(id) ?? toMinute(at, now);
	};
}

/** The rows of a name. Unlike `Map.groupBy` it makes no list for each of 10,000 names. */
function named<Row>(rows: readonly Row[], nameOf: (row: Row) => string): (name: string) => readonly Row[] {
	const first = new Map<string, Row>();
	const others = new Map<string, Row[]>();
	for (const row of rows) {
		const name = nameOf(row);
		const one = first.get(name);
		const more = others.get(name);
		if (one === undefined) first.set(name, row);
		else if (more) more.push(row);
		else others.set(name, [one, row]);
	}
	return name => {
		const one = first.get(name);
		return others.get(name) ?? (one === undefined ? [] : [one]);
	};
}

const toMinute = (at: number | null, now: number) => (at === null ? '' : moment(at, now));
const toSecond = (at: number | null, now: number) => (at === null ? '' : momentToSecond(at, now));

/**
 * Minutes since the epoch on a local clock: the same for times that are written alike, also where the clock was set back.
 */
function minuteOf(at: number | null): number | null {
	return at === null ? null : Math.floor(at / 60_000) - new Date(at).getTimezoneOffset();
}

/** The times of rows that look alike to the minute, by id. */
function timesOf<Row>(alike: readonly Row[], { id, at }: TimedRow<Row>, now: number): ReadonlyMap<string, string> {
	const [first, ...others] = alike;
	if (first === undefined) return new Map();
	if (others.length === 0) return new Map([[id(first), toMinute(at(first), now)]]);
	const texts = new Map<string, string>();
	for (const [text, group] of Map.groupBy(alike, row => toSecond(at(row), now))) {
		const parts = group.length < 2 ? [''] : ownParts(group.map(id));
		for (const [index, row] of group.entries()) texts.set(id(row), `${text} ${parts[index]}`.trim());
	}
	return texts;
}

/** Characters of an id part: people do not read longer ones. */
const longestPart = 20;

/** Each id without the common beginning and end; the whole ids if these parts are not unique. */
function ownParts(ids: readonly string[]): readonly string[] {
	const [first = '', ...others] = ids;
	const shortest = ids.reduce((least, { length }) => Math.min(least, length), first.length);
	let start = 0;
	while (start < shortest && others.every(id => id[start] === first[start])) start++;
	let end = 0;
	while (end < shortest - start && others.every(id => id.at(-1 - end) === first.at(-1 - end))) end++;
	const parts = ids.map(id => id.slice(start, id.length - end).slice(0, longestPart));
	return parts.includes('') || new Set(parts).size < parts.length ? ids : parts;
}
