/**
 * Requirements and output of `npm run coverage`: how many of the lines and branches of source/, including the demo, the
 * unit tests run, in all and by room. Vitest makes the table with the class below and checks the limits itself.
 */
import { join, relative, sep } from 'node:path';

/** Percent, in all and in each of these rooms: in code that changes the stack, no average may hide a gap. */
export const limits = { lines: 90, branches: 80 };
export const limitedRooms = ['operations', 'ui/actions', 'ui/panes'];

const source = join(import.meta.dirname, '../source');
const whole = 'whole';

type Count = { readonly total: number; readonly covered: number };
type Counts = { readonly lines: Count; readonly branches: Count };
/** The parts of a Vitest package's types that are used here. */
type ReportNode = {
	getFileCoverage(): { readonly path: string };
	getCoverageSummary(): { toJSON(): Counts };
};
type ReportContext = { getTree(kind: 'flat'): { visit(visitor: { onDetail(node: ReportNode): void }): void } };

/** A file counts in its room, in the limited room within it, and in the whole. */
function roomsOf(file: string): string[] {
	const [room = '', ...rest] = relative(source, file).split(sep);
	const within = limitedRooms.filter(name => name === `${room}/${rest[0]}`);
	return [...(rest.length > 0 ? [room] : []), ...within, whole];
}

const sum = (one: Count, other: Count): Count => ({
	total: one.total + other.total,
	covered: one.covered + other.covered,
});
/** Rounded down, as the limits are checked: 89.999 % is not 90. */
const share = ({ total, covered }: Count) =>
	`${(total === 0 ? 100 : Math.floor((10_000 * covered) / total) / 100).toFixed(2)} %`;

/** A coverage reporter of Vitest: one row per room, the whole last. */
export default class CoverageByRoom {
	execute(context: ReportContext): void {
		const rooms = new Map<string, Counts>();
		context.getTree('flat').visit({
			onDetail(node) {
				const { lines, branches } = node.getCoverageSummary().toJSON();
				for (const room of roomsOf(node.getFileCoverage().path)) {
					const before = rooms.get(room);
					rooms.set(room, {
						lines: before ? sum(before.lines, lines) : lines,
						branches: before ? sum(before.branches, branches) : branches,
					});
				}
			},
		});
		const row = (...[room, lines, branches, limit]: readonly string[]) =>
			console.log(`${room?.padEnd(14)}${lines?.padStart(10)}${branches?.padStart(11)}  ${limit}`);
		row('room', 'lines', 'branches', 'at least');
		for (const room of [...[...rooms.keys()].filter(name => name !== whole).sort(), whole]) {
			const counts = rooms.get(room);
			const isLimited = room === whole || limitedRooms.includes(room);
			const limit = isLimited ? `${limits.lines} and ${limits.branches} %` : '';
			if (counts) row(room, share(counts.lines), share(counts.branches), limit);
		}
	}
}
