import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());
const laketop = (...words: readonly string[]) =>
	runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });

test('the tasks of the newest run on one axis; as JSON every time that the chart is drawn from', async () => {
	const drawn = await laketop('gantt');
	expect(drawn.exitCode).toBe(0);
	expect(drawn.stdout).toMatch(/✔◂ raw_to_bronze +\S*█+ +\d+:\d\d/);
	expect(drawn.stdout).toMatch(/critical path: \d+:\d\d running, \d+:\d\d waiting \(\d+%\)/);
	const { tasks, from, to, running_ms } = documentOf(documents.gantt, (await laketop('gantt', '--json')).stdout);
	expect(tasks).toHaveLength(7);
	expect(tasks.every(({ is_critical }) => is_critical)).toBe(true);
	const ran = tasks.map(task => Date.parse(task.ended_at ?? '') - Date.parse(task.started_at ?? ''));
	expect(running_ms).toBe(ran.reduce((sum, ms) => sum + ms, 0));
	for (const { ready_at, queued_at, started_at, ended_at } of tasks) {
		const order = [from, ready_at, queued_at, started_at, ended_at, to].map(time => Date.parse(time ?? ''));
		expect(order).toEqual(order.toSorted((a, b) => a - b));
	}
});

test('an unknown DAG or run is refused as by every command', async () => {
	expect((await laketop('gantt', 'nosuch')).stderr).toContain('Airflow has no DAG nosuch');
	expect((await laketop('gantt', '--run', 'nosuch')).exitCode).toBe(2);
});
