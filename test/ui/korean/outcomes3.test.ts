import { test } from 'vitest';
import { newerDags } from '../../given/newer-dags.ts';
import { type Ground, keyOf } from './ground.ts';
import { demandVisited } from './visited.ts';
import { Walk } from './walk.ts';

demandVisited('outcomes3');

/** Actions that need Airflow 3, carried out: their outcomes, and the pages of what they have made. */

/** Keys of each step: those that open, and those that choose once there is something to choose. */
type Step = { readonly opens: readonly string[]; readonly chooses: readonly string[] };

const backfill = keyOf('backfill');
const ground: Ground = { demo: { airflow: '3', dags: newerDags, speed: 30 } };

const cases: Readonly<Record<string, Ground & { readonly dag: string; readonly steps: readonly Step[] }>> = {
	'a backfill': {
		dag: 'daily_prices',
		// A paused DAG starts none of its DAG runs: the backfill stays active.
		prepare: scenario => scenario.pauseDag('daily_prices'),
		steps: [
			{ opens: [backfill], chooses: ['down', 'down', 'right', 'right', 'enter'] },
			{ opens: [backfill], chooses: ['p'] },
			{ opens: [backfill], chooses: ['p'] },
			{ opens: [backfill], chooses: ['c'] },
		],
	},
	'an asset': {
		dag: 'report',
		prepare: scenario => void scenario.triggerRun({}, 'report'),
		steps: [{ opens: [keyOf('materialize')], chooses: ['enter'] }],
	},
	answers: {
		dag: 'release',
		prepare: scenario => void scenario.triggerRun({}, 'release'),
		steps: [
			{ opens: [';'], chooses: ['paste approve', 'enter', 'enter'] },
			{ opens: [';'], chooses: ['right', 'enter'] },
		],
	},
};

test.each(Object.entries(cases))('%s', async (name, { dag, steps, prepare }) => {
	const walk = await Walk.on({ ...ground, config: { dag }, ...(prepare && { prepare }) });
	await walk.untilAllIsThere({ hasRuns: dag !== 'daily_prices' });
	if (dag === 'release') await walk.untilTasksAsk();
	for (const [index, { opens, chooses }] of steps.entries()) {
		await walk.goTo({ place: 'pipeline', zoomed: false });
		await walk.press(...opens);
		walk.lookAtAll(`${name} ${index}`);
		if (walk.controls.dialog()?.kind === 'choose') await walk.sees(/Enter 선택/);
		await walk.press(...chooses);
		await walk.confirm(`${name} ${index}`);
		for (const page of ['backfills', 'assets']) {
			await walk.goTo({ place: 'pipeline', zoomed: false });
			await walk.press(keyOf(page));
			walk.lookAtAll(`${name} ${index}: ${page}`);
		}
	}
	await walk.lookEverywhere(name);
	await walk.close();
});
