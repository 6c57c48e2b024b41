import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { DiagnosisOptions } from '../../../source/diagnosis/facts.ts';
import type { ModelVersion } from '../../../source/model/mlflow/experiment.ts';
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

describe('model overdue', () => {
	const dagRuns = (count: number): Fact => ({
		type: 'dag runs fetched',
		dagId,
		runs: Array.from({ length: count }, (_, index) => run(`scheduled__${index}`, 'success', (index + 1) * hour)),
	});
	const scheduled = (schedule: string | null, isPaused = false, periodMs?: number): Fact => ({
		type: 'dags fetched',
		dags: (stateOf(...healthy).dags ?? []).map(dag =>
			dag.dagId === dagId ? { ...dag, schedule, isPaused, periodMs } : dag,
		),
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

	test('a schedule that is a duration has a period too', () => {
		const every = scheduled('1:00:00', false, hour);
		expect(found('model overdue', [every, dagRuns(6), hourly(6 * hour)])).toHaveLength(1);
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
