import { expect, test } from 'vitest';
import { reduce } from '../../../../source/model/reduce.ts';
import type { ViewState } from '../../../../source/ui/conversation.ts';
import { present } from '../../../../source/ui/presenter.ts';
import { quoted } from '../../../../source/words/message.ts';
import { dagId, now, stateOf } from '../../../diagnosis/stack.ts';
import { historySeen, manyRuns } from '../../../given/many-runs.ts';
import { applied, begun, choiceOf, outcomeOf } from '../../../given/step-context.ts';
import { inUtc } from '../../../in-utc.ts';
import { frameCpuMs } from '../../../patience.ts';
import { inputOf, screenOf } from '../../screens.tsx';

inUtc();

const tasks = ['extract.orders', 'extract.users', 'load'];
const made = manyRuns({ runs: 60, tasks });
const seen = historySeen(made, now);
const state = seen.reduce(reduce, stateOf());
const inGrid: Partial<ViewState> = { focus: 'pipeline', zoomed: true, pipelineView: 'grid' };
const onGroup = { folded: [], group: 'group extract' };
const idOf = (index: number) => made.runs[index]?.dagRunId ?? '';
const press = (actionId: string, view: Partial<ViewState>) =>
	applied(actionId, { state, view: { ...inGrid, ...view } });
/** The view after an action that begins with the view. */
async function opened(actionId: string, view: Partial<ViewState>): Promise<ViewState> {
	const given = { ...inGrid, ...view };
	const effect = await outcomeOf(begun(actionId, { state, view: given }));
	if (effect.kind !== 'view') throw new Error(`no view: ${JSON.stringify(effect)}`);
	return effect.change(press('zoom', { ...given, zoomed: false }));
}
const rows = (view: Partial<ViewState> = {}, columns = 120) =>
	screenOf({ seen, view: { ...inGrid, ...view }, columns, rows: 24 }).split('\n');
const rowOf = (lines: readonly string[], name: string) => lines.find(line => line.includes(name)) ?? '';

test('the cursor goes over tasks and runs; the newest run is followed, and above the tasks is the run', () => {
	expect(press('down', {})).toMatchObject({ taskId: null, graph: onGroup });
	expect(press('down', { graph: onGroup })).toMatchObject({ taskId: 'extract.orders', graph: { group: null } });
	expect(press('last', {}).taskId).toBe('load');
	expect(press('first', { taskId: 'load' }).taskId).toBeNull();
	expect(press('page-down', {}).taskId).toBe('load');
	expect(press('previous-stage', { taskId: 'load' })).toMatchObject({ dagRunId: idOf(1), taskId: 'load' });
	expect(press('next-stage', { dagRunId: idOf(1) }).dagRunId).toBeNull();
	expect(press('next-stage', { dagRunId: null }).dagRunId).toBeNull();
	expect(press('previous-stage', { dagRunId: idOf(59) }).dagRunId).toBe(idOf(59));
	expect(press('previous-stage', { marks: ['task load', 'run x'] }).marks).toEqual(['run x']);
	// In the table a row is a run, as before.
	expect(press('down', { pipelineView: 'tasks', taskId: null }).dagRunId).toBe(idOf(1));
});

test('actions apply to the cell: the log, the clear, the mark and the note of its task and run', () => {
	const cell = { ...inGrid, dagRunId: idOf(45), taskId: 'load' };
	const { logs } = applied('task-log', { state, view: cell });
	expect(logs.selection).toMatchObject({ kind: 'task', request: { dagId, dagRunId: idOf(45), taskId: 'load' } });
	expect(choiceOf(begun('clear', { state, view: cell })).title).toContain(idOf(45));
	expect(choiceOf(begun('clear', { state, view: cell })).choices.find(({ id }) => id === 'task')?.label).toBe('load');
	expect(choiceOf(begun('mark-as', { state, view: cell })).title).toContain('load');
	const group = choiceOf(begun('clear', { state, view: { ...cell, taskId: null, graph: onGroup } }));
	expect(group.choices.find(({ id }) => id === 'task')?.label).toBe('2 tasks of extract');
});

test('Enter folds and unfolds a group, and opens the tasks of a run; all groups at once', async () => {
	const folded = await opened('fold-group', { graph: onGroup });
	expect(folded.graph.folded).toEqual(['group extract']);
	expect((await opened('fold-group', { graph: folded.graph })).graph.folded).toEqual([]);
	expect(await opened('fold-group', { dagRunId: idOf(3) })).toMatchObject({ pipelineView: 'tasks', dagRunId: idOf(3) });
	expect((await opened('fold-group', { pipelineView: 'gantt' })).zoomed).toBe(false);
	expect(rowOf(rows({ graph: folded.graph }), 'extract')).toContain('[+] extract');
	expect(rows({ graph: folded.graph }).join('\n')).not.toContain('orders');
	const all = press('fold-groups', { taskId: 'extract.users' });
	expect(all).toMatchObject({ taskId: null, graph: { folded: ['group extract'], group: 'group extract' } });
	expect(press('fold-groups', all).graph.folded).toEqual([]);
});

test('the selected cell in words, with the run before', () => {
	const lines = rows({ dagRunId: idOf(3), taskId: 'load' }).join('\n');
	expect(lines).toContain('✖ failed  try 2 of 2  started 10:03  0:03');
	expect(rows({ dagRunId: idOf(1) }).join('\n')).toContain(
		'1:10  −0:10 (−12%) against the previous run  3 instances: 3 success',
	);
	expect(rows({ dagRunId: idOf(0) }).join('\n')).toContain('runs 1-51 of 60');
	expect(rows({ dagRunId: idOf(59) }).join('\n')).toContain('runs 10-60 of 60');
});

test('a run whose tasks have not been fetched says so', () => {
	const part = historySeen(made, now, { loaded: 2 });
	const screen = screenOf({
		seen: part,
		view: { ...inGrid, dagRunId: idOf(5), taskId: 'load' },
		columns: 120,
		rows: 24,
	});
	expect(screen).toContain('The tasks of this DAG run have not been loaded yet.');
	expect(screen).toContain('· not loaded');
	const failure = { kind: 'refused', message: quoted('403: no access'), fix: null } as const;
	const refused = [...part, { type: 'run history failed', at: now, dagId, failure } as const];
	expect(screenOf({ seen: refused, view: inGrid, columns: 120, rows: 24 })).toContain('403: no access');
});

test('100 runs of 60 tasks: a frame after a move of the cursor costs far less than 50 ms of CPU', () => {
	const many = manyRuns({
		runs: 100,
		tasks: Array.from({ length: 60 }, (_, index) => `group${index % 6}.task_${index}`),
	});
	const input = inputOf({ seen: historySeen(many, now), view: inGrid, columns: 220, rows: 75 });
	let screen = present(input);
	const frame = (index: number) => {
		const view = {
			...input.view,
			dagRunId: many.runs[index]?.dagRunId ?? null,
			taskId: `group${index % 6}.task_${index % 60}`,
		};
		screen = present({ ...input, view }, screen);
	};
	for (let index = 1; index < 20; index++) frame(index);
	expect(frameCpuMs(Array.from({ length: 80 }, (_, index) => () => frame(index + 20)))).toBeLessThan(25);
	expect(screen.panes.pipeline?.text).toContain('runs 1-100 of 100');
});
