import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { DemoStack } from '../../source/demo/index.ts';
import { frameProblems } from './harness.ts';
import { live } from './program-on-stack.ts';

/** The guide's commands, done with keys: the whole program against servers that the test controls. */
const dag = 'ml_pipeline_end_to_end';

const posts = (on: DemoStack, path: RegExp) =>
	Object.entries(on.scenario.requestCounts('airflow'))
		.filter(([what]) => /^(POST|PATCH)/.test(what) && path.test(what))
		.reduce((sum, [, count]) => sum + count, 0);

test('the form checks what is typed before anything is sent, and sends what differs from the defaults', async () => {
	const { on, term } = await live();
	term.write('t');
	await term.waitFor(/Trigger .*: params/);
	// epochs is the first: a whole number from 1 to 500.
	term.write('\u0015900');
	term.press('enter');
	await term.waitFor(/epochs must be a whole number, at least 1, at most 500; got 900/);
	expect(posts(on, /dagRuns$/)).toBe(0);
	term.write('\u00157');
	await term.waitFor(/conf \{"epochs":7\}/);
	term.press('enter');
	await term.waitFor(/Trigger ml_pipeline_end_to_end\?/);
	await term.waitFor(/"epochs":7/);
	// Twice: the second must not start a second run.
	await term.waitFor(/y Yes, do it/);
	term.write('yy');
	await term.waitFor(/Trigger ml_pipeline_end_to_end: manual__/);
	expect(posts(on, /dagRuns$/)).toBe(1);
	// The conf of that run is offered again.
	await term.waitFor(/2 Pipeline.*manual.*(running|queued)/);
	term.write('t');
	await term.waitFor(/Ctrl-R recent/);
	term.write('\u0012');
	await term.waitFor(/epochs +7 +\*/);
});

test('a failed task is cleared with what follows, after the list that Airflow gives; the screen shows it run again', async () => {
	const { on, term } = await live();
	on.scenario.failTaskOnce('silver_to_gold');
	const runId = on.scenario.triggerRun({ pace: 0 });
	for (const task of ['raw_to_bronze', 'bronze_to_silver']) on.scenario.setTaskState(runId, task, 'success');
	on.scenario.setTaskState(runId, 'silver_to_gold', 'failed');
	on.scenario.setRunState(runId, 'failed');
	term.write('2R');
	await term.waitFor(/2 Pipeline.*failed/);
	term.press('right', 'right', 'right');
	await term.waitFor(/▸ silver_to_gold/);
	term.write('c');
	await term.waitFor(/Clear tasks of [\s\S]*Enter chooses/);
	term.write('d');
	await term.waitFor(/Yes, do it/);
	// The dry run's list, before anything is changed.
	for (const task of ['silver_to_gold', 'feature_engineering', 'model_registry']) expect(term.text()).toContain(task);
	term.write('y');
	await term.waitFor(/2 Pipeline.*(running|queued)/);
	await vi.waitFor(() => expect(posts(on, /clearTaskInstances$/)).toBe(2), { timeout: 10_000 });
});

test('marks, notes, stops and pauses; what is shown afterwards comes from the server', async () => {
	const { on, term } = await live();
	const runId = on.scenario.triggerRun({ pace: 600 });
	term.write('2R');
	await term.waitFor(/2 Pipeline.*(running|queued)/);
	term.write('"');
	await term.waitFor(/Note on/);
	term.write('밤에 다시 looked at');
	term.press('enter');
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/✔ .*note/);
	term.write('X');
	await term.waitFor(/Yes, do it/);
	term.write('y');
	await term.waitFor(/2 Pipeline.*✖ failed/);
	// For some seconds it checks whether the state stays; other keys work meanwhile.
	await term.waitFor(/● Stop manual__/);
	// Opened, the run shows its note.
	term.press('enter');
	await term.waitFor(/밤에 다시 looked at/);
	term.press('esc');
	await term.waitFor(/1 Services/);
	term.write('X');
	await term.waitFor(/has ended already|not running|is failed/);
	term.write('p');
	await term.waitFor(/Yes, do it/);
	term.write('y');
	await term.waitFor(/DAG paused/);
	expect(on.scenario.requests('airflow')).toBeGreaterThan(0);
	expect(runId).toMatch(/^manual__/);
});

test('the list of DAGs filters, sorts, marks several and acts on them; Enter shows one', async () => {
	const { term } = await live();
	term.write('D');
	await term.waitFor(/▸DAGs ─ \d+/);
	term.write('/quality');
	await term.waitFor(/filter "quality"/);
	await term.waitFor(lines => !lines.join('\n').includes('iceberg_compaction '));
	term.press('esc');
	await term.waitFor(/iceberg_compaction/);
	term.write('g');
	term.write('  ');
	await term.waitFor(/2 marked/);
	term.write('p');
	await term.waitFor(/Yes, do it/);
	term.write('y');
	await term.waitFor(lines => lines.filter(line => line.includes('‖ paused')).length >= 2);
	// Marks first, then the list.
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('2 marked'));
	expect(term.text()).toMatch(/▸DAGs ─ \d+/);
	term.press('esc');
	await term.waitFor(/1 Services/);
});

