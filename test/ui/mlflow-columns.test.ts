import { afterEach, expect, test, vi } from 'vitest';
import { columnsInMemory } from '../../source/clients/column-file.ts';
import { quoted } from '../../source/words/message.ts';
import { soon } from '../patience.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

let on: OnDemo | undefined;
afterEach(async () => {
	await on?.close();
	on = undefined;
});

const heading = (text: string) => text.split('\n').find(line => line.includes('MLFLOW RUN')) ?? '';
async function listed(store = columnsInMemory()) {
	const here = await controllerOnDemo({ columnStore: store });
	on = here;
	await here.sees(/mlflow 2\.9\.2 ✔/);
	for (const key of ['4', 'a']) here.controls.press(key);
	await here.sees(/STARTED/);
	const type = async (words: string) => {
		for (const key of words) here.controls.press(key === ' ' ? 'space' : key);
		here.controls.press('enter');
	};
	const headed = (pattern: RegExp) => vi.waitFor(() => expect(heading(here.text())).toMatch(pattern), soon);
	return { ...here, type, headed };
}

test('columns of metrics, params and tags are shown and hidden one by one, and are there at the next start', async () => {
	const store = columnsInMemory();
	const { controls, sees, type, headed, text, close } = await listed(store);
	controls.press('_');
	await sees(/\[x\] STATUS/);
	await sees(/\[ \] metric accuracy/);
	await type('metric accuracy');
	await sees(/\[x\] metric accuracy/);
	await type('PARAMS');
	await type('METRICS');
	await type('DAG RUN');
	await type('tag task_id');
	controls.press('esc');
	await headed(/MLFLOW RUN .*STATUS .*STARTED.*DURATION +accuracy +task_id/);
	expect(heading(text())).not.toMatch(/METRICS|PARAMS|DAG RUN/);
	expect(await store.read()).toEqual({
		lakehouse_ml_pipeline: ['status', 'began', 'took', 'metrics.accuracy', 'tags.task_id'],
	});
	await close();
	on = undefined;
	const again = await listed(store);
	await again.headed(/DURATION +accuracy +task_id/);
	again.controls.press('_');
	await again.sees(/Usual columns/);
	await again.type('usual');
	again.controls.press('esc');
	await again.headed(/DURATION .*METRICS/);
	expect(await store.read()).toEqual({});
});

test('a hidden column that sorts is shown, and the sort menu still offers it', async () => {
	const { controls, sees, type, headed, text } = await listed();
	controls.press('_');
	await sees(/\[x\] DURATION/);
	await type('DURATION');
	controls.press('esc');
	await vi.waitFor(() => expect(heading(text())).not.toContain('DURATION'), soon);
	controls.press('S');
	await sees(/Sort by/);
	await type('duration');
	await headed(/DURATION/);
});

test('that they cannot be kept is said, and they are shown all the same', async () => {
	const { controls, sees, type, headed } = await listed({
		read: async () => ({}),
		save: async () => quoted('Columns are not saved'),
	});
	controls.press('_');
	await sees(/metric accuracy/);
	await type('metric accuracy');
	controls.press('esc');
	await sees(/Columns are not saved/);
	await headed(/accuracy/);
});
