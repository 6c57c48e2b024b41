/** The picture that `laketop grid` prints, read back: each row under the groups that it is in, with its newest state. */
import { taskStateLook } from '../../../source/model/airflow/task-state.ts';
import { foldMarks, glyphSets } from '../../../source/presentation/glyphs.ts';
import type { Square, Truth } from './airflow-truth.ts';
import type { Cells } from './cells.ts';

const { unicode } = glyphSets;
const under = ' > ';
/** Indentation, the mark of a group, and the name. */
const rowStart = new RegExp(`^ {2}((?: {2})*)(${foldMarks.open.replaceAll(/\W/g, '\\$&')} )?(\\S+)`);

/** The states of Airflow's grid, by the names of the groups and of the task. */
export function squareCells({ places }: Truth, squares: ReadonlyMap<string, Square>): Cells {
	const rows = new Map<string, string>();
	for (const [id, { groups }] of places) {
		let path = '';
		for (const [depth, one] of [...groups, id].entries()) {
			const parent = `${groups[depth - 1] ?? ''}.`;
			path += `${depth === 0 ? '' : under}${one.startsWith(parent) ? one.slice(parent.length) : one}`;
			rows.set(path, unicode.state[taskStateLook(squares.get(one)?.state ?? null, true).symbol]);
		}
	}
	return rows;
}

/**
 * The same out of the picture of a grid with one run.
 * @param expected has the names of all rows, of which long ones are cut in the picture
 */
export function pictureCells(picture: string, expected: Cells): Cells {
	const lines = picture.trimEnd().split('\n');
	const from = lines.findIndex(line => /^ {2}DAG run /.test(line));
	// States begin after the names.
	const width = (lines[from] ?? '').search(/\S\s*$/);
	const rows = new Map<string, string>();
	const groups: string[] = [];
	for (const line of lines.slice(from + 1)) {
		const [, indent = '', mark = '', name = ''] = rowStart.exec(line.slice(0, width)) ?? [];
		// The times of the runs come after the tasks.
		if (name === '') break;
		const depth = indent.length / 2;
		const path = wholeName([...groups.slice(0, depth), name].join(under), expected);
		if (mark !== '') groups.splice(depth, groups.length, path.split(under).at(-1) ?? name);
		if (rows.has(path)) throw new Error(`${path} is drawn twice`);
		rows.set(path, line.charAt(width));
	}
	return rows;
}

/** The name of which the middle was cut out. */
function wholeName(cut: string, expected: Cells): string {
	const at = cut.indexOf(unicode.ellipsis);
	if (at < 0) return cut;
	const [start, end] = [cut.slice(0, at), cut.slice(at + 1)];
	const depth = cut.split(under).length;
	const found = [...expected.keys()].filter(
		name => name.startsWith(start) && name.endsWith(end) && name.split(under).length === depth,
	);
	return found.length === 1 ? (found[0] ?? cut) : cut;
}
