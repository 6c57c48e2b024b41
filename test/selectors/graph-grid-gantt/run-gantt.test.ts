import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DagTask, TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { ganttRows } from '../../../source/presentation/gantt.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { lineWidth } from '../../../source/presentation/text.ts';
import { axisLabels, cellAt } from '../../../source/presentation/time-axis.ts';
import { shownPipeline } from '../../../source/selectors/dag-runs/shown-pipeline.ts';
import { runGantt } from '../../../source/selectors/graph-grid-gantt/run-gantt.ts';
import { writer } from '../../../source/words/write.ts';
import { dagId, now, run, runsFetched, stateOf } from '../../diagnosis/stack.ts';
import { task } from '../../ui/screens.tsx';

const second = 1000;
const started = now - 100 * second;
/** Start and end in seconds after that of the run; null: not yet. */
type Times = readonly [start: number | null, end: number | null];

function instance(taskId: string, [start, end]: Times, more: Partial<TaskInstance> = {}): TaskInstance {
	const at = (seconds: number | null) => (seconds === null ? null : started + seconds * second);
	return task(taskId, end !== null ? 'success' : start !== null ? 'running' : null, {
		dagId,
		dagRunId: 'newest',
		queuedAt: start === null ? null : started + (start - 1) * second,
		startedAt: at(start),
		endedAt: at(end),
		durationSeconds: start === null || end === null ? null : end - start,
		...more,
	});
}

const definitions = (edges: Readonly<Record<string, readonly string[]>>): DagTask[] =>
	Object.entries(edges).map(([taskId, downstream]) => ({ taskId, operator: null, downstreamTaskIds: [...downstream] }));

function gantt(
	edges: Readonly<Record<string, readonly string[]>>,
	taskInstances: readonly TaskInstance[],
	endedAt: number | null = null,
) {
	const tasks = definitions(edges);
	const state = stateOf(
		runsFetched(run('newest', endedAt === null ? 'running' : 'success', 100 * second, { endedAt })),
		{ type: 'dag tasks fetched', dagId, tasks },
		{ type: 'task instances fetched', dagId, dagRunId: 'newest', taskInstances: [...taskInstances] },
	);
	const made = runGantt(shownPipeline(state, dagId, null), tasks, now);
	if (!made) throw new Error('nothing was drawn');
	return made;
}
const critical = ({ bars }: ReturnType<typeof gantt>) =>
	bars.filter(({ isCritical }) => isCritical).map(({ taskId }) => taskId);

const diamond = { first: ['quick', 'slow'], quick: ['last'], slow: ['last'], last: [] };

test('the critical path goes through the branch that ended last; waiting and running on it are summed', () => {
	const made = gantt(
		diamond,
		[instance('first', [2, 10]), instance('quick', [11, 15]), instance('slow', [12, 60]), instance('last', [65, 80])],
		started + 81 * second,
	);
	expect(critical(made)).toEqual(['first', 'slow', 'last']);
	expect(made.workMs).toBe((8 + 48 + 15) * second);
	expect(made.waitMs).toBe((2 + 2 + 5) * second);
	expect(made.bars.find(({ taskId }) => taskId === 'last')?.readyAt).toBe(started + 60 * second);
	expect([made.from, made.to]).toEqual([started, started + 81 * second]);
});

test('a running task ends the path, and takes until now', () => {
	const made = gantt(diamond, [instance('first', [2, 10]), instance('quick', [11, 15]), instance('slow', [12, null])]);
	expect(critical(made)).toEqual(['first', 'slow']);
	expect(made.workMs).toBe((8 + 88) * second);
	const last = { readyAt: null, startedAt: null };
	expect(made.bars.find(({ taskId }) => taskId === 'last')).toMatchObject(last);
	// Nor is what follows a task that has not begun.
	const waiting = gantt({ ...diamond, last: ['more'], more: [] }, [
		instance('first', [2, null]),
		instance('last', [null, null]),
	]);
	expect(waiting.bars.find(({ taskId }) => taskId === 'more')).toMatchObject(last);
});

test('a mapped task is a band from its first start to its last end', () => {
	const made = gantt({ divide: ['collect'], collect: [] }, [
		instance('divide', [5, 20], { mapIndex: 0 }),
		instance('divide', [10, 70], { mapIndex: 1 }),
		instance('divide', [60, 61], { mapIndex: 2 }),
	]);
	expect(made.bars[0]).toMatchObject({ startedAt: started + 5 * second, endedAt: started + 70 * second, instances: 3 });
});

test('a run that was cleared begins with its new start; what ran before it is marked', () => {
	const made = gantt(
		{ first: ['second'], second: [] },
		[instance('first', [-5000, -4900]), instance('second', [3, 50])],
		started + 51 * second,
	);
	expect(made.from).toBe(started);
	expect(made.bars.map(({ isEarlier }) => isEarlier)).toEqual([true, false]);
	expect(critical(made)).toEqual(['second']);
	expect(made.bars[1]?.readyAt).toBe(started);
});

test('skipped tasks and those after a failure have no time, and delay nothing', () => {
	const made = gantt(
		diamond,
		[
			instance('first', [2, 10]),
			instance('quick', [90, 90], { state: 'skipped' }),
			instance('slow', [12, 20]),
			instance('last', [25, 30]),
		],
		started + 31 * second,
	);
	expect(critical(made)).toEqual(['first', 'slow', 'last']);
	expect(made.bars.find(({ taskId }) => taskId === 'quick')).toMatchObject({ startedAt: null, endedAt: null });
});

test('without the DAG its tasks are drawn, and no path', () => {
	const state = stateOf(runsFetched(run('newest', 'running', 100 * second)), {
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: [instance('gone', [2, 10])],
	});
	const made = runGantt(shownPipeline(state, dagId, null), undefined, now);
	expect(made?.bars.map(({ taskId, isCritical }) => [taskId, isCritical])).toEqual([['gone', false]]);
});

test('a circle that a server reports ends', () => {
	const made = gantt({ one: ['two'], two: ['one'] }, [instance('one', [1, 5]), instance('two', [6, 9])]);
	expect(critical(made).length).toBeLessThanOrEqual(2);
});

test('later moments are never further left on an axis, and no moment is outside it', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 1e9 }),
			fc.integer({ min: 0, max: 1e9 }),
			fc.integer({ min: 0, max: 1e9 }),
			fc.integer({ min: 1, max: 300 }),
			(a, b, span, cells) => {
				const at = (ms: number) => cellAt(ms, { from: 0, to: span }, cells);
				expect(at(Math.min(a, b))).toBeLessThanOrEqual(at(Math.max(a, b)));
				expect(at(a)).toBeGreaterThanOrEqual(0);
				expect(at(a)).toBeLessThan(cells);
			},
		),
	);
});

test('labels of an axis fill its cells and do not touch', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 4e10 }), fc.integer({ min: 4, max: 300 }), (span, cells) => {
			const labels = axisLabels(span, cells);
			expect(labels).toHaveLength(cells);
			expect(labels.startsWith('0:00')).toBe(true);
			expect(labels).not.toMatch(/\d:\d\d\d/);
		}),
	);
});

test('a task of days is drawn with all of its time', () => {
	const hundredHours = 100.5 * 3600;
	const long = gantt({ first: [] }, [instance('first', [0, hundredHours])], started + hundredHours * second);
	const style = { width: 100, glyphs: glyphSets.unicode, say: writer('en'), now };
	for (const { line } of ganttRows(long, style).tasks) {
		expect(lineWidth(line)).toBeLessThanOrEqual(100);
		expect(line.map(({ text }) => text).join('')).toMatch(/ 100:30:00$/);
	}
});
