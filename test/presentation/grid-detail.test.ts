import { expect, test } from 'vitest';
import type { DagRun } from '../../source/model/airflow/pipeline.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { gridDetail } from '../../source/presentation/grid-detail.ts';
import { cellsOf, type RunGrid } from '../../source/selectors/graph-grid-gantt/run-grid.ts';
import { writer } from '../../source/words/write.ts';
import { dagId, now, run, task } from '../diagnosis/stack.ts';

const second = 1000;
const style = { glyphs: glyphSets.unicode, say: writer('en'), language: 'en', width: 120, now, barRows: 3 } as const;

/** A run of one task that began so many seconds ago; `took` null: it still runs. */
function column(dagRunId: string, began: number, took: number | null) {
	const startedAt = now - began * second;
	const endedAt = took === null ? null : startedAt + took * second;
	const state = took === null ? 'running' : 'success';
	const one: DagRun = run(dagRunId, state, 0, { startedAt, endedAt });
	const instance = task('load', state, { dagId, dagRunId, startedAt, endedAt, durationSeconds: took, tryNumber: 1 });
	return { run: one, cells: cellsOf([instance], took !== null) };
}

function detail(columns: RunGrid['columns'], rowId: string | null): string {
	const rows = [{ id: 'load', name: 'load', depth: 0, taskIds: ['load'], isOpen: null }];
	const grid: RunGrid = { columns, rows, longestMs: 1, total: 2, newer: 0 };
	const [line = []] = gridDetail(grid, { ...style, dagRunId: columns.at(-1)?.run.dagRunId ?? null, rowId });
	return line.map(({ text }) => text).join('');
}

test.each([['load'], [null]])('row %s: what runs is compared with what has ended only when it takes longer', rowId => {
	const before = column('a', 4000, 300);
	expect(detail([before, column('b', 60, null)], rowId)).toMatch(/ 1:00 {2}so far, 5:00 in the previous run/);
	expect(detail([before, column('b', 600, null)], rowId)).toContain('10:00  +5:00 (+100%) against the previous run');
	expect(detail([before, column('b', 600, 150)], rowId)).toMatch(/2:30 {2}.2:30 \(.50%\) against the previous run/);
	// Two that run say nothing about each other.
	expect(detail([column('a', 4000, null), column('b', 60, null)], rowId)).not.toContain('before');
});

test('a difference of less than a second is none: both durations are shown to the second', () => {
	expect(detail([column('a', 4000, 4.5), column('b', 600, 4.1)], 'load')).toMatch(
		/0:04 {2}same as in the previous run/,
	);
});

test('a narrow pane breaks the words of the grid into lines, and cuts none', () => {
	const columns = [column('a', 4000, 300), column('b', 60, null)];
	const rows = [{ id: 'load', name: 'load', depth: 0, taskIds: ['load'], isOpen: null }];
	const grid: RunGrid = { columns, rows, longestMs: 1, total: 2, newer: 0 };
	const lines = gridDetail(grid, { ...style, width: 40, dagRunId: 'b', rowId: null });
	const texts = lines.map(line => line.map(({ text }) => text).join(''));
	expect(texts.filter(text => text.length > 40)).toEqual([]);
	expect(texts.join(' ')).toMatch(/1 instance.*runs 1-2 of 2 {2}✔ success.*● running/);
});
