import { expect, test } from 'vitest';
import { championOf } from '../../../source/model/mlflow/champion.ts';
import type { MetricValue, MlflowRun, ModelVersion } from '../../../source/model/mlflow/experiment.ts';
import { championComparisons } from '../../../source/selectors/models/champion.ts';

function version(number: number, more: Partial<ModelVersion> = {}): ModelVersion {
	return {
		...{ name: 'churn', version: String(number), status: 'READY', stage: 'None', aliases: [] },
		...{ runId: `run ${number}`, createdAt: number, ...more },
	};
}

function run(number: number, metrics: Record<string, MetricValue>): MlflowRun {
	return {
		...{ runId: `run ${number}`, runName: 'train', experimentId: '1', status: 'FINISHED', startedAt: 0, endedAt: 1 },
		metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, loggedAt: 0 })),
		...{ params: [], tags: [] },
	};
}

const [newest, older, champion] = [version(3), version(2), version(1, { aliases: ['Champion'] })];

test('the newest version against the champion, by the metrics of the runs that made them', () => {
	const runs = [
		run(3, { rows: 900, f1_score: 0.8497, log_loss: 0.3, auc: 0.9, only_new: 1 }),
		run(2, { f1_score: 0.99 }),
		run(1, { rows: 1000, f1_score: 0.8922, log_loss: 0.4, auc: 0.9, only_old: 1 }),
	];
	const [compared, ...others] = championComparisons([newest, older, champion], runs);
	expect(others).toEqual([]);
	expect(compared).toMatchObject({
		model: 'churn',
		mark: '@Champion',
		champion: { version: '1' },
		newest: { version: '3' },
	});
	expect(compared?.metrics.map(({ key, verdict }) => `${key} ${verdict}`)).toEqual([
		'f1_score worse',
		'log_loss better',
		'auc equal',
		'rows null',
	]);
});

test('tags stand in for runs that are not known, if they are named as metrics', () => {
	const tags = (value: string) => [
		{ key: 'f1_score', value },
		{ key: 'rows', value: '10000' },
		{ key: 'accuracy', value: 'high' },
		{ key: 'recall', value: ' ' },
	];
	const versions = [version(2, { tags: tags('0.8') }), version(1, { aliases: ['champion'], tags: tags('0.9') })];
	expect(championComparisons(versions, [])[0]?.metrics).toEqual([
		{ key: 'f1_score', champion: 0.9, newest: 0.8, verdict: 'worse' },
	]);
	// The run knows better.
	const runs = [run(2, { f1_score: 0.95 }), run(1, { f1_score: 0.9 })];
	expect(championComparisons(versions, runs)[0]?.metrics).toMatchObject([{ newest: 0.95, verdict: 'better' }]);
});

test('nothing is compared without a champion, or if the newest version is the champion', () => {
	expect(championComparisons([newest, older], [])).toEqual([]);
	expect(championComparisons([version(3, { aliases: ['champion'] }), older], [])).toEqual([]);
	expect(championComparisons([], [])).toEqual([]);
});

test('NaN is no figure; an infinity is one', () => {
	const runs = [run(3, { loss: 'Infinity', f1: 'NaN' }), run(1, { loss: 1, f1: 0.5 })];
	expect(championComparisons([newest, champion], runs)[0]?.metrics).toMatchObject([{ key: 'loss', verdict: 'worse' }]);
});

test('the champion is named by an alias, before the stage, which MLflow has deprecated', () => {
	const production = version(2, { stage: 'Production' });
	expect(championOf([newest, production])?.mark).toBe('Production');
	expect(championOf([newest, production, champion])).toEqual({ version: champion, mark: '@Champion' });
	expect(championOf([version(9, { aliases: ['prod'] }), production])?.mark).toBe('@prod');
	expect(championOf([version(9, { aliases: ['challenger'] })])).toBeNull();
});
