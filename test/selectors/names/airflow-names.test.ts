import { describe, expect, test } from 'vitest';
import { dagNames, resolveDag } from '../../../source/selectors/names/dags.ts';
import { resolveExperiment, resolveMlflowRuns, resolveModel } from '../../../source/selectors/names/mlflow.ts';
import { type Resolution, unresolvedWords } from '../../../source/selectors/names/resolution.ts';
import { resolveRun, resolveRuns, runNames } from '../../../source/selectors/names/runs.ts';
import type { Language } from '../../../source/words/language.ts';
import { render } from '../../../source/words/message.ts';
import { dag, dagId, healthy, minute, mlflowRun, now, run, stateOf } from '../../diagnosis/stack.ts';

/** The names of the found items, or why nothing was found, and what to do. */
function answer<Item>(resolution: Resolution<Item>, nameOf: (item: Item) => string, language: Language = 'en') {
	if (resolution.kind === 'found') return resolution.items.map(nameOf);
	const { message, fix } = unresolvedWords(resolution);
	return [message, fix].flatMap(one => (one === null ? [] : render(one, language))).join('. ');
}

describe('DAGs', () => {
	const ask = (word: string, language?: Language) =>
		answer(resolveDag(word, [dag, { ...dag, dagId: 'churn' }]), one => one.dagId, language);

	test('are meant by their whole id; another one is refused with the one most likely meant', () => {
		expect(ask('churn')).toEqual(['churn']);
		expect(ask('chrun')).toBe('Airflow has no DAG chrun; did you mean churn?. Run laketop dags to list the DAGs');
		expect(ask('nosuch')).toBe('Airflow has no DAG nosuch. Run laketop dags to list the DAGs');
		expect(ask('chrun', 'ko')).toMatch(/^Airflow에 chrun DAG가 없습니다\. churn을 찾으셨습니까\?/);
	});

	test('completion offers what is accepted', () => {
		const state = stateOf(...healthy);
		expect(dagNames(state).map(name => resolveDag(name, state.dags ?? []).kind)).toEqual(['found']);
	});
});

describe('DAG runs', () => {
	const runs = [
		run('manual__a', 'success', 120 * minute),
		run('manual__b', 'running', 5 * minute),
		run('scheduled__2026-11-24', 'success', 700 * minute),
	];
	const one = (word: string, all = runs) => answer(resolveRun(word, dagId, all), ({ dagRunId }) => dagRunId);
	const many = (word: string, span: { from: number; to: number } | null = null) =>
		answer(resolveRuns(word, dagId, runs, span), ({ dagRunId }) => dagRunId);

	test('one is meant by its whole id, or as the newest; a part of an id is refused with the candidates', () => {
		expect(one('newest')).toEqual(['manual__b']);
		expect(one('scheduled__2026-11-24')).toEqual(['scheduled__2026-11-24']);
		expect(one('manual')).toBe(`${dagId} has no DAG run manual. Name it in full: manual__a, manual__b`);
		expect(one('11-24')).toMatch(/has no DAG run 11-24; did you mean scheduled__2026-11-24\?\. Run laketop runs/);
		expect(one('nowhere')).toBe(`${dagId} has no DAG run nowhere. Run laketop runs to list the DAG runs`);
		expect(one('newest', [])).toBe(`${dagId} has no DAG runs yet`);
	});

	test('several are meant by a part of an id, or by a span of time, to choose from', () => {
		expect(many('MANUAL')).toEqual(['manual__a', 'manual__b']);
		expect(many('today', { from: now - 10 * minute, to: now })).toEqual(['manual__b']);
		expect(many('nowhere')).toBe(`No run of ${dagId} matches "nowhere"`);
		expect(many('manual__c')).toMatch(/matches "manual__c"; did you mean manual__[ab]\?/);
	});

	test('completion offers what is accepted', () => {
		const state = stateOf(...healthy);
		const names = runNames(state, dagId);
		expect(names.length).toBeGreaterThan(2);
		expect(new Set(names.map(name => resolveRun(name, dagId, state.dagRuns[dagId] ?? []).kind))).toEqual(
			new Set(['found']),
		);
	});
});

describe('MLflow', () => {
	const runs = [
		{ ...mlflowRun(3, 0.9), runId: 'abcdef01', runName: 'training' },
		{ ...mlflowRun(2, 0.9), runId: 'abcdef02', runName: 'training' },
		{ ...mlflowRun(1, 0.9), runId: '0123456789', tags: [{ key: 'dag_run_id', value: 'manual__a' }] },
		{ ...mlflowRun(1, 0.9), runId: 'fedcba9876', runName: ' blanks ' },
	];
	const ask = (word: string) => answer(resolveMlflowRuns(word, 'churn', runs), ({ runId }) => runId);

	test('runs are meant by id, the beginning of one, a name or their DAG run', () => {
		expect(ask('abcdef02')).toEqual(['abcdef02']);
		expect(ask('012345')).toEqual(['0123456789']);
		expect(ask('training')).toEqual(['abcdef01']);
		expect(ask('blanks')).toEqual(['fedcba9876']);
		expect(ask('manual__a')).toEqual(['0123456789']);
		expect(ask('abcdef')).toBe('abcdef names more than one MLflow run: abcdef01, abcdef02. Name one of them');
		expect(ask('trainign')).toMatch(/^no MLflow run "trainign" among the newest 4 .*; did you mean training\?/);
		expect(answer(resolveMlflowRuns('x', 'churn', []), ({ runId }) => runId)).toMatch(/churn has no MLflow runs yet/);
	});

	test('experiments and models are meant by their whole names', () => {
		const name = (word: string) => answer(resolveExperiment(word, ['churn', 'Default']), String);
		expect(name('churn')).toEqual(['churn']);
		expect(name('chrun')).toBe(
			'MLflow has no experiment chrun; did you mean churn?. Pass one of these with --experiment: churn',
		);
		const deleted = answer(resolveExperiment('chrun', ['churn', 'Default'], true), String);
		expect(deleted).toMatch(/^the MLflow experiment chrun is deleted/);
		expect(answer(resolveExperiment('x', ['Default']), String)).toBe('MLflow has no experiment x. Pass --experiment');
		const version = {
			name: 'churn',
			version: '1',
			status: 'READY',
			stage: 'None',
			aliases: [],
			runId: null,
			createdAt: 0,
		};
		const model = (word: string) =>
			answer(resolveModel(word, [version, { ...version, version: '2' }]), one => one.version);
		expect(model('churn')).toEqual(['1', '2']);
		expect(model('chrun')).toBe('MLflow has no model chrun; did you mean churn?');
	});
});
