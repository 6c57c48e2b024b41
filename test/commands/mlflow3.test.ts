import { expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { recordedServer } from '../clients/mlflow/recorded-server.ts';
import { documentOf, runLaketop } from './harness.ts';

/** `laketop models` and `laketop metrics` on the recorded answers of MLflow 3. */
async function laketop(words: string) {
	const { mlflow } = await recordedServer('3.17.2');
	// Nobody listens there: these commands need no engine.
	return runLaketop([...words.split(' '), '--mlflow-url', mlflow.address, '--docker-host', 'tcp://127.0.0.1:1']);
}

test('models: versions with tags, logged models with the versions made of them, prompts', async () => {
	const ran = await laketop('models --experiment churn --json');
	expect(ran.exitCode).toBe(0);
	const { versions, logged_models, traces, prompts } = documentOf(documents.models, ran.stdout);
	expect(versions.map(({ version, tags }) => [version, tags])).toEqual([
		['2', { validated: 'yes' }],
		['1', {}],
	]);
	expect(logged_models.map(({ name, status, versions: of }) => [name, status, of].flat().join(' '))).toEqual([
		...['model-5 PENDING', 'model-4 READY', 'model-3 UPLOAD_FAILED', 'model-2 READY'],
		...['model-1 READY fraud/2', 'model-0 READY fraud/1'],
	]);
	expect(prompts).toMatchObject([{ name: 'greet', version: '2', aliases: { production: '1' } }]);
	expect(traces).toMatchObject({ window_s: 3600, count: 5, failed: 1 });
	const table = (await laketop('models --experiment churn')).stdout;
	expect(table).toMatch(/^MODEL .*\n(.+\n)+\nLOGGED MODEL .*\n(.+\n)+\nPROMPT .*\n/);
	expect((await laketop('models fraud')).stdout).not.toContain('LOGGED MODEL');
});

test('metrics of runs with names of their own have a history; a deleted experiment is no missing one', async () => {
	const { metrics } = documentOf(documents.metrics, (await laketop('metrics --experiment churn --json')).stdout);
	expect(metrics.find(({ key }) => key === 'accuracy')).toMatchObject({ series: 'experiment', run_name: 'train-5' });
	expect(metrics.find(({ key }) => key === 'accuracy')?.history).toHaveLength(6);
	const deleted = await laketop('metrics --experiment old');
	expect([deleted.exitCode, deleted.stderr]).toEqual([2, expect.stringMatching(/experiment old is deleted.*churn/)]);
});
