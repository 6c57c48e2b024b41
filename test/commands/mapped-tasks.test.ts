import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { systemClock } from '../../source/model/time/clock.ts';
import { handClock } from '../demo/requests.ts';
import { mappedDag } from '../given/mapped-dag.ts';
import { addressesOf, documentOf, type Ran, runLaketop } from './harness.ts';

const { dagId } = mappedDag;
const clock = handClock();
let demo: DemoStack;
let dagRunId: string;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, now: clock.now, dags: [mappedDag] });
	dagRunId = demo.scenario.triggerRun({}, dagId);
	for (const task of ['list_parts', ...Array.from({ length: 12 }, (_, index) => `divide[${index}]`)])
		demo.scenario.setTaskState(dagRunId, task, 'success');
	demo.scenario.setTaskState(dagRunId, 'collect', 'upstream_failed');
});
afterEach(() => demo.close());

const fail = (...indexes: number[]) => {
	for (const index of indexes) {
		const task = `divide[${index}]`;
		demo.scenario.setTaskState(dagRunId, task, 'running');
		demo.scenario.emitTaskLog(dagRunId, task, `log of part ${index}`);
		demo.scenario.setTaskState(dagRunId, task, 'failed');
	}
	demo.scenario.setRunState(dagRunId, 'failed');
};

function laketop(...words: string[]): Promise<Ran> {
	return runLaketop([...words, ...addressesOf(demo)]);
}
const of = (command: string, ...words: string[]) => laketop(command, dagId, '--run', dagRunId, ...words);
const log = (...words: string[]) => laketop('logs', '--dag', dagId, '--run', dagRunId, ...words);
const states = () =>
	Object.fromEntries([2, 5, 7].map(index => [index, demo.scenario.task(dagRunId, `divide[${index}]`).state]));
const refused = (ran: Promise<Ran>) =>
	ran.then(
		({ stderr }) => stderr,
		(error: Error) => error.message,
	);

test('clear: one index, and no other', async () => {
	fail(2, 5);
	const dry = await of('clear', '--task', 'divide[2]', '--dry-run');
	expect(dry.stdout).toMatch(/Runs 1 task instance of 1 task of \S+ again: divide\[2\]\./);
	expect(dry.stdout).toContain('Clear divide[2] of');
	expect(states()).toEqual({ 2: 'failed', 5: 'failed', 7: 'success' });
	const done = await of('clear', '--task', 'divide[2]', '--yes');
	expect(done).toMatchObject({ exitCode: 0 });
	expect(done.stdout).toContain('1 task instance of 1 task cleared');
	expect(states()).toMatchObject({ 5: 'failed', 7: 'success' });
	expect(states()[2]).not.toBe('failed');
});

test('clear: one index and what follows; two indexes; the count and the list agree', async () => {
	fail(2, 5);
	const follows = await of('clear', '--task', 'divide[2]', '--downstream', '--dry-run');
	expect(follows.stdout).toMatch(/Runs 2 task instances of 2 tasks of \S+ again: divide\[2\], collect\./);
	const two = await of('clear', '--task', 'divide[2]', '--task', 'divide[7]', '--dry-run');
	expect(two.stdout).toMatch(/Runs 2 task instances of 1 task of \S+ again: divide\[2\], divide\[7\]\./);
	const failed = await of('clear', '--dry-run');
	expect(failed.stdout).toMatch(/Runs 3 task instances of 2 tasks of \S+ again: divide\[2\], divide\[5\], collect\./);
	const whole = await of('clear', '--task', 'divide', '--dry-run');
	expect(whole.stdout).toMatch(/Runs 12 task instances of 1 task of \S+ again: divide \(all 12\)\./);
});

