import { expect, test } from 'vitest';
import { documents } from '../../source/commands/json/documents.ts';
import { largeAirflow } from '../given/large-airflow.ts';
import { documentOf, runLaketop } from './harness.ts';

test('tasks of a run with more instances than are read: a warning, and as JSON how many there are', async () => {
	const { url } = await largeAirflow('3', 10_050);
	const login = { LAKETOP_AIRFLOW_USERNAME: 'admin', LAKETOP_AIRFLOW_PASSWORD: 'admin' };
	const ran = await runLaketop(
		['--docker-host', 'none', '--airflow-url', url, 'tasks', 'wide', '--run', 'one', '--json'],
		{ environment: login },
	);
	expect(ran.stderr).toContain('only 10,000 of 10,050 task instances of wide/one were read');
	const { tasks, incomplete } = documentOf(documents.tasks, ran.stdout);
	expect(tasks).toHaveLength(10_000);
	expect(incomplete).toEqual([{ list: 'task instances', of: 'wide/one', read: 10_000, total: 10_050 }]);
});
