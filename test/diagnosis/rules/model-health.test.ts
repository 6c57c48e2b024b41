import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { DiagnosisOptions } from '../../../source/diagnosis/facts.ts';
import { usualRange } from '../../../source/diagnosis/usual-range.ts';
import type { MlflowRun, ModelVersion } from '../../../source/model/experiment.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { render } from '../../../source/words/message.ts';
import { dagId, diagnosisOptions, healthy, minute, now, run, stateOf } from '../stack.ts';

const hour = 60 * minute;

const versionsOf = (scores: readonly number[], champion: number, everyMs = hour, agoMs = 0): Fact => ({
	type: 'model versions fetched',
	versions: scores.map(
		(score, index): ModelVersion => ({
			...{ name: 'churn', version: String(scores.length - index), status: 'READY', stage: 'None', runId: null },
			aliases: index === champion ? ['champion'] : [],
			tags: [
				{ key: 'f1_score', value: String(score) },
				{ key: 'dag_id', value: dagId },
			],
			createdAt: now - agoMs - index * everyMs,
		}),
	),
});

function found(rule: string, facts: readonly Fact[], options: Partial<DiagnosisOptions> = {}) {
	return diagnose(stateOf(...healthy, ...facts), now, { ...diagnosisOptions, ...options }).filter(
		one => one.rule === rule,
	);
}

describe('model worse', () => {
	test('names the metric, both versions and by how much, in both languages', () => {
		const [finding] = found('model worse', [versionsOf([0.6, 0.9, 0.88, 0.89], 1)]);
		expect(finding && render(finding.title, 'en')).toBe('churn version 4 is worse than its champion');
		expect(finding?.evidence.map(({ message }) => render(message, 'en'))).toEqual([
			'f1_score: 0.6 in version 4, 0.9 in version 3 (@champion), 33% worse',
		]);
		expect(finding && render(finding.reason, 'en')).toBe(
			'The difference is above 10%, and the 3 other versions do not vary that much',
		);
		expect(finding && render(finding.title, 'ko')).toBe('churn 버전 4가 챔피언보다 나쁩니다');
	});

	test('a better one, a slightly worse one and one within the spread of the versions are no finding', () => {
		expect(found('model worse', [versionsOf([0.95, 0.9, 0.88, 0.89], 1)])).toEqual([]);
		expect(found('model worse', [versionsOf([0.84, 0.9, 0.88, 0.89], 1)])).toEqual([]);
		expect(found('model worse', [versionsOf([0.7, 0.95, 0.65, 0.8], 1)])).toEqual([]);
		expect(found('model worse', [versionsOf([0.6], 0)])).toEqual([]);
	});

	test('the margin is configured', () => {
		const versions = versionsOf([0.8, 0.9], 1);
		expect(found('model worse', [versions])).toHaveLength(1);
		expect(found('model worse', [versions], { championMargin: 0.2 })).toEqual([]);
	});
});

function counted(rows: readonly number[], more: (index: number) => Partial<MlflowRun> = () => ({})): Fact {
	return {
		type: 'mlflow runs fetched',
		experimentId: '1',
		runs: rows.map((value, index): MlflowRun => {
			const startedAt = now - (index + 1) * hour;
			return {
				...{ runId: `r${index}`, runName: 'raw_to_bronze', experimentId: '1', status: 'FINISHED', startedAt },
				endedAt: startedAt + minute,
				metrics: [{ key: 'rows_ingested', value, step: 0, loggedAt: startedAt }],
				params: [],
				tags: [],
				...more(index),
			};
		}),
	};
}

