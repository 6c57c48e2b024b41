import { join } from 'node:path';
import { expect, test } from 'vitest';
import { initialLogs } from '../../source/ui/panes/logs/logs-state.ts';
import { replica } from '../given/containers.ts';
import { inUtc } from '../in-utc.ts';
import { frameProblems } from '../terminal/frame-problems.ts';
import { airflow, diagnosed, engine, type Scene, screenOf } from './screens.tsx';

inUtc();

const unhealthy = replica('mlops', 'airflow-worker', 2, { health: 'unhealthy' });
const other = replica('shop', 'orders');
const seen = diagnosed([
	...engine({ 'airflow-worker': { name: 'mlops-airflow-worker-1', replica: 1 } }, [unhealthy, other]),
	...airflow(['success', 'success', 'running']),
]);
const logsOf = {
	'mlops-airflow-worker-1': ['task received', 'task succeeded', 'task received'],
	'mlops-airflow-worker-2': ['lost connection', 'retrying'],
};
const worker = 'mlops/airflow-worker';

/** Two workers, one of which is unhealthy. */
const scenes: Readonly<Record<string, Scene>> = {
	'two workers': { seen, logsOf, view: { selectedService: worker } },
	'two workers unfolded': { seen, logsOf, view: { selectedService: 'mlops-airflow-worker-2' } },
	'two workers opened': { seen, logsOf, view: { selectedService: worker, zoomed: true } },
	'two workers in the logs': {
		seen,
		logsOf,
		view: { focus: 'logs', zoomed: true, logs: { ...initialLogs, selection: { kind: 'container', name: worker } } },
	},
	'two workers in findings': { seen, view: { focus: 'findings', zoomed: true } },
};

const sizes = [
	[80, 24],
	[120, 40],
] as const;

test.each(
	Object.entries(scenes).flatMap(([name, scene]) =>
		sizes.flatMap(([columns, rows]) =>
			(['en', 'ko'] as const).map(language => [name, { ...scene, columns, rows, language }] as const),
		),
	),
)('%s', async (name, scene) => {
	const screen = screenOf(scene);
	const file = `${scene.language} ${name} ${scene.columns}x${scene.rows}`.replaceAll(' ', '-');
	await expect(screen).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${file}.txt`));
	expect(frameProblems(screen.trimEnd().split('\n'), scene.columns)).toEqual([]);
	expect(screen).toContain(name === 'two workers in the logs' ? '' : 'airflow-worker');
});
