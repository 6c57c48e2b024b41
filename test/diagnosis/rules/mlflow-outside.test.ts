import { expect, test } from 'vitest';
import { checkReport } from '../../../source/diagnosis/check-report.ts';
import { factsOf } from '../../../source/diagnosis/facts.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { checkWords } from '../../../source/presentation/check-text.ts';
import {
	check,
	container,
	diagnosisOptions,
	discovered,
	now,
	only,
	page,
	services,
	setup,
	stateOf,
	type Timed,
} from '../stack.ts';

/** A stack whose MLflow is configured, and served by a container outside of the project, or by none that is known. */

const url = 'http://localhost:5600';

function stackWith(outside: boolean): Timed[] {
	const known = discovered();
	if (known.type !== 'stack discovered') throw new Error(known.type);
	const named = outside ? { outside: [{ name: 'lone-mlflow', url }] } : {};
	const mlflow = { url, origin: 'given', container: null, gap: null, ...named } as const;
	const own = services.filter(name => name !== 'mlflow').map(name => container(name));
	const stack: Fact = { ...known, servers: { ...known.servers, mlflow } };
	return [
		{ at: now - 30_000, fact: { type: 'containers listed', containers: own } },
		{ at: now - 30_000, fact: stack },
		{ at: now, fact: check({ check: 'mlflow lock', path: '', holders: [] }) },
	];
}
const away: Timed[] = [now - 20_000, now - 5000].map(at => ({ at, fact: page('mlflow', false) }));

test('the container that publishes its address is named', () => {
	const [found] = only('page unreachable', ...stackWith(true), ...away);
	expect(found).toMatchObject({
		title: 'MLflow does not respond',
		cause: expect.stringMatching(/lone-mlflow publishes http:\/\/\S+ but/),
		fixes: [{ kind: 'advice' }],
	});
});

test('where none is known, it is not named', () => {
	const [found] = only('page unreachable', ...stackWith(false), ...away);
	expect(found?.cause).toMatch(/no container here serves it/);
});

test('a worker without an address of MLflow is the reason why its connection is not checked', () => {
	const answerWith = (settings: Record<string, string>) => {
		const state = stateOf(...stackWith(true), check({ check: 'setup', setup: setup({ settings }) }, 'airflow-worker'));
		// Not checked yet, as in a stack where the worker has no such variable.
		const checks = Object.fromEntries(
			Object.entries(state.checks).filter(([key]) => !key.startsWith('mlflow connection')),
		);
		const lines = checkReport(factsOf({ ...state, checks }, now, diagnosisOptions));
		return checkWords(lines, 'en').find(({ name }) => name === 'Connection from worker to MLflow')?.answer;
	};
	expect(answerWith({})).toBe('MLFLOW_TRACKING_URI is not set in the worker');
	expect(answerWith({ MLFLOW_TRACKING_URI: 'http://lone-mlflow:5000' })).not.toMatch(/MLFLOW_TRACKING_URI/);
});
