import { moment, momentToSecond } from './format.ts';

/** A row that people identify by name and time. */
export type TimedRow = {
	/** Unique. */
	readonly id: string;
	readonly name: string;
	/** ms since the epoch; null if it has none. */
	readonly at: number | null;
};

/**
 * The time of each row, by id: to the minute; if two rows would look alike, to the second or with the part of the id
 * that differs.
 */
export function distinctMoments(rows: readonly TimedRow[], now: number): ReadonlyMap<string, string> {
	const texts = new Map<string, string>();
	const apart = (alike: readonly TimedRow[], written: readonly ((row: TimedRow) => string)[]) => {
		const [write, ...finer] = written;
		if (!write) return;
		for (const group of Map.groupBy(alike, row => `${row.name}\n${write(row)}`).values()) {
			if (group.length > 1 && finer.length > 0) apart(group, finer);
			else for (const row of group) texts.set(row.id, write(row));
		}
	};
	const second = ({ at }: TimedRow) => (at === null ? '' : momentToSecond(at, now));
	apart(rows, [({ at }) => (at === null ? '' : moment(at, now)), second]);
	for (const group of Map.groupBy(rows, ({ id, name }) => `${name}\n${texts.get(id)}`).values()) {
		if (group.length < 2) continue;
		const parts = ownParts(group.map(({ id }) => id));
		for (const [index, { id }] of group.entries()) texts.set(id, `${texts.get(id)} ${parts[index]}`.trim());
	}
	return texts;
}

/** Characters of an id part: people do not read longer ones. */
const longestPart = 20;

/** Each id without the common beginning and end; the whole ids if these parts are not unique. */
function ownParts(ids: readonly string[]): readonly string[] {
	const [first = '', ...others] = ids;
	const shortest = Math.min(...ids.map(id => id.length));
	let start = 0;
	while (start < shortest && others.every(id => id[start] === first[start])) start++;
	let end = 0;
	while (end < shortest - start && others.every(id => id.at(-1 - end) === first.at(-1 - end))) end++;
	const parts = ids.map(id => id.slice(start, id.length - end).slice(0, longestPart));
	return parts.includes('') || new Set(parts).size < parts.length ? ids : parts;
}
