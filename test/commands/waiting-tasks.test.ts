import { afterEach, beforeEach, expect, test } from 'vitest';
import { AirflowV1Client } from '../../source/clients/airflow/v1/airflow-v1.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { handClock } from '../demo/requests.ts';
import { waitingDag } from '../given/mapped-dag.ts';
import { addressesOf, runLaketop } from './harness.ts';

const clock = handClock();
let demo: DemoStack;
let dagRunId: string;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, now: clock.now, dags: [waitingDag] });
	dagRunId = demo.scenario.triggerRun({}, waitingDag.dagId);
	pass(10);
});
afterEach(() => demo.close());

/** Seconds, in the steps of the demo's scheduler. */
function pass(seconds: number) {
	for (let step = 0; step < seconds * 4; step++) {
		clock.pass(250);
		demo.scenario.tick();
	}
}

const tasks = async () => {
	const airflow = new AirflowV1Client(demo.airflowUrl, { username: 'admin', password: 'admin' });
	const all = await airflow.taskInstances(waitingDag.dagId, dagRunId);
	await airflow.close();
	return Object.fromEntries(all.map(task => [task.taskId, [task.state, task.tryNumber]]));
};

const laketop = (...words: string[]) =>
	runLaketop([...words, '--dag', waitingDag.dagId, '--run', dagRunId, ...addressesOf(demo)]);

test('a sensor in reschedule, and a deferred operator, are in their first try', async () => {
	expect(demo.scenario.task(dagRunId, 'wait_for_file')).toMatchObject({ state: 'up_for_reschedule', tryNumber: 0 });
	expect(await tasks()).toEqual({ wait_for_file: ['up_for_reschedule', 1], wait_for_job: ['deferred', 1] });
	pass(120);
	expect(await tasks()).toEqual({ wait_for_file: ['success', 1], wait_for_job: ['success', 1] });
});

test.each([
	['wait_for_file', 'Rescheduling task'],
	['wait_for_job', 'Pausing task as DEFERRED'],
])('the log of %s is there while it waits', async (taskId, words) => {
	const ran = await laketop('logs', '--task', taskId);
	expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
	expect(ran.stdout).toContain(words);
	const second = await laketop('logs', '--task', taskId, '--try', '2').catch(error => error);
	expect(String(second.message ?? second.stderr)).toContain(`${taskId} has had 1 try so far`);
});

test('laketop tasks shows the try that waits', async () => {
	const ran = await runLaketop(['tasks', waitingDag.dagId, '--run', dagRunId, ...addressesOf(demo)]);
	expect(ran.stdout).toMatch(/wait_for_file\s+rescheduled\s+1\/2/);
	expect(ran.stdout).toMatch(/wait_for_job\s+deferred\s+1\/2/);
});
