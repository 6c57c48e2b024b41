/** What disappears during an action, on real Airflow servers of both generations: a run, Airflow's response. */
import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import { type AirflowStack, addDag, hasDag } from './airflow-stack.ts';
import { airflowThrough, type Way } from './engine.ts';
import { close, long } from './screen.ts';
import { newRunId, until } from './stack.ts';

const runs = z.object({ dag_runs: z.array(z.object({ dag_run_id: z.string() })) });
const passing = 'passing';
const started = /^POST \S+\/dagRuns$/;

/** Defines the tests. They leave no active run, and no DAG. */
export function goneSuite(stackOf: () => AirflowStack): void {
	/** Adds a DAG until the end of the test. */
	async function addPassing(): Promise<void> {
		const { api } = stackOf();
		const path = await addDag(stackOf(), passing);
		onTestFinished(async () => {
			rmSync(path, { force: true });
			// A process that reads files may have read this one just before.
			await until(async () => {
				await api.request(`dags/${passing}`, undefined, 'DELETE');
				expect(await hasDag(stackOf(), passing)).toBe(false);
			});
		});
	}

	/** A connection to Airflow that the test closes, and laketop that takes it. */
	async function throughWay(): Promise<{ readonly way: Way; readonly laketop: AirflowStack['laketop'] }> {
		const { api, user, password, laketop } = stackOf();
		const way = await airflowThrough(api.address);
		onTestFinished(way.end);
		const environment = {
			LAKETOP_AIRFLOW_URL: way.address,
			LAKETOP_AIRFLOW_USERNAME: user,
			LAKETOP_AIRFLOW_PASSWORD: password,
		};
		return { way, laketop: words => laketop(words, { environment }) };
	}
	const longRun = (id: string) => [...['trigger', stackOf().dagId, '--yes', '--run-id', id, '--conf', '{"pace":60}']];
	const isThere = (id: string) => () =>
		until(async () => expect(await stackOf().api.runOf(id)).toMatchObject({ dag_run_id: id }));
	/** A task that starts just then sets its run to running again: laketop says so, and the stop is repeated. */
	const stop = (id: string) =>
		until(async () =>
			expect(await stackOf().laketop(`stop-run ${stackOf().dagId} --run ${id} --yes`)).toMatchObject({ code: 0 }),
		);

	test('a run that is deleted while the question stands', async () => {
		const { api, laketop, open } = stackOf();
		await addPassing();
		expect((await laketop(`unpause ${passing} --yes`)).code).toBe(0);
		const id = newRunId();
		expect((await laketop(`trigger ${passing} --yes --wait --run-id ${id}`)).code).toBe(0);
		const term = await open();
		term.write(':');
		await term.waitFor(/Run an action or go to/);
		term.write(passing);
		await term.waitFor(new RegExp(`▸ +${passing} `), long);
		term.press('enter');
		await term.waitFor(/2 Pipeline ─ passing ─.*✔ success/);
		term.write('c');
		await term.waitFor(/Clear tasks of[\s\S]*Enter chooses/);
		term.write('a');
		await term.waitFor(/y Yes, do it/);
		await api.request(`dags/${passing}/dagRuns/${id}`, undefined, 'DELETE');
		term.write('y');
		await term.waitFor(new RegExp(`✖ Clear.* failed: Airflow.*${id}.* not found`));
		expect(runs.parse(await api.request(`dags/${passing}/dagRuns`)).dag_runs).toEqual([]);
		expect(await laketop(`clear ${passing} --run ${id} --all --yes`)).toMatchObject({ code: 2 });
		if (term.text().includes('Esc closes')) await close(term, 'Esc closes');
	});

	test("Airflow's answer to a trigger is lost: what has become of it is looked up, it is not sent again", async () => {
		const { way, laketop } = await throughWay();
		const id = newRunId();
		const closed = way.closeAfter(started, isThere(id));
		const [ran] = await Promise.all([laketop([...longRun(id), '--json']), closed.then(way.open)]);
		expect(ran.code, ran.stderr).toBe(0);
		expect(documentOf(documents.change, ran.stdout)).toMatchObject({
			outcome: 'done',
			message: expect.stringMatching(new RegExp(`${id} is (queued|running).*the response was lost`)),
		});
		expect(way.count(started)).toBe(1);
		await stop(id);
	});

	test("Airflow's answer is lost, and it stays unreachable: the outcome is reported as unknown", async () => {
		const { way, laketop } = await throughWay();
		const id = newRunId();
		const closed = way.closeAfter(started, isThere(id));
		const ran = await laketop([...longRun(id), '--json']);
		await closed;
		expect(ran.code, ran.stdout + ran.stderr).toBe(3);
		expect(documentOf(documents.change, ran.stdout)).toMatchObject({
			outcome: 'unknown',
			message: expect.stringMatching(/[Cc]heck/),
		});
		expect(way.count(started)).toBe(1);
		// Sent again with the same id, it starts no second run.
		const again = await stackOf().laketop(longRun(id));
		expect(again).toMatchObject({ code: 4, stderr: expect.stringMatching(new RegExp(`already has a DAG run ${id}`)) });
		await stop(id);
	});
}
