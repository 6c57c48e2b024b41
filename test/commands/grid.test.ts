import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

const demos: DemoStack[] = [];
beforeAll(async () => {
	demos.push(await startDemo({ autonomous: false }), await startDemo({ autonomous: false, airflow: '3' }));
});
afterAll(async () => {
	await Promise.all(demos.map(demo => demo.close()));
});

function laketop(demo: DemoStack | undefined, ...words: readonly string[]) {
	if (!demo) throw new Error('no demo');
	return runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });
}

test.each([0, 1])(
	'runs as columns, tasks as rows, tries as digits; as JSON all that is drawn (demo %i)',
	async which => {
		const drawn = await laketop(demos[which], 'grid');
		expect(drawn.exitCode).toBe(0);
		expect(drawn.stdout).toMatch(/DAG run +(✔ ){4}✖ (✔ ){6}✔\n/);
		expect(drawn.stdout).toMatch(/raw_to_bronze +(✔ ){11}✔\n/);
		expect(drawn.stdout).toMatch(/bronze_to_silver +(✔ ){8}✔2(✔ ){2}✔\n/);
		expect(drawn.stdout).toMatch(/model_registry +(✔ ){4}⇡ (✔ ){6}✔\n/);
		expect(drawn.stdout).toContain('runs 1-12 of 12');
		const document = documentOf(documents.grid, (await laketop(demos[which], 'grid', '--runs', '8', '--json')).stdout);
		expect(document.runs).toHaveLength(8);
		expect(document.total_runs).toBe(12);
		expect(document.tasks).toHaveLength(7);
		const failed = document.runs.find(({ run }) => run.state === 'failed');
		expect(failed?.tasks?.find(({ task_id }) => task_id === 'model_training')).toMatchObject({
			state: 'failed',
			instances: 1,
			failed_instances: 1,
		});
	},
);

test('an unknown DAG is refused as by every command', async () => {
	expect((await laketop(demos[0], 'grid', 'nosuch')).stderr).toContain('Airflow has no DAG nosuch');
});
