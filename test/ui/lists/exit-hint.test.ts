/** A list without rows names only the keys that lead out of what hides them. */
import { afterEach, test } from 'vitest';
import { controllerOnDemo, type OnDemo } from '../on-demo.ts';

let on: OnDemo | undefined;
afterEach(async () => {
	await on?.close();
	on = undefined;
});

test('of a state, of a filter, of both', async () => {
	on = await controllerOnDemo();
	const { controls, sees } = on;
	const press = (...keys: string[]) => {
		for (const key of keys) controls.press(key);
	};
	await sees(/airflow 2\.\d+\.\d+ ✔/);
	press('2', 'a');
	await sees(/DAG RUN↓/);
	press('&', '&', '&');
	await sees(/No match: & changes the state, Esc clears it\./);
	press('/', 'x', 'y', 'z', 'enter');
	await sees(/No match: \/ changes the filter, & changes the state, Esc clears both\./);
	press('&', '&');
	await sees(/No match: \/ changes the filter, Esc clears it\./);
});