test('clear and mark name every instance that they interrupt: running, queued, deferred, rescheduled', async () => {
	for (const [index, state] of ['running', 'running', 'queued', 'deferred', 'up_for_reschedule'].entries())
		demo.scenario.setTaskState(dagRunId, `divide[${index}]`, state);
	const interrupted = [
		'Stops the running tries of divide[0], divide[1].',
		'Removes divide[2] from the queue.',
		'Ends the wait of divide[3] for its trigger (deferred).',
		'Ends the wait of divide[4] for the next poke (rescheduled).',
	];
	const clear = await of('clear', '--task', 'divide', '--dry-run');
	const mark = await of('mark', '--task', 'divide', '--state', 'failed', '--dry-run');
	for (const words of interrupted) {
		expect(clear.stdout).toContain(words);
		expect(mark.stdout).toContain(words);
	}
	// Only what failed is cleared: its siblings run on.
	demo.scenario.setTaskState(dagRunId, 'divide[5]', 'failed');
	const failed = await of('clear', '--dry-run');
	expect(failed.stdout).toContain('divide[5]');
	expect(failed.stdout).not.toMatch(/Stops|Removes|Ends/);
});

test.each([
	['divide[12]', /The DAG run has no task divide\[12\]. divide has the indexes 0 to 11/],
	['collect[0]', /The DAG run has no task collect\[0\]. collect is not mapped/],
	['divdie', /The DAG run has no task divdie; did you mean divide\?/],
])('clear, mark and logs refuse %s, and say what there is', async (task, words) => {
	expect(await refused(of('clear', '--task', task, '--yes'))).toMatch(words);
	expect(await refused(of('mark', '--task', task, '--state', 'success', '--yes'))).toMatch(words);
	expect(await refused(log('--task', task))).toMatch(words);
});

test('mark: one index', async () => {
	fail(2, 5);
	const marked = await of('mark', '--task', 'divide[5]', '--state', 'success', '--yes');
	expect(marked).toMatchObject({ exitCode: 0 });
	expect(marked.stdout).toContain('divide[5] is success');
	expect(states()).toEqual({ 2: 'failed', 5: 'success', 7: 'success' });
	const dry = await of('mark', '--task', 'divide[2]', '--state', 'success', '--dry-run');
	expect(dry.stdout).toContain('/taskInstances/divide/2');
});

test('logs: of one index; of the only failed one where none is named', async () => {
	fail(7);
	const one = await log('--task', 'divide[7]');
	expect(one).toMatchObject({ exitCode: 0, stderr: '' });
	expect(one.stdout).toContain('log of part 7');
	const any = await log('--task', 'divide');
	expect(any.stdout).toContain('log of part 7');
	expect(any.stderr).toContain('divide has 12 instances: 1 failed, 11 success; showing the log of divide[7]');
	const [line = ''] = (await log('--task', 'divide[7]', '--json')).stdout.split('\n');
	expect(documentOf(documents['log-line'], line).task).toMatchObject({ task_id: 'divide', map_index: 7 });
});

test('logs: where several failed they are named first, with counts', async () => {
	fail(5, 11);
	demo.scenario.setTaskState(dagRunId, 'divide[3]', 'running');
	const words = await refused(log('--task', 'divide'));
	expect(words).toContain('divide has 12 instances: 2 failed, 1 running, 9 success');
	expect(words).toMatch(/divide\[5\], divide\[11\], divide\[3\], divide\[0\]/);
});

test('completion offers every index, those that failed or run first', async () => {
	fail(5);
	demo.scenario.setTaskState(dagRunId, 'divide[3]', 'running');
	// The shell's patience is a minute here, so that a busy machine answers within it.
	const patient = {
		now: systemClock.now,
		sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(ms * 300, signal),
	};
	const words = ['__complete', 'task', 'clear', dagId, '--run', dagRunId, ...addressesOf(demo)];
	const ran = await runLaketop(words, { clock: patient });
	const offered = ran.stdout.split('\n').filter(Boolean);
	expect(offered.slice(0, 5)).toEqual(['collect', 'divide', 'list_parts', 'divide[5]', 'divide[3]']);
	expect(offered).toHaveLength(3 + 12);
	expect(offered).toContain('divide[11]');
});

test('tasks: every instance under its name', async () => {
	fail(5);
	const ran = await of('tasks');
	expect(ran.stdout).toMatch(/^divide\[5\]\s+failed/m);
});
