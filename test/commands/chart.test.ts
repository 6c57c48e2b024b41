import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(() => demo.close());
const laketop = (...words: readonly string[]) =>
	runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });

test('a metric of the newest run that logged it, over its steps; as JSON its points', async () => {
	const drawn = await laketop('chart', 'loss');
	expect([drawn.stderr, drawn.exitCode]).toEqual(['', 0]);
	expect(drawn.stdout).toMatch(/^ *0\.\d+ ┤[\u2800-\u28ff ]+$/m);
	expect(drawn.stdout).toMatch(/model_training +0\.\d+ +20 +0\.\d+ +0\.\d+/);
	const { series, missing } = documentOf(documents.chart, (await laketop('chart', 'loss', '--json')).stdout);
	expect(series).toMatchObject([{ metric: 'loss', run_name: 'model_training', part: 'all', is_live: false }]);
	expect(series[0]?.points.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
	expect(missing).toEqual([]);
});

test('several metrics, and what a run has not logged; a window of time, logarithm, smoothing', async () => {
	const { stdout, exitCode } = await laketop(
		'chart',
		'loss,val_loss,rows',
		'model_training',
		'--x',
		'relative',
		'--log',
		'--smooth',
		'60',
	);
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/^a +loss +0\.\d+.*\nb +val_loss /m);
	expect(stdout).toContain('model_training has not logged rows.');
	const plain = await laketop('chart', 'loss', '--json');
	const smooth = await laketop('chart', 'loss', '--smooth', '60', '--json');
	// The numbers are MLflow's own, however the line is drawn.
	expect(documentOf(documents.chart, smooth.stdout).series).toEqual(documentOf(documents.chart, plain.stdout).series);
});

test('an unknown metric or run, and more than can be told apart, are refused', async () => {
	const unknown = await laketop('chart', 'nosuch');
	expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringMatching(/no metric nosuch .*accuracy/s)]);
	expect((await laketop('chart', 'loss', 'nosuch')).exitCode).toBe(2);
	const none = await laketop('chart', ', ,');
	expect([none.exitCode, none.stdout, none.stderr]).toEqual([
		2,
		'',
		expect.stringContaining('METRIC: ", ," names no metric'),
	]);
});

test('a metric that is named twice is one line, and an empty name is none', async () => {
	const { series } = documentOf(documents.chart, (await laketop('chart', 'loss, loss,,', '--json')).stdout);
	expect(series.map(({ metric }) => metric)).toEqual(['loss']);
});

test('a metric that is logged once: over the MLflow runs that logged it, unless an axis is named', async () => {
	const drawn = await laketop('chart', 'accuracy');
	expect([drawn.stderr, drawn.exitCode]).toEqual(['', 0]);
	const { series, over_runs: over } = documentOf(
		documents.chart,
		(await laketop('chart', 'accuracy', '--json')).stdout,
	);
	expect(series).toMatchObject([{ points: [{}] }]);
	const [{ points = [] } = {}] = over ?? [];
	expect(points.length).toBeGreaterThan(2);
	expect(points.map(one => one.started_at)).toEqual(points.map(one => one.started_at).toSorted());
	expect(new Set(points.map(one => one.run_name))).toEqual(new Set([series[0]?.run_name]));
	expect(drawn.stdout.match(/ o|o /g)?.length ?? 0).toBeGreaterThan(1);
	// The run of the last point is named, with its start.
	expect(drawn.stdout).toMatch(/accuracy +0\.\d+ +model_registry \d\d/);
	const step = documentOf(documents.chart, (await laketop('chart', 'accuracy', '--x', 'step', '--json')).stdout);
	expect(step.over_runs).toBeNull();
	const named = await laketop('chart', 'loss,accuracy', '--x', 'runs', '--json');
	const both = documentOf(documents.chart, named.stdout);
	expect(both.series).toEqual([]);
	expect(both.over_runs?.map(one => one.metric)).toEqual(['loss', 'accuracy']);
	expect((await laketop('chart', 'accuracy', '--svg')).stdout.match(/<circle/g)).toHaveLength(points.length);
});

test('a metric that becomes no number is drawn as a gap, as the real server sends it', async () => {
	demo.scenario.setMlflowMetric('model_training', 'loss', Number.NaN, 20);
	demo.scenario.setMlflowMetric('model_training', 'loss', Number.POSITIVE_INFINITY, 21);
	const { stdout } = await laketop('chart', 'loss');
	expect(stdout).toMatch(/✖ 1 NaN · ↑↓ 1 infinite/);
});

test('MLflow 3 sends a sample of a long history, with its first and last point', async () => {
	const newer = await startDemo({ autonomous: false, mlflow: '3' });
	try {
		for (let step = 21; step <= 1500; step++) newer.scenario.setMlflowMetric('model_training', 'loss', 1 / step, step);
		const ran = await runLaketop([...addressesOf(newer), 'chart', 'loss', '--json'], { compose: newer.compose });
		const [series] = documentOf(documents.chart, ran.stdout).series;
		expect(series).toMatchObject({ part: 'spread', points: { length: 1000 } });
		expect([series?.points[0]?.step, series?.points.at(-1)?.step]).toEqual([1, 1500]);
	} finally {
		await newer.close();
	}
});

test('compare: two runs side by side, and as JSON; one run is no comparison', async () => {
	const names = ['model_training', 'model_evaluation'];
	const { stdout, exitCode } = await laketop('compare', ...names);
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/^METRIC +model_training +model_evaluation$/m);
	const document = documentOf(documents.compare, (await laketop('compare', ...names, '--json')).stdout);
	expect(document.runs.map(({ run_name }) => run_name)).toEqual(names);
	expect(document.metrics.find(({ key }) => key === 'accuracy')?.values).toEqual([null, expect.any(Number)]);
	expect((await laketop('compare', 'model_training')).exitCode).toBe(2);
	const same = await laketop('compare', 'model_training', 'model_training');
	expect([same.exitCode, same.stderr]).toEqual([
		2,
		expect.stringContaining('model_training, model_training are the same MLflow run'),
	]);
});
