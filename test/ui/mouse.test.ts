import { afterEach, expect, test } from 'vitest';
import { mouseEvents } from '../../source/ui/mouse.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

let on: OnDemo | undefined;
afterEach(() => on?.close());

test.each([
	['\u001B[<0;10;5M', [{ kind: 'click', x: 9, y: 4 }], ''],
	['\u001B[<64;1;1Ma', [{ kind: 'wheel up', x: 0, y: 0 }], 'a'],
	['\u001B[<65;2;3M\u001B[<65;2;3M', Array(2).fill({ kind: 'wheel down', x: 1, y: 2 }), ''],
	['\u001B[<0;10;5m', [], ''],
	['j\u001B[<2;10;5M\u001B[A', [], 'j\u001B[A'],
	['\u001B[<0;10M', [], '\u001B[<0;10M'],
	['\u001B[I', [], '\u001B[I'],
])('%j is read', (input, events, rest) => {
	expect(mouseEvents(input)).toEqual({ events, rest });
});

test('click selects, double click opens, the wheel moves; a question is answered by keys only', async () => {
	on = await controllerOnDemo();
	await on.sees(/airflow 2\.8\.0 ✔/);
	const { controls } = on;
	const rowOf = (words: RegExp) =>
		on
			?.text()
			.split('\n')
			.findIndex(row => words.test(row)) ?? -1;
	const click = (y: number) => controls.mouse({ kind: 'click', x: 10, y });
	click(rowOf(/│.*mlflow +✔/));
	expect(controls.view()).toMatchObject({ focus: 'services', selectedService: 'mlflow', zoomed: false });
	controls.press('r');
	await on.sees(/Restart mlflow\?/);
	click(3);
	expect(controls.dialog()?.kind).toBe('confirm');
	controls.press('esc');
	click(rowOf(/airflow-redis +✔/));
	expect(controls.view().selectedService).toBe('airflow-redis');
	controls.mouse({ kind: 'wheel down', x: 10, y: 5 });
	expect(controls.view().selectedService).toBe('airflow-worker');
	click(rowOf(/2 Pipeline/));
	expect(controls.view().focus).toBe('pipeline');
	// The selected row is reversed, with codes between its cells.
	const y = rowOf(/│.*mlflow +✔/);
	click(y);
	click(y);
	expect(controls.view()).toMatchObject({ focus: 'services', selectedService: 'mlflow', zoomed: true });
});
