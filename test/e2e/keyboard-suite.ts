/** What keys do to DAGs and their runs, on real Airflow servers of both generations; checked against Airflow. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type AirflowStack, openConf, triggerByForm } from './airflow-stack.ts';
import { close, long, outcome, yes } from './screen.ts';
import { recordedActions, startedAt, until } from './stack.ts';

/** Defines the tests. They leave no active run. */
export function keyboardSuite(stackOf: () => AirflowStack): void {
	test('what the form refuses is not sent; a run is stopped, and once it has ended there is nothing to stop', async () => {
		const { api, open, tasks } = stackOf();
		const [first = ''] = tasks;
		const term = await open();
		const count = await api.runCount();
		await openConf(term, stackOf());
		term.write('{"rows":5}');
		term.press('enter');
		await term.waitFor(/rows must be a whole number, at least 1000/);
		await close(term, 'a JSON object');
		expect(await api.runCount()).toBe(count);

		const { dag_run_id: id } = await triggerByForm(term, stackOf(), { pace: 120, rows: 2000 });
		await until(async () => expect((await api.tasksOf(id))[first]?.state).toBe('running'));
		await term.waitFor(new RegExp(`● ${first.slice(0, 7)}`));
		term.write('2X');
		await yes(term, 'Stops DAG run');
		await term.waitFor(/2 Pipeline.*✖ failed/);
		// For some seconds it checks whether a worker sets the run to running again.
		await outcome(term, /✔ (Stop manual__|done: manual__)/);
		await until(async () => expect(await api.runOf(id)).toMatchObject({ state: 'failed' }));
		expect((await api.tasksOf(id))[first]?.state).toBe('failed');
		term.write('X');
		await term.waitFor(/has already finished \(failed\)/);
	});

	test('a DAG file is parsed again, and read', async () => {
		const { api, open, generation, dagFile, scheduler } = stackOf();
		const term = await open();
		const before = await startedAt(scheduler);
		const { lastParsedAt } = await api.dag();
		term.write('2V');
		// Airflow 2 has no request for it.
		await yes(term, generation === 2 ? `docker restart ${scheduler}` : 'DAG processor parses');
		await outcome(term, /was parsed at \d\d:\d\d:\d\d UTC/);
		if (generation === 2) expect(await startedAt(scheduler)).not.toBe(before);
		else expect(await startedAt(scheduler)).toBe(before);
		expect(Date.parse((await api.dag()).lastParsedAt)).toBeGreaterThan(Date.parse(lastParsedAt));
		const [, line = ''] = /^"""(.{20,60})\b/.exec(readFileSync(dagFile, 'utf8')) ?? [];
		await term.waitFor(/2 Pipeline ─ \w+ ─/, long);
		term.write('2v');
		await term.waitFor(lines => lines.join('\n').includes(line));
		await close(term, line);
	});

	test('a wrong password is reported, and nothing can be started', async () => {
		const { api, openWith, user } = stackOf();
		const count = await api.runCount();
		const before = await api.dag();
		const term = await openWith({ LAKETOP_AIRFLOW_USERNAME: user, LAKETOP_AIRFLOW_PASSWORD: 'not-it' });
		await term.waitFor(new RegExp(`rejects user ${user}`));
		term.write('t');
		await term.waitFor(/DAG runs cannot be triggered now/);
		term.write('2p');
		await term.waitFor(/DAGs cannot be (un)?paused now/);
		expect(term.raw().toString()).not.toContain('not-it');
		expect(await api.runCount()).toBe(count);
		expect(await api.dag()).toMatchObject({ isPaused: before.isPaused });
	});

	test('all of it is on record', () => {
		const actions = new Set(recordedActions(stackOf().stateFolder));
		for (const action of ['trigger', 'stop-run', 'reparse']) {
			expect(actions).toContain(`${action} started`);
			expect(actions).toContain(`${action} done`);
		}
	});
}
