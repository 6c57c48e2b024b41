import { expect, test } from 'vitest';
import { fetchVersionRuns } from '../../../source/feeds/mlflow/version-runs.ts';
import type { MlflowRun, ModelVersion } from '../../../source/model/mlflow/experiment.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { initialState } from '../../../source/model/state.ts';

const run = (runId: string, endedAt: number | null = 1): MlflowRun => ({
	...{ runId, runName: runId, experimentId: '1', status: 'FINISHED', startedAt: 0, endedAt },
	...{ metrics: [], params: [], tags: [] },
});
const version = (name: string, number: number, aliases: string[] = []): ModelVersion => ({
	...{ name, version: String(number), status: 'READY', stage: 'None', aliases },
	...{ runId: `${name} ${number}`, createdAt: number },
});

async function asked(state: Partial<typeof initialState>, there: (runId: string) => MlflowRun | null = run) {
	const ids: string[] = [];
	const facts: Fact[] = [];
	const client = {
		run: async (runId: string) => {
			ids.push(runId);
			return there(runId);
		},
	};
	const context = { observe: (fact: Fact) => void facts.push(fact) };
	const whole = { ...initialState, ...state };
	await fetchVersionRuns(context, { state: () => whole }, client, new AbortController().signal);
	const [fact] = facts;
	return { ids, runs: fact?.type === 'version runs fetched' ? fact.runs.map(({ runId }) => runId) : null };
}

const churn = [version('churn', 9), version('churn', 2, ['champion'])];

test('the runs of the champion and of the newest version are fetched, unless they are listed or known', async () => {
	expect(await asked({ modelVersions: churn })).toEqual({
		ids: ['churn 9', 'churn 2'].toReversed(),
		runs: ['churn 2', 'churn 9'],
	});
	expect(await asked({ modelVersions: churn, mlflowRuns: [run('churn 9')] })).toEqual({
		ids: ['churn 2'],
		runs: ['churn 2'],
	});
	expect(await asked({ modelVersions: churn, mlflowRuns: [run('churn 9')], versionRuns: [run('churn 2')] })).toEqual({
		...{ ids: [], runs: ['churn 2'] },
	});
	// One that has not ended may have logged more since.
	expect((await asked({ modelVersions: churn, versionRuns: [run('churn 2', null), run('churn 9')] })).ids).toEqual([
		'churn 2',
	]);
});

test('nothing is asked for versions that are not compared, nor for more than five models', async () => {
	expect(await asked({ modelVersions: [version('churn', 9), version('churn', 2)] })).toEqual({ ids: [], runs: null });
	const many = Array.from({ length: 8 }, (_, index) => [
		version(`m${index}`, 2),
		version(`m${index}`, 1, ['champion']),
	]);
	expect((await asked({ modelVersions: many.flat() })).ids).toHaveLength(10);
});

test('a run that was deleted is left out, and what is no longer compared is dropped', async () => {
	expect(await asked({ modelVersions: churn }, () => null)).toEqual({ ids: ['churn 2', 'churn 9'], runs: null });
	expect(await asked({ modelVersions: [], versionRuns: [run('churn 2')] })).toEqual({ ids: [], runs: [] });
});
