import { moment, momentToSecond } from './format.ts';

/** A row that people know by its name and its time. */
export type TimedRow = {
	/** Unlike that of any other row. */
	readonly id: string;
	readonly name: string;
	/** ms since the epoch; null where it has none. */
	readonly at: number | null;
};

/**
 * The time of each row, by its id: to the minute, and where two rows would look alike, to the second or with what only
 * its id has.
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

/** So much of an id is read. */
const longestPart = 20;

/** What is left of each id without the beginning and the end that all of them have; where that is not enough, the ids. */
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