describe('data pulse', () => {
	test.each([
		['few rows', 2000],
		['many rows', 60_000],
		['none', 0],
	])('%s are reported with the usual range', (_, rows) => {
		const [finding] = found('data pulse', [counted([rows, 10_000, 10_100, 9900, 10_050, 9950])]);
		expect(finding && render(finding.title, 'en')).toBe('rows_ingested left its usual range');
		expect(finding?.evidence.map(({ message }) => render(message, 'en'))).toEqual([
			`${rows} now, 9900 to 10100 in the previous 5 MLflow runs of raw_to_bronze`,
		]);
	});

	test('what is usual, what has too few to go by, other params and an active run are no finding', () => {
		expect(found('data pulse', [counted([9800, 10_000, 10_100, 9900, 10_050, 9950])])).toEqual([]);
		// Equal counts say nothing about small differences.
		expect(found('data pulse', [counted([9000, 10_000, 10_000, 10_000, 10_000, 10_000])])).toEqual([]);
		expect(found('data pulse', [counted([2000, 10_000, 10_100, 9900, 10_050])])).toEqual([]);
		const tenth = counted([1000, 10_000, 10_100, 9900, 10_050, 9950], index => ({
			params: [{ key: 'rows', value: index === 0 ? '1000' : '10000' }],
		}));
		expect(found('data pulse', [tenth])).toEqual([]);
		// The conf of the DAG run says how many rows there are; of one that is not known nothing is said.
		const rows = [2000, 10_000, 10_100, 9900, 10_050, 9950];
		const tagged = counted(rows, index => ({
			tags: [
				{ key: 'dag_id', value: dagId },
				{ key: 'dag_run_id', value: `r${index}` },
			],
		}));
		const dagRuns = (conf: string | null): Fact => ({
			type: 'dag runs fetched',
			dagId,
			runs: rows.map((_, index) => run(`r${index}`, 'success', (index + 1) * hour, index === 0 ? { conf } : {})),
		});
		expect(found('data pulse', [tagged])).toEqual([]);
		expect(found('data pulse', [tagged, dagRuns('{"rows":2000}')])).toEqual([]);
		expect(found('data pulse', [tagged, dagRuns(null)])).toHaveLength(1);
		const running = counted([2000, 10_000, 10_100, 9900, 10_050, 9950], index =>
			index === 0 ? { status: 'RUNNING', endedAt: null } : {},
		);
		expect(found('data pulse', [running])).toEqual([]);
	});

	test('of random series that do not change, less than one in two hundred leaves its range', () => {
		let seed = 20_261_130;
		const uniform = () => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed / 2_147_483_647;
		};
		const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
		let alarms = 0;
		const rounds = 10_000;
		for (let round = 0; round < rounds; round++) {
			const values = Array.from({ length: 10 }, () => 10_000 + 3000 * normal());
			const { low, high } = usualRange(values);
			const next = 10_000 + 3000 * normal();
			if (next < low || next > high) alarms++;
		}
		expect(alarms / rounds).toBeLessThan(0.005);
		expect(alarms).toBeGreaterThan(0);
	});
});

describe('model overdue', () => {
	const dagRuns = (count: number): Fact => ({
		type: 'dag runs fetched',
		dagId,
		runs: Array.from({ length: count }, (_, index) => run(`scheduled__${index}`, 'success', (index + 1) * hour)),
	});
	const scheduled = (schedule: string | null, isPaused = false): Fact => ({
		type: 'dags fetched',
		dags: (stateOf(...healthy).dags ?? []).map(dag => (dag.dagId === dagId ? { ...dag, schedule, isPaused } : dag)),
	});
	const hourly = (agoMs: number) => versionsOf([0.9, 0.9, 0.9, 0.9, 0.9], 0, hour, agoMs);

	test('runs that succeed without a version', () => {
		const [finding] = found('model overdue', [scheduled('@hourly'), dagRuns(6), hourly(6 * hour)]);
		expect(finding && render(finding.title, 'en')).toBe('churn has had no new version for 6h');
		expect(finding?.evidence.map(({ message }) => render(message, 'en'))).toEqual([
			`The newest is version 5; ${dagId} runs every 1h`,
			'5 DAG runs have succeeded since, without a version',
		]);
		expect(finding && render(finding.reason, 'en')).toBe('Earlier versions came at most 1h apart');
	});

	test('no schedule, a paused DAG, no runs, rare versions and a fresh one are no finding', () => {
		expect(found('model overdue', [scheduled(null), dagRuns(6), hourly(6 * hour)])).toEqual([]);
		expect(found('model overdue', [scheduled('@hourly', true), dagRuns(6), hourly(6 * hour)])).toEqual([]);
		expect(found('model overdue', [scheduled('@hourly'), dagRuns(0), hourly(6 * hour)])).toEqual([]);
		const rare = versionsOf([0.9, 0.9, 0.9, 0.9], 0, 24 * hour, 6 * hour);
		expect(found('model overdue', [scheduled('@hourly'), dagRuns(6), rare])).toEqual([]);
		expect(found('model overdue', [scheduled('@hourly'), dagRuns(6), hourly(hour)])).toEqual([]);
	});
});