test('runs of one state, a run by its date, and the way back', async () => {
	const { term } = await live();
	term.write('2a');
	await term.waitFor(/runs ─ \d+/);
	term.write('&');
	await term.waitFor(/failed only/);
	await term.waitFor(lines => lines.slice(3, 12).every(line => !line.includes('success')));
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('failed only'));
	term.press('esc');
	await term.waitFor(/1 Services/);
	term.write('@');
	await term.waitFor(/Go to a DAG run/);
	term.write('-3');
	term.press('enter');
	// One has that logical date, another began on that day.
	await term.waitFor(/Choose a DAG run/);
	term.press('enter');
	await term.waitFor(/older run/);
	term.write('f');
	await term.waitFor(lines => !lines.join('\n').includes('older run'));
});

test('Esc and a digit in one burst are both pressed', async () => {
	const { term } = await live();
	term.write('?');
	await term.waitFor(/Restart the selected or marked services/);
	term.write('\u001B3');
	await term.waitFor(/▸3 Logs/);
	await term.waitFor(lines => !lines.some(line => line.includes('Restart the selected')));
});

test('the palette finds an action, a service and a DAG by a few letters', async () => {
	const { term } = await live();
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write('iceb');
	await term.waitFor(/▸ +iceberg_compaction/);
	term.press('enter');
	await term.waitFor(/2 Pipeline ─ iceberg_compaction/);
	term.write('\u000b');
	await term.waitFor(/Run an action or go to/);
	term.write('mlflow service');
	term.press('enter');
	await term.waitFor(/▸ mlflow +/);
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write('restart');
	await term.waitFor(/▸ r +restart/);
	term.press('enter');
	await term.waitFor(/Restart mlflow\?/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('Restart mlflow?'));
	// Action and target in one go.
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write('rest work');
	await term.waitFor(/▸ +restart airflow-worker/);
	term.press('enter');
	await term.waitFor(/Restart airflow-worker\?/);
	await term.waitFor(/Interrupts tasks that run on airflow-worker/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('Restart airflow-worker?'));
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write('source iceb');
	await term.waitFor(/▸ +source iceberg_compaction/);
	term.press('enter');
	await term.waitFor(/iceberg_compaction_dag\.py/);
});

test('several marked services are restarted one after the other, each named before', async () => {
	const { on, term } = await live();
	term.write('  ');
	await term.waitFor(/2 marked/);
	term.write('r');
	await term.waitFor(/Yes, do it/);
	term.write('y');
	await term.waitFor(/2 of 2|✔ Restart/);
	await term.waitFor(lines => !lines.join('\n').includes('running for'));
	const restarts = Object.entries(on.scenario.requestCounts('docker')).filter(([what]) => /\/restart$/.test(what));
	expect(restarts).toHaveLength(2);
});

test('y copies by OSC 52; ! shows what an action would run and runs nothing; pasted text presses no key', async () => {
	const { on, term } = await live();
	const mark = term.mark();
	term.write('y');
	await term.waitFor(/Copied name: airflow-postgres/);
	const encoded = Buffer.from('airflow-postgres').toString('base64');
	expect(term.rawSince(mark).toString()).toContain(`\u001B]52;c;${encoded}\u0007`);
	term.write('!');
	await term.waitFor(/Show the command of/);
	term.write('stop');
	term.press('enter');
	await term.waitFor(/docker -H unix:\S+ stop airflow-postgres/);
	await term.waitFor(/nothing was changed/);
	term.press('esc');
	term.paste('ryqK');
	term.write('R');
	await term.waitFor(lines => !lines.join('\n').includes('nothing was changed'));
	expect(term.text()).not.toContain('Yes, ');
	// Checks run commands in containers by themselves, some seconds after the start.
	const changes = Object.keys(on.scenario.requestCounts('docker')).filter(what => /POST(?!.*\/exec)/.test(what));
	expect(changes).toEqual([]);
});

test('o names the page of the picked task, and over ssh the tunnel to it', async () => {
	const { term } = await live([], { SSH_CONNECTION: '10.0.0.9 5000 10.0.0.5 22', USER: 'ops' });
	term.write('2');
	term.press('right');
	await term.waitFor(/▸ raw_to_bronze/);
	term.write('o');
	await term.waitFor(new RegExp(`dags/${dag}/grid`));
	await term.waitFor(/ssh -N -L \d+:(localhost|127\.0\.0\.1):\d+ ops@10\.0\.0\.5/);
});

