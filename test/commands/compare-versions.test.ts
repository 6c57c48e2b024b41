/** `laketop compare` of model versions, on the demo. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { all, textOf, xmlOf } from '../xml.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());
const laketop = (...words: readonly string[]) =>
	runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });
const names = ['models:/lakehouse_model/1', 'models:/lakehouse_model@champion'];

test('an old version and the champion, by number and by alias: metrics as the versions have them', async () => {
	const { stdout, exitCode } = await laketop('compare', ...names, '--json');
	expect(exitCode).toBe(0);
	const { versions, runs, metrics, tags } = documentOf(documents.compare, stdout);
	expect(runs).toEqual([]);
	expect(versions.map(({ name, version }) => [name, version === '1'])).toEqual([
		['lakehouse_model', true],
		['lakehouse_model', false],
	]);
	expect(versions[1]?.aliases).toContain('champion');
	expect(versions.map(({ task_id }) => task_id)).toEqual(['model_registry', 'model_registry']);
	const f1 = metrics.find(({ key }) => key === 'f1_score');
	const noted = versions.map(one => Number(one.tags.f1_score));
	expect(f1?.values.map(Number)).toEqual(noted);
	expect(f1?.verdicts).toEqual([null, (noted[1] ?? 0) > (noted[0] ?? 0) ? 'better' : 'worse']);
	// The figures are among the metrics, and not repeated.
	expect(tags).toEqual([]);
	expect(versions.every(({ run, run_id }) => run?.run_id === run_id)).toBe(true);
});

test('as tables: what made them, params, metrics', async () => {
	const { stdout, exitCode } = await laketop('compare', ...names);
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/VERSION +lakehouse_model 1 +lakehouse_model \d+/);
	expect(stdout).toMatch(/Aliases +- +@champion/);
	expect(stdout).toMatch(/DAG run +scheduled__\S+ +\S+/);
	expect(stdout).toMatch(/f1_score +0\.\d+ +0\.\d+ (?:better|worse)/);
});

test('an MLflow that does not answer has no unknown models', async () => {
	await demo.scenario.takeDown('mlflow');
	const { exitCode, stderr } = await laketop('compare', ...names);
	await demo.scenario.bringUp('mlflow');
	expect(stderr).not.toContain('has no model');
	expect(exitCode).toBe(3);
});

test('as an SVG image: bars of each metric, and the texts that differ', async () => {
	const { stdout, exitCode } = await laketop('compare', ...names, '--svg');
	expect(exitCode).toBe(0);
	const root = xmlOf(stdout.trim());
	const texts = all(root, 'text').map(textOf);
	expect(texts).toContain('What differs');
	expect(texts.some(text => text.startsWith('f1_score'))).toBe(true);
	const runs = await laketop('compare', 'model_training', 'model_evaluation', '--svg');
	expect(all(xmlOf(runs.stdout.trim()), 'rect').length).toBeGreaterThan(1);
});

test.each([
	[['models:/lakehouse_model/1'], /takes two or more model versions/],
	[['models:/lakehouse_model/1', 'models:/lakehouse_model/1'], /are the same model version/],
	[['models:/lakehouse_model/1', 'model_training'], /invalid model version "model_training"/],
	[['models:/lakehouse_model/1', 'models:/lakehouse_model'], /invalid model version/],
	[
		['models:/lakehouse_model/1', 'models:/lakehouse_model/99999'],
		/MLflow has no model version models:\/lakehouse_model\/99999/,
	],
	[['models:/lakehouse_model/1', 'models:/lakehouse_model@nobody'], /no model version models:\/lakehouse_model@nobody/],
	[
		['models:/lakehouse_modle/1', 'models:/lakehouse_modle/2'],
		/MLflow has no model lakehouse_modle; did you mean lakehouse_model/,
	],
] as const)('%j is refused, and says why', async (words, why) => {
	const { stderr, exitCode, stdout } = await laketop('compare', ...words);
	expect([exitCode, stdout]).toEqual([2, '']);
	expect(stderr).toMatch(why);
});
