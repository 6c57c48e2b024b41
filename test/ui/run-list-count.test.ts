/** The title of the list of DAG runs counts the shown ones, and all that Airflow has. */
import { afterEach, test } from 'vitest';
import { startDemo } from '../../source/demo/index.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

let on: OnDemo | undefined;
afterEach(async () => {
	await on?.close();
	on = undefined;
});

test('more runs than the list holds are counted', async () => {
	const demo = await startDemo({ autonomous: false });
	// With the twelve of its history.
	for (let run = 0; run < 91; run++) demo.scenario.triggerRun();
	on = await controllerOnDemo({ demo });
	const { controls, sees } = on;
	await sees(/airflow 2\.8\.0 ✔/);
	controls.press('2');
	controls.press('a');
	// Runs of one millisecond share their ID.
	await sees(/\d+ of 103/);
	await demo.close();
});