test('MLflow runs: all of them, one in full, its page, its log, its id on the clipboard', async () => {
	const { term } = await live([], { SSH_CONNECTION: '10.0.0.9 5000 10.0.0.5 22', USER: 'ops' });
	await term.waitFor(/lakehouse_model v\d+/);
	term.write('4a');
	await term.waitFor(/▸MLflow ▸ lakehouse_ml_pipeline ▸ MLflow runs ─ 84/);
	term.write('&');
	await term.waitFor(/failed only/);
	term.write('&&');
	await term.waitFor(/running only/);
	await term.waitFor(/No match: .*& changes the state/);
	term.press('esc');
	await term.waitFor(/▸MLflow ▸ lakehouse_ml_pipeline ▸ MLflow runs ─ 84/);
	term.write('/training failed');
	await term.waitFor(/filter "training failed"/);
	await term.waitFor(/▸ +model_training +✖ failed/);
	term.press('enter');
	await term.waitFor(lines => !lines.join('\n').includes('Filter MLflow runs'));
	term.write('y');
	await term.waitFor(/Copied MLflow run ID: [0-9a-f]{32}/);
	term.press('enter');
	await term.waitFor(/MLflow run model_training/);
	await term.waitFor(/learning_rate +0\.004/);
	await term.waitFor(/val_accuracy +0\.\d+ +at step 9/);
	await term.waitFor(/task_id +model_training/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('learning_rate  '));
	term.write('o');
	await term.waitFor(/#\/experiments\/1\/runs\/[0-9a-f]{32}/);
	await term.waitFor(/ssh -N -L \d+:(localhost|127\.0\.0\.1):\d+ ops@10\.0\.0\.5/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('ssh -N'));
	term.write('l');
	await term.waitFor(/3 Logs ─ model_training try \d/);
	await term.waitFor(/Marking task as (FAILED|UP_FOR_RETRY)/);
});

test('the source of the DAG and the log of a task are read on the screen', async () => {
	const { on, term } = await live();
	term.write('2v');
	await term.waitFor(/import|from airflow/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('as stored in Airflow'));
	const runId = on.scenario.triggerRun({ pace: 600 });
	on.scenario.setTaskState(runId, 'raw_to_bronze', 'running');
	on.scenario.emitTaskLog(
		runId,
		'raw_to_bronze',
		'[2026-11-24T12:27:17.410+0000] {logging_mixin.py:188} INFO - a line of its own',
	);
	term.write('R');
	await term.waitFor(/● running/);
	term.press('right');
	await term.waitFor(/▸ raw_to_bronze/);
	term.write('l');
	await term.waitFor(/a line of its own/);
	on.scenario.emitTaskLog(
		runId,
		'raw_to_bronze',
		'[2026-11-24T12:27:18.410+0000] {logging_mixin.py:188} INFO - and one that came later',
	);
	await term.waitFor(/and one that came later/);
});

test('every change is in the record, which A shows', async () => {
	const { term } = await live([], {
		XDG_STATE_HOME: join(process.env.TMPDIR ?? '/tmp', `laketop-audit-${process.pid}`),
	});
	term.write('r');
	await term.waitFor(/Restart airflow-postgres\?/);
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/Restart airflow-postgres: restarted/);
	term.write('A');
	await term.waitFor(/done +restart container airflow-postgres/);
	await term.waitFor(/started +restart container airflow-postgres/);
});

test('a shell in a container takes the terminal and gives it back; the screen is whole again', async () => {
	const { on, term } = await live();
	term.write('x');
	await term.waitFor(/Open a shell in airflow-postgres\?[\s\S]*as root[\s\S]*y Yes, do it/);
	term.write('y');
	await term.waitFor(/laketop: airflow-postgres: exit or Ctrl-D to return to laketop/);
	term.write('echo 안녕\r');
	await term.waitFor(lines => lines.filter(line => line.includes('안녕')).length >= 1);
	term.write('exit\r');
	await term.waitFor(/1 Services/);
	await term.waitFor(lines => frameProblems(lines, 120).length === 0);
	term.write('j');
	await term.waitFor(/▸ airflow-redis/);
	on.scenario.stopContainer('airflow-redis');
	await term.waitFor(/airflow-redis +\S exited/);
	term.write('x');
	await term.waitFor(/airflow-redis is exited: a shell needs a running container/);
});

test('inspect masks secrets; top and disk use are read on the screen', async () => {
	const { term } = await live();
	term.write('jjj');
	await term.waitFor(/▸ airflow-webserver/);
	term.write('i');
	await term.waitFor(/Inspect airflow-webserver/);
	term.write('G');
	await term.waitFor(/labels/);
	term.write('g');
	await term.waitFor(/restart policy/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('restart policy'));
	term.write('T');
	await term.waitFor(/Processes of airflow-webserver \(\d+\)/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('Processes of airflow-webserver'));
	term.write('U');
	await term.waitFor(/Disk usage/);
	await term.waitFor(/Share of mlops/);
	expect(term.raw().toString()).not.toMatch(/postgresql\+psycopg2:\/\/airflow:airflow@/);
});

test('the timeline shows what happened, filters, and leads to the place', async () => {
	const { on, term } = await live();
	on.scenario.killContainer('mlflow');
	await term.waitFor(/mlflow +\S exited/);
	term.write('H');
	await term.waitFor(/Timeline/);
	await term.waitFor(/mlflow +✖ exited with code 137/);
	term.write('&&&');
	await term.waitFor(/DAG run only/);
	await term.waitFor(/DAG run scheduled__.* succeeded/);
	term.write('/mlflow');
	await term.waitFor(/No match/);
	term.press('esc');
	await term.waitFor(/DAG run scheduled__.* succeeded/);
	term.press('enter');
	await term.waitFor(/▸2 Pipeline/);
});
