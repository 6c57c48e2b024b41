import { expect, onTestFinished, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { startDemo } from '../../source/demo/index.ts';
import { largeAirflow } from '../given/large-airflow.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

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

test('older model versions than are read: said where versions are listed, and there only', async () => {
	const demo = await startDemo({ autonomous: false });
	onTestFinished(() => demo.close());
	const withMore = () =>
		demo.scenario.failNext(
			'mlflow',
			200,
			{ model_versions: [{ name: 'lakehouse_model', version: '99' }], next_page_token: 'p2' },
			/model-versions\/search/,
		);
	const laketop = (...words: readonly string[]) =>
		runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });
	withMore();
	const models = await laketop('models', '--json');
	expect(models.stderr).toContain('only the newest 1 model versions were read; there are more');
	const { versions, incomplete } = documentOf(documents.models, models.stdout);
	expect(versions.map(({ version }) => version)).toContain('99');
	expect(incomplete).toEqual([{ list: 'model versions', of: null, read: 1, total: null }]);
	withMore();
	const status = await laketop('status', '--json');
	expect(status.stderr).toBe('');
	expect(documentOf(documents.status, status.stdout).incomplete).toBeUndefined();
});
