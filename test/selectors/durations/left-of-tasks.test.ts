import { describe, expect, test } from 'vitest';
import type { DagTask, TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { earlierRun, taskHistory } from '../../../source/model/airflow/task-history.ts';
import { leftOfTasks, type RunUnderWay } from '../../../source/selectors/durations/left-of-tasks.ts';
import { task } from '../../diagnosis/stack.ts';

const second = 1000;
const start = Date.UTC(2026, 10, 30, 12);
const defined = (taskId: string, ...downstreamTaskIds: string[]): DagTask => ({
	...{ taskId, downstreamTaskIds, operator: 'PythonOperator', retries: 0 },
});
const chain = ['a', 'b', 'c', 'd'].map((id, index, all) => defined(id, ...all.slice(index + 1, index + 2)));
const waitMs = 4 * second;
const closingMs = 2 * second;

const ended = (taskId: string, from: number, tookMs: number, more: Partial<TaskInstance> = {}) =>
	task(taskId, 'success', {
		...{ startedAt: from, endedAt: from + tookMs, durationSeconds: tookMs / 1000 },
		...more,
	});
const running = (taskId: string, from: number) =>
	task(taskId, 'running', { startedAt: from, endedAt: null, durationSeconds: null });
const open = (taskId: string, state: string | null = null) =>
	task(taskId, state, { startedAt: null, endedAt: null, durationSeconds: null });

/** The first tasks of a run of the chain, which take this long. */
function inRow(tookMs: number, count: number, from = start): TaskInstance[] {
	return chain
		.slice(0, count)
		.map(({ taskId }, index) => ended(taskId, from + waitMs + index * (tookMs + waitMs), tookMs));
}
function earlier(dagRunId: string, tookMs: number, conf: Record<string, number> = {}) {
	const until = start + 4 * (tookMs + waitMs) + closingMs;
	return earlierRun({ dagRunId, conf, span: { from: start, until } }, inRow(tookMs, 4), chain);
}
const left = (
	history: ReturnType<typeof taskHistory>,
	tasks: TaskInstance[],
	now: number,
	more: Partial<RunUnderWay> = {},
) => leftOfTasks({ conf: null, tasks, definitions: chain, from: start, now, ...more }, history)?.ms ?? null;

describe('the time that a chain of tasks needs', () => {
	const steady = taskHistory(['1', '2', '3'].map(id => earlier(id, 30 * second)));
	const whole = 4 * (30 * second + waitMs) + closingMs;

	test('is at each moment what is left of the same run', () => {
		for (let at = 0; at < whole - closingMs; at += 3 * second) {
			const now = start + at;
			const tasks = chain.map(({ taskId }, index) => {
				const from = start + waitMs + index * (30 * second + waitMs);
				if (now < from) return open(taskId);
				return now < from + 30 * second ? running(taskId, from) : ended(taskId, from, 30 * second);
			});
			expect(left(steady, tasks, now), `after ${at} ms`).toBeCloseTo(whole - at, -1);
		}
	});

	test('follows the tasks of this run that have ended', () => {
		const now = start + 2 * (60 * second + waitMs);
		const slow = [...inRow(60 * second, 2), open('c'), open('d')];
		const all = 2 * (60 * second + waitMs) + closingMs;
		expect(Math.abs((left(steady, slow, now) ?? 0) - all)).toBeLessThan(all * 0.1);
	});

	test('waits for a late task, and says by how much the last one is late', () => {
		const from = start + waitMs;
		const late = [running('a', from), ...['b', 'c', 'd'].map(id => open(id))];
		expect(left(steady, late, from + 45 * second)).toBeGreaterThanOrEqual(3 * (30 * second + waitMs));
		const last = [...inRow(30 * second, 3), running('d', start + 3 * (30 * second + waitMs) + waitMs)];
		expect(left(steady, last, start + whole + 600 * second)).toBeLessThan(-200 * second);
	});

	test('is unknown with an unknown task, and without the tasks of the run', () => {
		const now = start + 10 * second;
		expect(left(steady, [open('a')], now, { definitions: [...chain, defined('new')] })).toBeNull();
		expect(left(steady, [], now)).toBeNull();
		expect(left({ runs: 3, tasks: steady.tasks, usualIdleMs: 0 }, [open('a')], now)).toBeNull();
	});

	test('waits for the end of the run after its last task', () => {
		const now = start + 4 * (30 * second + waitMs);
		expect(left(steady, inRow(30 * second, 4), now)).toBe(closingMs);
		expect(left(steady, inRow(30 * second, 4), now + 5 * second)).toBe(-3 * second);
	});
});

test('the conf counts where durations have followed it', () => {
	const paces = [3, 9, 5, 12, 7];
	const history = taskHistory(paces.map(pace => earlier(`${pace}`, pace * second, { pace, rows: 10 })));
	const tasks = chain.map(({ taskId }) => open(taskId));
	const all = 4 * (20 * second + waitMs) + closingMs;
	expect(left(history, tasks, start, { conf: '{"pace":20,"rows":10}' })).toBeCloseTo(all, -1);
	// A run without a conf has the defaults of the DAG's params.
	const withDefaults = taskHistory(history.earlier ?? [], { pace: 20, rows: 10 });
	expect(left(withDefaults, tasks, start)).toBeCloseTo(all, -1);
});

describe('a DAG of branches', () => {
	const dag = [defined('choose', 'long', 'short'), defined('long', 'join'), defined('short', 'join'), defined('join')];
	const skipped = (taskId: string, at: number) =>
		task(taskId, 'skipped', { startedAt: at, endedAt: at, durationSeconds: 0 });
	const at = (seconds: number) => start + seconds * second;
	const ran = (id: string) =>
		earlierRun(
			{ dagRunId: id, conf: {}, span: { from: start, until: at(120) } },
			[
				ended('choose', start, 10 * second),
				skipped('short', at(10)),
				ended('long', at(15), 60 * second),
				ended('join', at(80), 40 * second),
			],
			dag,
		);
	const history = taskHistory([ran('1'), ran('2')]);

	test('takes the longest path of the tasks that usually run', () => {
		const tasks = [ended('choose', start, 10 * second), open('short'), open('long'), open('join')];
		expect(left(history, tasks, at(10), { definitions: dag })).toBeCloseTo(110 * second, -1);
	});

	test('knows nothing of a task that has never run but is about to', () => {
		const tasks = [ended('choose', start, 10 * second), open('short', 'queued'), open('long'), open('join')];
		expect(left(history, tasks, at(10), { definitions: dag })).toBeCloseTo(110 * second, -1);
	});
});

test('a mapped task has begun with its first instance', () => {
	const dag = [defined('many')];
	const instance = (mapIndex: number, from: number, more: Partial<TaskInstance> = {}) =>
		ended('many', start + from * second, 10 * second, { mapIndex, ...more });
	const all = [0, 1, 2].map(index => instance(index, index * 10));
	const history = taskHistory(
		['1', '2'].map(id =>
			earlierRun({ dagRunId: id, conf: {}, span: { from: start, until: start + 30 * second } }, all, dag),
		),
	);
	const tasks = [instance(0, 0), { ...open('many', 'queued'), mapIndex: 1 }, { ...open('many'), mapIndex: 2 }];
	expect(left(history, tasks, start + 12 * second, { definitions: dag })).toBeCloseTo(18 * second, -1);
});

test('300 tasks with ten runs of five numbers: the first forecast of a conf costs less than a frame may, 50 ms of CPU', () => {
	const width = 30;
	const dag = Array.from({ length: 300 }, (_, index) =>
		defined(`t${index}`, ...[index + width, index + width + 7].filter(next => next < 300).map(next => `t${next}`)),
	);
	const layers = (tookMs: (index: number) => number) =>
		dag.map(({ taskId }, index) => ended(taskId, start + Math.floor(index / width) * 100 * second, tookMs(index)));
	const history = taskHistory(
		Array.from({ length: 10 }, (_, of) =>
			earlierRun(
				{
					dagRunId: `${of}`,
					conf: { a: (of * 7) % 10, b: (of * 3) % 10, c: of, d: of % 2, e: of * of },
					span: { from: start, until: start + 1000 * second },
				},
				layers(index => (5 + ((index * 31 + of * 17) % 60)) * second),
				dag,
			),
		),
	);
	const tasks = dag.map(({ taskId }) => open(taskId));
	const costs = [1, 2, 3, 4, 5].map(a => {
		const before = process.cpuUsage();
		const conf = `{"a":${a},"b":2,"c":4,"d":1,"e":9}`;
		expect(left(history, tasks, start, { conf, definitions: dag })).toBeGreaterThan(100 * second);
		return process.cpuUsage(before).user / 1000;
	});
	// The best of five: others use the machine too.
	expect(Math.min(...costs)).toBeLessThan(50);
});
