import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { OpenTerminal } from '../terminal/harness.ts';
import { clearField, close, gone, long, outcome, screenOnStack, yes } from './screen.ts';
import { container, dag, dagId, laketopIn, newRunId, runOf, stages, startedAt, tasksOf, until } from './stack.ts';

/** Lists, marks, and opening the selection, by keys on the real stack; checked against the servers' own responses. */

const { folder, open, openLive, healthy, allLive } = screenOnStack();
const laketop = laketopIn(folder.path);

/** Runs whose first stage takes two minutes, all running. */
async function slowRuns(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let made = 0; made < count; made++) {
		const id = newRunId();
		const ran = await laketop(['trigger', '--yes', '--run-id', id, '--conf', '{"pace":120,"rows":1000}']);
		expect(ran.code, ran.stderr).toBe(0);
		ids.push(id);
	}
	await until(async () => {
		for (const id of ids) expect((await tasksOf(id)).raw_to_bronze?.state).toBe('running');
	});
	return ids;
}

/** Clipboard sequences that the terminal received since then (OSC 52). */
function copied(term: OpenTerminal, mark: ReturnType<OpenTerminal['mark']>): string {
	const [, encoded = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(term.rawSince(mark).toString()) ?? [];
	return Buffer.from(encoded, 'base64').toString();
}

test('two runs: found by their ids, marked, cleared together; gone to by their date', async () => {
	const ids = [newRunId(), newRunId()];
	const conf = '{"rows":1000,"pace":0.2}';
	const both = ids.map(id => laketop(['trigger', '--yes', '--wait', '--run-id', id, '--conf', conf]));
	for (const ran of await Promise.all(both)) expect(ran.code, ran.stderr).toBe(0);
	const before = await Promise.all(ids.map(tasksOf));
	const term = await openLive();
	term.write('2a');
	await term.waitFor(/▸DAGs ▸ ml_pipeline_end_to_end ▸ DAG runs ─ \d+/);
	for (const [index, id] of ids.entries()) {
		term.write('/');
		await term.waitFor(/Filter DAG runs/);
		term.write(`${clearField}${id}`);
		term.press('enter');
		await term.waitFor(new RegExp(`runs ─ 1( of \\d+)? ─ filter "${id}"`));
		term.write(' ');
		await term.waitFor(new RegExp(`${index + 1} marked`));
	}
	term.write('c');
	await term.waitFor(/Clear tasks of 2 DAG runs[\s\S]*Enter chooses/);
	term.write('a');
	// Airflow's own lists, of the one and of the other.
	await yes(term, ...ids);
	await outcome(term, /✔ Clear/);
	await until(async () => {
		for (const id of ids) expect((await runOf(id)).state).toBe('success');
		const after = await Promise.all(ids.map(tasksOf));
		for (const [index, tasks] of after.entries())
			for (const stage of stages) expect(tasks[stage]?.tries).toBe((before[index]?.[stage]?.tries ?? 0) + 1);
	});

	term.press('esc');
	await term.waitFor(gone('filter "e2e_'));
	term.press('esc');
	await term.waitFor(gone('2 marked'));
	term.press('esc');
	await term.waitFor(/1 Services/);
	term.write('2@');
	await term.waitFor(/Go to a DAG run of ml_pipeline_end_to_end/);
	term.write('today');
	term.press('enter');
	await term.waitFor(/Choose a DAG run/);
	const [first = ''] = ids;
	term.write(first);
	await term.waitFor(new RegExp(`▸ .*${first}`));
	term.press('enter');
	await term.waitFor(gone('Choose a DAG run'));
	await term.waitFor(/2 Pipeline ─ ml_pipeline_end_to_end ─/);
	// The copied text says which one it is.
	const mark = term.mark();
	term.write('y');
	await term.waitFor(/Copied (DAG|MLflow) run ID/);
	expect(copied(term, mark)).toBe(first);
});

// Not the broker: a Celery worker that lost its Redis may answer pings ever after, and take no task any more.
test('two marked services are restarted one after the other, each named before', async () => {
	const term = await openLive();
	const before = await Promise.all(['airflow-webserver', 'mlflow'].map(startedAt));
	for (const name of ['airflow-webserver', 'mlflow']) {
		term.write('/');
		await term.waitFor(/Filter services/);
		term.write(name);
		term.press('enter');
		await term.waitFor(new RegExp(`▸ ${name} `));
		term.write(' ');
		await term.waitFor(/\d marked/);
	}
	await term.waitFor(/2 marked/);
	term.write('r');
	await yes(term, 'airflow-webserver', 'mlflow', 'docker restart');
	await until(async () => {
		const after = await Promise.all(['airflow-webserver', 'mlflow'].map(startedAt));
		for (const [index, at] of after.entries()) expect(at).not.toBe(before[index]);
	});
	await outcome(term, /✔ Restart/);
	// Marks first, then the filter.
	term.press('esc');
	await term.waitFor(gone('2 marked'));
	term.press('esc');
	await term.waitFor(gone('filter "mlflow"'));
	await term.waitFor(healthy('mlflow'), long);
	await term.waitFor(healthy('airflow-webserver'), long);
	expect(await container('airflow-worker')).toMatchObject({ state: 'running' });
});

test('all DAGs: paused and unpaused from the list, its file read and tried; what a key would run', async () => {
	const term = await openLive();
	const { isPaused } = await dag();
	term.write('D');
	await term.waitFor(/▸DAGs ─ \d+/);
	term.write('/end_to_end');
	term.press('enter');
	await term.waitFor(/▸ +ml_pipeline_end_to_end +/);
	await term.waitFor(isPaused ? /‖ paused/ : /✔ active/);
	term.write('p');
	await yes(term);
	await term.waitFor(isPaused ? /✔ active/ : /‖ paused/);
	expect(await dag()).toMatchObject({ isPaused: !isPaused });
	term.write('p');
	await yes(term);
	await term.waitFor(isPaused ? /‖ paused/ : /✔ active/);
	expect(await dag()).toMatchObject({ isPaused });

	term.write('x');
	await term.waitFor(/Imported without errors in \d/, { timeoutMs: 60_000 });
	await close(term, 'Python ran it');
	term.write('!');
	await term.waitFor(/Show the command of/);
	term.write('pause');
	term.press('enter');
	await term.waitFor(new RegExp(`airflow dags (un)?pause ${dagId}`));
	await term.waitFor(/nothing was changed/);
	await close(term, 'nothing was changed');
	expect(await dag()).toMatchObject({ isPaused });
});

test('everything is checked, and each result is shown', async () => {
	const term = await openLive();
	term.write('5r');
	await term.waitFor(/Check results/);
	await term.waitFor(/\d+ passed, [01] failed, 0 skipped/, { timeoutMs: 90_000 });
	// The models of short runs may be worse than earlier ones, which is a finding.
	expect(term.text()).not.toMatch(/failed {2,}(?!Findings)\w/);
	for (const words of [
		/passed +Airflow webserver +http:\/\/localhost:8082\/health returned 200/,
		/passed +Celery ping +responded after \S+( \d+s)?: .*pong/,
		/passed +Connection from worker to MLflow +http:\/\/mlflow:5000 returned 200/,
		/passed +Database +responds; \d+ of 100 connections; migrated; users: admin/,
		/644 +0 \/opt\/airflow\/dags\/ml_pipeline_dag\.py/,
	])
		expect(term.text()).toMatch(words);
});

const mlflowRun = z.object({
	run: z.object({
		info: z.object({ run_id: z.string(), run_name: z.string(), status: z.string() }),
		data: z.object({ params: z.array(z.object({ key: z.string(), value: z.string() })) }),
	}),
});

test('an MLflow run: found, read in full, its id copied, its page and its log', async () => {
	const id = newRunId();
	const ran = await laketop(['trigger', '--yes', '--wait', '--run-id', id, '--conf', '{"rows":2000,"pace":0.2}']);
	expect(ran.code, ran.stderr).toBe(0);
	const term = await open({ SSH_CONNECTION: '10.0.0.9 5000 10.0.0.5 22', USER: 'ops' });
	await term.waitFor(allLive);
	await term.waitFor(/lakehouse_model v\d+/);
	term.write('4a');
	await term.waitFor(/▸MLflow ▸ lakehouse_ml_pipeline ▸ MLflow runs ─ \d+/);
	term.write(`/training ${id}`);
	term.press('enter');
	await term.waitFor(/runs ─ 1 ─ filter/);
	await term.waitFor(/▸ +model_training +✔ finished/);
	const mark = term.mark();
	term.write('y');
	await term.waitFor(/Copied (DAG|MLflow) run ID/);
	const runId = copied(term, mark);
	const answer = await fetch(`http://localhost:5000/api/2.0/mlflow/runs/get?run_id=${runId}`);
	const { run } = mlflowRun.parse(await answer.json());
	expect(run.info).toMatchObject({ run_name: 'model_training', status: 'FINISHED' });
	term.press('enter');
	await term.waitFor(/MLflow run model_training/);
	for (const { key, value } of run.data.params) expect(term.text()).toMatch(new RegExp(`${key} +${value}`));
	expect(term.text()).toContain(id);
	await close(term, 'MLflow run model_training');
	term.write('o');
	await term.waitFor(new RegExp(`http://localhost:5000/#/experiments/\\d+/runs/${runId}`));
	await term.waitFor(/ssh -N -L 5000:localhost:5000 ops@10\.0\.0\.5/);
	await close(term, 'ssh -N -L');
	term.write('l');
	await term.waitFor(/3 Logs ─ model_training try 1/);
	await term.waitFor(/Marking task as SUCCESS/, long);
});

test('by the palette to an experiment, and by a profile to another stack and back', async () => {
	const config = join(folder.path, 'laketop.yaml');
	writeFileSync(config, 'profiles:\n  here: {}\n  away:\n    airflow: { url: http://localhost:1 }\n');
	const term = await open({}, { words: ['--config', config, '--profile', 'here'] });
	await term.waitFor(allLive);
	await term.waitFor(/@ .*\(here\)/);
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write('Default experiment');
	await term.waitFor(/▸ +Default +experiment/);
	term.press('enter');
	await term.waitFor(/▸4 MLflow ─ Default/);
	term.write('P');
	await term.waitFor(/Switch to stack/);
	term.write('away');
	await term.waitFor(/▸ +away/);
	term.press('enter');
	await term.waitFor(/@ .*\(away\)/, { timeoutMs: 60_000 });
	await term.waitFor(/airflow ✖|airflow .*✖/, { timeoutMs: 60_000 });
	term.write('P');
	await term.waitFor(/Switch to stack/);
	term.write('here');
	await term.waitFor(/▸ +here/);
	term.press('enter');
	await term.waitFor(/@ .*\(here\)/, { timeoutMs: 60_000 });
	await term.waitFor(allLive);
});

test('the tasks of a run that failed are marked several at once', async () => {
	const [id = ''] = await slowRuns(1);
	const term = await openLive();
	await term.waitFor(/● raw_to_/);
	term.write('2X');
	await yes(term, id);
	await until(async () => expect(await runOf(id)).toMatchObject({ state: 'failed' }));
	await term.waitFor(/✔ (Stop|done)/, long);
	if (term.text().includes('Esc closes')) await close(term, 'Esc closes');
	term.press('right');
	await term.waitFor(/▸ raw_to_bronze/);
	term.write(' ');
	await term.waitFor(/1 marked/);
	term.press('right');
	await term.waitFor(/▸ bronze_to_silver/);
	term.write(' ');
	await term.waitFor(/2 marked/);
	term.write('m');
	await term.waitFor(/Mark raw_to_bronze, bronze_to_silver as[\s\S]*Enter chooses/);
	term.write('s');
	await yes(term, 'raw_to_bronze', 'bronze_to_silver');
	await until(async () => {
		const tasks = await tasksOf(id);
		expect(stages.slice(0, 2).map(stage => tasks[stage]?.state)).toEqual(['success', 'success']);
	});
	// The run continues from there, unless it was opened before.
	expect((await laketop(`stop-run --run ${id} --yes`)).code).toBeOneOf([0, 4]);
});
