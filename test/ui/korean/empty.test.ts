import { test } from 'vitest';
import { DAGS } from '../../../source/demo/world/airflow/dag-catalogue.ts';
import { Walk } from './walk.ts';

/** What is empty, or not there yet, says so in Korean. */

test('every frame from the first one to the last one of a start', async () => {
	const walk = await Walk.on();
	const stop = walk.lookAtEveryChange();
	await walk.untilAllIsThere();
	stop();
	await walk.end();
});

test('a DAG that is not there, and an experiment that is not there', async () => {
	const walk = await Walk.on({ config: { dag: 'no_such_dag', experiment: 'no_such_experiment' } });
	await walk.until(({ dags, experiment }) => dags && experiment === null);
	await walk.lookEverywhere('nothing of that name');
	await walk.end();
});

test('a DAG without runs', async () => {
	const dags = DAGS.slice(0, 1).map(dag => ({
		...dag,
		dagId: 'never_run',
		paused: true,
		startDate: Date.UTC(2027, 0),
		past: undefined,
	}));
	const walk = await Walk.on({ config: { dag: 'never_run' }, demo: { dags } });
	await walk.until(({ dagRuns }) => dagRuns.never_run);
	await walk.lookEverywhere('no runs');
	await walk.end();
});

test('a project that is not there', async () => {
	const walk = await Walk.on({ config: { discovery: { project: 'no_such_project' } } });
	await walk.until(({ stack }) => stack);
	await walk.lookEverywhere('no project');
	await walk.end();
});

test('read-only, with other profiles', async () => {
	const walk = await Walk.on({ readOnly: true, config: { profiles: ['staging', 'production'], profile: 'staging' } });
	await walk.untilAllIsThere();
	await walk.lookEverywhere('read-only');
	for (const key of ['?', 'P', ':']) {
		await walk.press('esc', key);
		walk.lookAtAll(`read-only, ${key}`);
	}
	await walk.end();
});
