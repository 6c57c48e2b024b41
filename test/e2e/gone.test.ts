import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import { airflowThrough } from './engine.ts';
import { close, long, screenOnStack } from './screen.ts';
import { airflow, laketopIn, newRunId, runOf, stackFolder, until } from './stack.ts';

/** Objects that disappear during an action: a DAG, a run, Airflow's response. */

const { folder, closing, openLive } = screenOnStack();
const laketop = laketopIn(folder.path);
const passing = 'laketop_e2e_passing';

const file = `from datetime import datetime
from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG(dag_id="${passing}", schedule=None, start_date=datetime(2026, 1, 1), catchup=False):
    EmptyOperator(task_id="only")
`;
const known = z.object({ dag_id: z.string() });
const runs = z.object({ dag_runs: z.array(z.object({ dag_run_id: z.string(), state: z.string() })) });
let remove: () => Promise<void> = async () => undefined;
afterEach(() => remove());

/** Adds a DAG that can be removed again. */
async function makePassingDag(): Promise<void> {
	const path = join(await stackFolder(), 'dags', `${passing}_dag.py`);
	writeFileSync(path, file);
	remove = async () => {
		rmSync(path, { force: true });
		await deleteDag();
		remove = async () => undefined;
	};
	// The scheduler finds a new file when it starts, or within half a minute.
	await until(async () => expect(known.parse(await airflow(`dags/${passing}`)).dag_id).toBe(passing), 120_000);
}

async function deleteDag(): Promise<void> {
	const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
	await fetch(`http://localhost:8082/api/v1/dags/${passing}`, { method: 'DELETE', headers: { authorization } });
}

test('a run that is deleted while the question stands', async () => {
	await makePassingDag();
	expect((await laketop(`unpause ${passing} --yes`)).code).toBe(0);
	const id = newRunId();
	expect((await laketop(`trigger ${passing} --yes --wait --run-id ${id}`)).code).toBe(0);
	const term = await openLive();
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write(passing);
	await term.waitFor(new RegExp(`▸ +${passing} `), long);
	term.press('enter');
	await term.waitFor(/2 Pipeline ─ laketop_e2e_passing ─.*✔ success/);
	term.write('c');
	await term.waitFor(/Clear tasks of[\s\S]*Enter chooses/);
	term.write('a');
	await term.waitFor(/y Yes, do it/);
	const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
	await fetch(`http://localhost:8082/api/v1/dags/${passing}/dagRuns/${id}`, {
		method: 'DELETE',
		headers: { authorization },
	});
	term.write('y');
	await term.waitFor(new RegExp(`✖ Clear.* failed: Airflow: Dag Run id ${id} not found`));
	expect(runs.parse(await airflow(`dags/${passing}/dagRuns`)).dag_runs).toEqual([]);
	expect(await laketop(`clear ${passing} --run ${id} --all --yes`)).toMatchObject({ code: 2 });
	if (term.text().includes('Esc closes')) await close(term, 'Esc closes');
});

/**
 * In Airflow 2.8 a task that is just starting sets its run to running again: laketop says so, and the stop is repeated.
 */
async function stop(id: string): Promise<void> {
	await until(async () => expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject({ code: 0 }));
}

const started = /^POST \S+\/dagRuns$/;

test("Airflow's answer to a trigger is lost: what has become of it is looked up, it is not sent again", async () => {
	const way = await airflowThrough();
	closing.push(way.end);
	const id = newRunId();
	const closed = way.closeAfter(started, () => until(async () => expect((await runOf(id)).dag_run_id).toBe(id)));
	const [ran] = await Promise.all([
		laketop(['trigger', '--yes', '--json', '--run-id', id, '--conf', '{"pace":60}', '--airflow-url', way.address]),
		closed.then(way.open),
	]);
	expect(ran.code, ran.stderr).toBe(0);
	expect(documentOf(documents.change, ran.stdout)).toMatchObject({
		outcome: 'done',
		message: expect.stringMatching(new RegExp(`${id} is (queued|running).*the response was lost`)),
	});
	expect(way.count(started)).toBe(1);
	await stop(id);
});

test("Airflow's answer is lost, and it stays unreachable: the outcome is reported as unknown", async () => {
	const way = await airflowThrough();
	closing.push(way.end);
	const id = newRunId();
	const closed = way.closeAfter(started, () => until(async () => expect((await runOf(id)).dag_run_id).toBe(id)));
	const ran = await laketop([
		'trigger',
		'--yes',
		'--json',
		'--run-id',
		id,
		'--conf',
		'{"pace":60}',
		'--airflow-url',
		way.address,
	]);
	await closed;
	expect(ran.code, ran.stdout + ran.stderr).toBe(3);
	expect(documentOf(documents.change, ran.stdout)).toMatchObject({
		outcome: 'unknown',
		message: expect.stringMatching(/[Cc]heck/),
	});
	expect(way.count(started)).toBe(1);
	// Sent again with the same id, it starts no second run.
	const again = await laketop(['trigger', '--yes', '--run-id', id, '--conf', '{"pace":60}']);
	expect(again).toMatchObject({ code: 4, stderr: expect.stringMatching(new RegExp(`already has a DAG run ${id}`)) });
	await stop(id);
});
