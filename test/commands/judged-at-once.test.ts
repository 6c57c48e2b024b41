import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ComposeClient } from '../../source/clients/compose.ts';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

/** Commands wait for what was requested, and for no delay that gives a screen priority. */

let demo: DemoStack;
let clock: Clock;
beforeEach(async () => {
	clock = stoppedClock();
	demo = await startDemo({ autonomous: false, now: clock.now });
});
afterEach(() => demo.close());

const limit = { timeout: 30_000 };

/** Its time never passes: a wait for a later moment never ends. */
function stoppedClock(): Clock {
	const now = Date.now();
	return { now: () => now, sleep: systemClock.sleep };
}

const laketop = (...words: string[]) =>
	runLaketop([...words, '--json', ...addressesOf(demo)], { compose: demo.compose, clock });

test('a healthy stack: everything is checked before any delay is over', limit, async () => {
	const status = documentOf(documents.status, (await laketop('status')).stdout);
	expect(status).toMatchObject({ state: 'healthy', not_checked: [] });
	const doctor = documentOf(documents.doctor, (await laketop('doctor')).stdout);
	expect(doctor).toMatchObject({ state: 'healthy', not_checked: [] });
	const checked = doctor.checks.filter(({ verdict }) => verdict === 'passed').map(({ id }) => id);
	expect(checked).toEqual(expect.arrayContaining(['page airflow', 'page mlflow', 'scheduler', 'imports', 'pools']));
	// All checks that a screen makes by itself; nothing requires those that cost the worker seconds.
	expect(checked).toEqual(
		expect.arrayContaining(['broker', 'database', 'dag folder inside', 'logs folder', 'mlflow connection']),
	);
	expect(checked).not.toContain('celery ping');
});

test('a run whose tasks wait: pools and broker were asked, and the worker is left in peace', limit, async () => {
	const runId = demo.scenario.triggerRun({ pace: 600 });
	demo.scenario.setTaskState(runId, 'raw_to_bronze', 'queued');
	const { checks, state } = documentOf(documents.doctor, (await laketop('doctor')).stdout);
	expect(state).toBe('healthy');
	const verdictOf = (id: string) => checks.find(check => check.id === id)?.verdict;
	expect(['pools', 'broker', 'celery ping'].map(verdictOf)).toEqual(['passed', 'passed', 'skipped']);
});

test('an unhealthy container: judged once the checks that it calls for are made', limit, async () => {
	demo.scenario.setHealth('airflow-worker', 'unhealthy', 'no answer');
	const { checks, findings } = documentOf(documents.doctor, (await laketop('doctor')).stdout);
	expect(findings.map(({ id }) => id)).toEqual(['container unhealthy airflow-worker']);
	const passed = checks.filter(({ verdict }) => verdict === 'passed').map(({ id }) => id);
	expect(passed).toEqual(expect.arrayContaining(['broker', 'database', 'mlflow connection', 'logs folder']));
});

test.each([
	[[], 1],
	[['/home/lakehouse/mlops/docker-compose-mlops.yml'], 0],
])('Compose is started only where its file is: without %j', limit, async (missing, times) => {
	let looks = 0;
	const compose: ComposeClient = {
		...demo.compose,
		missingFiles: () => missing,
		available: () => {
			looks += 1;
			return demo.compose.available();
		},
	};
	await runLaketop(['status', '--json', ...addressesOf(demo)], { compose, clock });
	expect(looks).toBeGreaterThanOrEqual(times);
	if (times === 0) expect(looks).toBe(0);
});
