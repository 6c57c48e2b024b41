import { expect, test } from 'vitest';
import { frameProblems } from './harness.ts';
import { allLive, hostileSequences, open, stack } from './program-on-stack.ts';

/** The whole program against servers that the test controls. */

test('every task state of Airflow has its word, and one that nobody knows is drawn by its name', async () => {
	const on = await stack();
	const runId = on.scenario.triggerRun({ pace: 600 });
	const tasks = ['raw_to_bronze', 'bronze_to_silver', 'silver_to_gold', 'feature_engineering', 'model_training'];
	const term = await open(on);
	await term.waitFor(allLive);
	const rounds = [
		['success', 'running', 'failed', 'up_for_retry', 'upstream_failed'],
		['scheduled', 'queued', 'skipped', 'deferred', 'removed'],
		['restarting', 'up_for_reschedule', null, 'shutdown', 'brand_new'],
	];
	const words = [
		['success', 'running', 'failed', 'up for retry', 'upstream'],
		['scheduled', 'queued', 'skipped', 'deferred', 'removed'],
		['restarting', 'rescheduled', 'no status', 'shutdown', 'brand_new'],
	];
	for (const [round, states] of rounds.entries()) {
		for (const [index, state] of states.entries()) on.scenario.setTaskState(runId, tasks[index] ?? '', state);
		term.write('R');
		await term.waitFor(lines => (words[round] ?? []).every(word => lines.join('\n').includes(word)));
	}
});

test('an unhealthy container says so, and one key shows what its probe said', async () => {
	const on = await stack();
	const term = await open(on);
	await term.waitFor(allLive);
	on.scenario.setHealth('airflow-worker', 'unhealthy', 'celery: no answer from the node');
	await term.waitFor(/airflow-worker +✖ unhealthy/);
	await term.waitFor(/1 unhealthy/);
	term.write('jjjj');
	await term.waitFor(/▸ airflow-worker/);
	term.press('enter');
	// The finding has the probe's words too: it is the container's own page that is waited for.
	await term.waitFor(/health +unhealthy, \d+ consecutive failures?/);
	await term.waitFor(lines => lines.some(line => line.includes('celery: no answer') && !line.includes('is unhealthy')));
});

test('the pipeline pane reports a wrong password, with what to do', async () => {
	const on = await stack();
	on.scenario.setPassword('another');
	const term = await open(on);
	await term.waitFor(/rejects user admin/);
	await term.waitFor(/LAKETOP_AIRFLOW_PASSWORD/);
	await term.waitFor(/airflow [\d.]+ ✖ unauthorised .* mlflow 2\.9\.2 ✔/);
});

test('a paused DAG: the question says that it will be unpaused, and it is', async () => {
	const on = await stack();
	on.scenario.pauseDag('ml_pipeline_end_to_end');
	const term = await open(on);
	await term.waitFor(allLive);
	await term.waitFor(/DAG paused/);
	term.write('t');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: params/);
	term.press('enter');
	await term.waitFor(/The DAG is paused and will be unpaused first/);
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/the DAG is unpaused/);
	await term.waitFor(lines => !lines.join('\n').includes('DAG paused'));
});

test('r restarts the selection after a yes; Enter by itself does not', async () => {
	const on = await stack();
	const term = await open(on);
	await term.waitFor(allLive);
	term.write('j');
	await term.waitFor(/▸ airflow-redis/);
	term.write('r');
	await term.waitFor(/Restart airflow-redis\?[\s\S]*Yes, do it/);
	term.press('enter');
	await term.waitFor(lines => !lines.join('\n').includes('Restart airflow-redis?'));
	const restarts = () => Object.entries(on.scenario.requestCounts('docker')).filter(([what]) => /restart/.test(what));
	expect(restarts()).toEqual([]);
	term.write('r');
	await term.waitFor(/Restart airflow-redis\?/);
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/Restart airflow-redis: restarted/);
	expect(restarts()).toHaveLength(1);
});

test('--read-only removes the changing keys', async () => {
	const on = await stack();
	const term = await open(on, ['--read-only']);
	await term.waitFor(allLive);
	expect(term.screen()[0]).toContain('read-only');
	expect(term.text()).not.toContain('t trigger');
	term.write('t?');
	await term.waitFor(/┌ Keys/);
	expect(term.text()).not.toContain('Start a run');
});

test('a failed task says why, in the words of its own log', async () => {
	const on = await stack();
	on.scenario.triggerRun({ fail_at: 'raw_to_bronze' });
	const term = await open(on);
	await term.waitFor(allLive);
	await term.waitFor(/raw_to_bronze try \d: \S*(Failure|Error)/, { timeoutMs: 40_000 });
	term.write('2');
	term.press('enter');
	await term.waitFor(/Marking task as (UP_FOR_RETRY|FAILED)/, { timeoutMs: 40_000 });
	expect(frameProblems(term.screen(), 120)).toEqual([]);
});

test('the logs pane: a search, a filter, a chosen line, a firehose beside; the frame holds', async () => {
	const on = await stack();
	const term = await open(on);
	await term.waitFor(allLive);
	await term.waitFor(/airflow-worker ─ following/);
	const say = (text: string) => on.scenario.emitLog('airflow-worker', text);
	for (const number of [1, 2, 3]) say(`INFO: 한글 numbered ${number} 🙂 ${'wide 데이터 '.repeat(20)}`);
	say('ERROR: broken');
	term.write('3');
	term.write('z');
	await term.waitFor(/▸ Logs/);
	term.write('/');
	await term.waitFor(/─ Search|┌ Search/);
	term.write('numbered');
	await term.waitFor(/\/numbered 3 matches/);
	term.write('\r');
	await term.waitFor(lines => !lines.join('\n').includes('┌ Search'));
	term.write('N');
	await term.waitFor(/\/numbered 3\/3/);
	term.write('L');
	term.write('L');
	term.write('L');
	await term.waitFor(/ERROR: \d+ lines?/);
	await term.waitFor(/ERROR broken/);
	for (let line = 0; line < 3000; line++) say(`INFO: numbered ${line}`);
	term.write('\u001B');
	await term.waitFor(lines => !lines.join('\n').includes('/numbered'));
	term.write('\u001B');
	await term.waitFor(lines => !lines.join('\n').includes('ERROR: '));
	term.write('G');
	await term.waitFor(/INFO {2}numbered 2999/);
	expect(frameProblems(term.screen(), 120)).toEqual([]);
	expect(hostileSequences(term.raw())).toEqual([]);
});

test('from a stage to the log of its task, and back', async () => {
	const on = await stack();
	const dagRunId = on.scenario.triggerRun();
	on.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'running');
	on.scenario.emitTaskLog(dagRunId, 'raw_to_bronze', '[2026-11-24T08:37:07.087+0000] {x.py:1} INFO - of the task');
	const term = await open(on);
	await term.waitFor(allLive);
	term.write('2');
	await term.waitFor(/● raw_to_/);
	term.write('\u001B[C');
	term.write('l');
	await term.waitFor(/3 Logs ─ raw_to_bronze try 1/);
	await term.waitFor(/08:37:07 INFO {2}of the task/);
	term.write('B');
	await term.waitFor(/▸2 Pipeline/);
	expect(frameProblems(term.screen(), 120)).toEqual([]);
});
