import { expect, test } from 'vitest';
import type { Observation } from '../../../../source/model/observation.ts';
import { reduce } from '../../../../source/model/reduce.ts';
import type { ViewState } from '../../../../source/ui/conversation.ts';
import { present } from '../../../../source/ui/presenter.ts';
import { dag, now, stateOf } from '../../../diagnosis/stack.ts';
import { historySeen, manyRuns } from '../../../given/many-runs.ts';
import { applied } from '../../../given/step-context.ts';
import { inUtc } from '../../../in-utc.ts';
import { frameCpuMs } from '../../../patience.ts';
import { inputOf, screenOf } from '../../screens.tsx';

inUtc();

const made = manyRuns({ runs: 60, tasks: ['extract.orders', 'extract.users', 'load'] });
/** The third newest run took four times as long, and so did its last task. */
const [, , slow] = made.runs;
if (!slow) throw new Error('no run');
const runs = made.runs.map(run => (run === slow ? { ...run, endedAt: (run.startedAt ?? 0) + 400_000 } : run));
const seen: Observation[] = [{ type: 'dags fetched', at: now, dags: [dag] }, ...historySeen({ ...made, runs }, now)];
const inTrend: Partial<ViewState> = { focus: 'pipeline', zoomed: true, pipelineView: 'trend' };
const screen = (view: Partial<ViewState> = {}, columns = 120) =>
	screenOf({ seen, view: { ...inTrend, ...view }, columns, rows: 24 });

test('a slow run says by how much; the arrows go over runs and tasks as in the grid', () => {
	const shown = screen({ dagRunId: slow.dagRunId });
	expect(shown).toMatch(/▸ DAG run .* 6:40 +\+300% +1:40 +2:18 +7/);
	expect(shown).toContain('✔ success  6:40  5:00 slower than usual (median 1:40)');
	expect(shown).toContain('last success 59m ago · next run 11-25 02:03 (in 12h)');
	expect(screen({ dagRunId: made.runs[1]?.dagRunId ?? '' })).toContain('0:30 below the median 1:40');
	const state = seen.reduce(reduce, stateOf());
	const press = (actionId: string, view: Partial<ViewState>) =>
		applied(actionId, { state, view: { ...inTrend, ...view } });
	expect(press('previous-stage', {}).dagRunId).toBe(made.runs[1]?.dagRunId);
	expect(press('last', {}).taskId).toBe('load');
	expect(press('next-view', {}).pipelineView).toBe('tasks');
});

test('a run that is still running is not below its median', () => {
	const [first, ...others] = made.runs;
	if (!first) throw new Error('no run');
	const running = { ...first, state: 'running', startedAt: now - 12_000, endedAt: null };
	const facts = historySeen({ ...made, runs: [running, ...others] }, now);
	const shown = screenOf({ seen: facts, view: inTrend, columns: 120, rows: 24 });
	expect(shown).toContain('● running  0:12  so far, median 1:40');
});

test('its figures do not depend on the width', () => {
	const figuresOf = (columns: number) => /load.*?(0:\d\d +0:\d\d)/.exec(screen({}, columns))?.[1];
	expect(figuresOf(80)).toBeTruthy();
	expect(figuresOf(80)).toBe(figuresOf(200));
});

test('50 runs of 60 tasks: a frame costs far less than 50 ms of CPU', () => {
	const many = manyRuns({
		runs: 100,
		tasks: Array.from({ length: 60 }, (_, index) => `group${index % 6}.task_${index}`),
	});
	const input = inputOf({ seen: historySeen(many, now), view: inTrend, columns: 220, rows: 75 });
	let drawn = present(input);
	const frame = (index: number) => {
		drawn = present({ ...input, view: { ...input.view, dagRunId: many.runs[index]?.dagRunId ?? null } }, drawn);
	};
	for (let index = 1; index < 20; index++) frame(index);
	expect(frameCpuMs(Array.from({ length: 40 }, (_, index) => () => frame(index + 20)))).toBeLessThan(25);
	expect(drawn.panes.pipeline?.text).toContain('50 of 100 runs');
});
