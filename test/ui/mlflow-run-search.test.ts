/** The list of MLflow runs with MLflow's filter and order, on a demo. */
import { afterEach, expect, test } from 'vitest';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

let on: OnDemo | undefined;
afterEach(async () => {
	await on?.close();
	on = undefined;
});

async function inList(): Promise<OnDemo> {
	on = await controllerOnDemo();
	await on.sees(/mlflow 2\.9\.2 ✔/);
	for (const key of ['4', 'a']) on.controls.press(key);
	await on.sees(/MLFLOW RUN/);
	return on;
}

const type = ({ controls }: OnDemo, text: string) => {
	for (const key of text) controls.press(key === ' ' ? 'space' : key);
};

test('a filter is checked before it is sent, applied by MLflow, and still there when the list opens again', async () => {
	const list = await inList();
	const { controls, sees, text } = list;
	controls.press('Q');
	await sees(/Comparisons joined by AND/);
	type(list, 'metrics.accuracy > x');
	controls.press('enter');
	await sees(/character 20 \("x"\): a metric is compared with a number/);
	controls.press('backspace');
	type(list, '2');
	controls.press('enter');
	await sees(/where metrics\.accuracy > 2/);
	await sees(/No MLflow run matches the filter\. Press Q to change it/);
	for (const key of ['esc', '4', 'a']) controls.press(key);
	await sees(/where metrics\.accuracy > 2/);
	controls.press('Q');
	await sees(/Comparisons joined by AND/);
	controls.press('backspace');
	type(list, "0 and params.layer = 'model'");
	controls.press('enter');
	await sees(/model_evaluation/);
	expect(text()).not.toMatch(/raw_to_bronze/);
});

test('the order by a metric is that of MLflow, and the metric has a column', async () => {
	const list = await inList();
	const { controls, sees, text } = list;
	controls.press('S');
	await sees(/metric accuracy/);
	type(list, 'metric accuracy');
	controls.press('enter');
	await sees(/accuracy↓|accuracy ▼|accuracy▼/);
	await sees(/model_evaluation|model_registry/);
	const values = [...text().matchAll(/(?:model_\w+) .*? (0\.\d{4}) /g)].map(([, value]) => Number(value));
	expect(values.length).toBeGreaterThan(3);
	expect(values).toEqual(values.toSorted((a, b) => b - a));
});

test('MLflow is asked for runs of one status', async () => {
	const { controls, sees, monitor } = await inList();
	controls.press('&');
	await sees(/failed only/);
	await sees(/MLflow runs/);
	expect(monitor.interest.getState().mlflowRuns?.filter).toBe("attributes.status = 'FAILED'");
});
