import { expect, test } from 'vitest';
import type { MlflowRun, ModelVersion } from '../../../source/model/mlflow/experiment.ts';
import {
	againstChampion,
	metricsAgainstBefore,
	mlflowRunsOf,
	versionsOf,
} from '../../../source/selectors/links/run-models.ts';

const start = Date.UTC(2026, 0, 31, 12);
const dagRun = {
	...{ dagId: 'dag', dagRunId: 'run', state: 'success', runType: 'manual', logicalDate: start, queuedAt: start },
	...{ startedAt: start, endedAt: start + 60_000, conf: null, note: null },
};
function mlflowRun(runId: string, atMs: number, more: Partial<MlflowRun> = {}): MlflowRun {
	return {
		...{ runId, runName: 'train', experimentId: '1', status: 'FINISHED' },
		...{ startedAt: start + atMs, endedAt: start + atMs + 1000, metrics: [], params: [], tags: [] },
		...more,
	};
}
const tag = (value: string) => [{ key: 'dag_run_id', value }];
const accuracy = (value: number) => [{ key: 'accuracy', value, step: 0, loggedAt: start }];

test('runs with the tag of the DAG run are its own; without tags those that began meanwhile are a guess', () => {
	const mine = mlflowRun('mine', 10_000, { tags: tag('run') });
	const others = [
		mlflowRun('late', 70_000),
		mlflowRun('within', 20_000),
		mlflowRun('foreign', 5000, { tags: tag('x') }),
	];
	expect(mlflowRunsOf(dagRun, [...others, mine])).toEqual({ runs: [mine], isGuess: false });
	expect(mlflowRunsOf(dagRun, others)).toMatchObject({ runs: [{ runId: 'within' }], isGuess: true });
	expect(mlflowRunsOf({ ...dagRun, startedAt: null }, others)).toEqual({ runs: [], isGuess: false });
});

test('a metric is compared with the run of the same name before, of another DAG run', () => {
	const now = mlflowRun('now', 10_000, { metrics: accuracy(0.9) });
	const same = mlflowRun('same', 9000, { metrics: accuracy(0.1) });
	const before = mlflowRun('before', -5000, { metrics: accuracy(0.8) });
	const other = mlflowRun('other', -1000, { runName: 'evaluate', metrics: accuracy(0.99) });
	const all = [now, same, other, before];
	expect(metricsAgainstBefore(now, { of: [now, same], all })).toEqual([
		{ key: 'accuracy', value: 0.9, before: 0.8, verdict: 'better' },
	]);
	expect(metricsAgainstBefore(before, { of: [before], all })[0]).toMatchObject({ before: null, verdict: null });
	const broken = mlflowRun('nan', 10_000, { metrics: [{ key: 'accuracy', value: 'NaN', step: 0, loggedAt: start }] });
	expect(metricsAgainstBefore(broken, { of: [broken], all })[0]?.verdict).toBeNull();
});

test('a version that a run made is compared with the champion of its model, also when newer ones exist', () => {
	const version = (number: string, runId: string, aliases: readonly string[] = []): ModelVersion => ({
		...{ name: 'model', version: number, status: 'READY', stage: 'None', aliases: [...aliases], runId },
		createdAt: start + Number(number),
	});
	const versions = [version('3', 'later'), version('2', 'mine'), version('1', 'old', ['champion'])];
	const runs = [mlflowRun('mine', 0, { metrics: accuracy(0.7) }), mlflowRun('old', -9, { metrics: accuracy(0.9) })];
	const made = versionsOf(runs.slice(0, 1), versions);
	expect(made.map(one => one.version)).toEqual(['2']);
	expect(againstChampion(made, versions, runs)).toMatchObject([
		{ newest: { version: '2' }, champion: { version: '1' }, metrics: [{ key: 'accuracy', verdict: 'worse' }] },
	]);
	expect(againstChampion([versions[2] ?? version('1', 'old')], versions, runs)).toEqual([]);
});

test('a hundred thousand metrics are compared in a moment', { timeout: 10_000 }, () => {
	const metrics = Array.from({ length: 100_000 }, (_, index) => ({ ...accuracy(1)[0], key: `layer ${index}` }));
	const all = ['now', 'before'].map((id, index) =>
		mlflowRun(id, -5000 * index, { metrics: metrics.map(one => ({ value: 1, step: 0, loggedAt: start, ...one })) }),
	);
	const [now] = all;
	const compared = now ? metricsAgainstBefore(now, { of: [now], all }) : [];
	expect([compared.length, compared.at(-1)?.before]).toEqual([100_000, 1]);
});
