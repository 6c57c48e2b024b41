import { afterEach, expect, test } from 'vitest';
import { createStackStore } from '../../../source/app/store.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { type MlflowDeps, watchExperiment } from '../../../source/feeds/mlflow/experiments.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import type { Experiment, MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { HandClock } from '../../given/hand-clock.ts';

const second = 1000;
let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

const churn: Experiment = { experimentId: '1', name: 'churn', artifactLocation: null };
const run: MlflowRun = {
	...{ runId: 'a', runName: 'train', experimentId: '1', status: 'FINISHED', startedAt: 1, endedAt: 2 },
	...{ metrics: [], params: [], tags: [{ key: 'family', value: 'trees' }] },
};
const shown = { ...run, group: 'trees' };

/** An MLflow with the experiment churn, watched on a clock that stands still. */
async function watched({ sendsPassword = false, answerMs = 0, isExperimentLeftToStack = false, lacks = '' } = {}) {
	const clock = new HandClock(1_000_000);
	const store = createStackStore();
	const end = new AbortController();
	const asked: string[] = [];
	const mlflow = {
		found: churn as Experiment | 'deleted' | null,
		newest: null as string | null,
		runs: [run],
		names: ['Default', 'churn', 'other'],
	};
	const told = async <Answer>(what: string, answer: Answer): Promise<Answer> => {
		asked.push(what);
		if (answerMs > 0) await clock.sleep(answerMs);
		return answer;
	};
	const client = {
		address: 'http://mlflow',
		sendsPassword,
		version: () => told('version', '3.17.2'),
		experimentByName: (name: string) => told(`experiment ${name}`, name === lacks ? null : mlflow.found),
		newestExperiment: () => told('newest', mlflow.newest),
		experimentNames: () => told('names', mlflow.names),
		runs: () => told('runs', mlflow.runs),
		modelVersions: () => told('versions', []),
		run: () => told('run', null),
		loggedModels: () => told('logged models', []),
		traces: () => told('traces', null),
		prompts: () => told('prompts', []),
	};
	const context = {
		clock,
		signal: end.signal,
		random: () => 0.5,
		observe: (fact: Fact) => store.observe({ at: clock.now(), ...fact }),
	};
	const deps: MlflowDeps = {
		mlflow: () => client,
		experimentName: lacks || 'churn',
		isExperimentLeftToStack,
		seriesTag: 'family',
		state: store.current,
		onChange: listener => store.onChange(listener),
		interest: createInterest('dag'),
		quiet: { pauseMs: (ms: number) => ms },
		wake: new Wake(),
	};
	const running = watchExperiment(context, deps);
	stop = async () => {
		end.abort();
		await clock.advance(0);
		await running;
	};
	await clock.advance(0);
	return { mlflow, clock, state: store.current, asked: () => asked.splice(0) };
}

test('an experiment that is deleted while it is shown, and restored', async () => {
	const { mlflow, clock, state } = await watched();
	expect(state()).toMatchObject({ experiment: churn, isExperimentDeleted: false, mlflowRuns: [shown] });
	// MLflow deletes its runs with it, and does not refuse the search.
	Object.assign(mlflow, { found: 'deleted', runs: [] });
	await clock.advance(31 * second);
	expect(state()).toMatchObject({ experiment: null, isExperimentDeleted: true, mlflowRuns: [] });
	expect(state().experimentNames).toEqual(['Default', 'churn', 'other']);
	Object.assign(mlflow, { found: churn, runs: [run] });
	await clock.advance(16 * second);
	expect(state()).toMatchObject({ experiment: churn, isExperimentDeleted: false, mlflowRuns: [shown] });
});

test('where nobody named the experiment and MLflow does not have it, it is the one with the newest run', async () => {
	const { mlflow, clock, state, asked } = await watched({ isExperimentLeftToStack: true, lacks: 'usual' });
	// MLflow has no runs yet.
	expect(state()).toMatchObject({ experiment: null, defaultExperiment: null });
	Object.assign(mlflow, { newest: 'churn' });
	await clock.advance(16 * second);
	expect(state()).toMatchObject({ experiment: churn, defaultExperiment: 'churn', mlflowRuns: [shown] });
	asked();
	await clock.advance(16 * second);
	expect(asked()).toEqual(['runs']);
});

test('an experiment that somebody named is shown as missing', async () => {
	const { mlflow, state, clock } = await watched({ lacks: 'usual' });
	Object.assign(mlflow, { newest: 'churn' });
	await clock.advance(31 * second);
	expect(state()).toMatchObject({ experiment: null, defaultExperiment: null });
});

test('an experiment that has runs is looked up once', async () => {
	const { asked, clock } = await watched();
	expect(asked()).toEqual(['version', 'experiment churn', 'runs']);
	await clock.advance(30 * second);
	expect(asked()).toEqual(['runs', 'runs']);
});

test('a password, which MLflow hashes for each request, is sent seldom', async () => {
	const slow = await watched({ sendsPassword: true, answerMs: 1500 });
	await slow.clock.advance(5 * second);
	expect(slow.asked()).toEqual(['version', 'experiment churn', 'runs']);
	// The first turn took 4.5 s: the next follows 90 s later, and those after it each 30 s.
	await slow.clock.advance(88 * second);
	expect(slow.asked()).toEqual([]);
	await slow.clock.advance(62 * second);
	expect(slow.asked()).toEqual(['runs', 'runs']);
});

test('a slow server without a login is asked as usual', async () => {
	const { asked, clock } = await watched({ answerMs: 1500 });
	await clock.advance(5 * second);
	asked();
	await clock.advance(60 * second);
	expect(asked().length).toBeGreaterThan(2);
});
