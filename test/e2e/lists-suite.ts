/** Lists, single instances of mapped tasks and DAGs that disappear, on real Airflow servers of both generations. */
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import type { OpenTerminal } from '../terminal/harness.ts';
import { addDag, hasDag } from './airflow-stack.ts';
import type { RunsStack } from './runs-suite.ts';
import { gone, long, outcome, yes } from './screen.ts';
import { newRunId, refused, until, well } from './stack.ts';

export type ListsStack = RunsStack & {
	/** The screen, once it shows facts of Airflow. */
	readonly open: () => Promise<OpenTerminal>;
};

const instances = z.object({
	task_instances: z.array(z.object({ map_index: z.number(), state: z.nullable(z.string()), try_number: z.number() })),
});

/** Defines the tests. They leave DAGs with newer runs than those of the stack's own. */
export function listsSuite(stackOf: () => ListsStack): void {
	const trigger = (dagId: string, id: string, ...more: string[]) =>
		stackOf().laketop(['trigger', dagId, '--yes', '--run-id', id, ...more]);

	test('two runs: found by their state, marked, and stopped together', async () => {
		const { api, dagId, tasks, open } = stackOf();
		const ids = [newRunId(), newRunId()];
		for (const id of ids) expect(await trigger(dagId, id, '--conf', '{"pace":120}')).toMatchObject({ code: 0 });
		await until(async () => {
			for (const id of ids) expect((await api.tasksOf(id))[tasks[0] ?? '']?.state).toBe('running');
		});
		const term = await open();
		term.write('2a');
		await term.waitFor(new RegExp(`▸DAGs ▸ ${dagId} ▸ DAG runs ─ \\d+`));
		// Failed, running, queued, success.
		term.write('&&');
		await term.waitFor(/runs ─ 2( of \d+)? ─ running only/);
		term.write('  ');
		await term.waitFor(/2 marked/);
		term.write('X');
		await yes(term, ...ids);
		await outcome(term, /✔ (Stop 2 runs|Stop:)/);
		// A task that starts just then sets its run to running again.
		await until(async () => {
			for (const id of ids) {
				if ((await api.runOf(id)).state !== 'failed') await stackOf().laketop(`stop-run --run ${id} --yes`);
				expect(await api.runOf(id)).toMatchObject({ state: 'failed' });
			}
		});
		await term.waitFor(/No match|runs ─ 0/);
		// The state first, then the marks, then the list.
		term.press('esc');
		await term.waitFor(/runs ─ \d+ ─ 2 marked/);
		term.press('esc');
		await term.waitFor(gone('2 marked'));
		term.press('esc');
		await term.waitFor(/1 Services/);
	});

	test('one instance of a mapped task: its log, cleared and marked alone', async () => {
		const { api, laketop } = stackOf();
		await addDag(stackOf(), 'parts');
		expect(await laketop('unpause parts --yes')).toMatchObject({ code: 0 });
		const id = newRunId();
		const ran = await trigger('parts', id, '--wait');
		expect(ran, ran.stderr).toMatchObject({ code: 0 });
		const divided = async () => {
			const answer = await api.request(`dags/parts/dagRuns/${id}/taskInstances`);
			const all = instances.parse(answer).task_instances.toSorted((a, b) => a.map_index - b.map_index);
			return all.map(({ state, try_number }) => `${state} ${try_number}`);
		};
		const before = await divided();
		expect(before).toEqual([1, 2, 3, 4].map(() => expect.stringMatching(/^success \d$/)));

		const log = await laketop(['logs', '--dag', 'parts', '--run', id, '--task', 'divide[2]']);
		expect(log).toMatchObject(well(/part 2 is divided/));
		expect(log.stdout).not.toMatch(/part [013] is/);
		const { tasks } = documentOf(documents.tasks, (await laketop(`tasks parts --run ${id} --json`)).stdout);
		expect(tasks.map(({ task_id, map_index }) => `${task_id} ${map_index}`)).toEqual(
			[0, 1, 2, 3].map(index => `divide ${index}`),
		);

		const cleared = await laketop(['clear', 'parts', '--run', id, '--task', 'divide[2]', '--yes', '--wait']);
		expect(cleared, cleared.stderr).toMatchObject(well(/1 task cleared; .*success after/s));
		const after = before.map((one, index) => (index === 2 ? `success ${Number(one.at(-1)) + 1}` : one));
		expect(await divided()).toEqual(after);
		const marked = await laketop(['mark', 'parts', '--run', id, '--task', 'divide[1]', '--state', 'failed', '--yes']);
		expect(marked, marked.stderr).toMatchObject(well(/divide\[1\] is failed/));
		expect(await divided()).toEqual(after.map((one, index) => (index === 1 ? one.replace('success', 'failed') : one)));
		expect(await laketop(['clear', 'parts', '--run', id, '--task', 'divide[9]', '--yes'])).toMatchObject(
			refused(2, /no task divide\[9\]/),
		);
	});

	test('a DAG that is deleted while the question stands: said, and nothing is started', async () => {
		const { api, laketop, open } = stackOf();
		const path = await addDag(stackOf(), 'passing');
		expect((await laketop('unpause passing --yes')).code).toBe(0);
		const ran = await laketop('trigger passing --yes --wait --json');
		expect(ran.code, ran.stderr).toBe(0);
		expect(documentOf(documents.change, ran.stdout).run).toMatchObject({ state: 'success' });

		const term = await open();
		term.write('D');
		await term.waitFor(/passing /, long);
		term.write('/passing');
		term.press('enter');
		await term.waitFor(/▸ +passing /);
		term.write('t');
		await term.waitFor(/a JSON object/);
		term.press('enter');
		await term.waitFor(/y Yes, do it/);
		rmSync(path);
		// A process that reads files may have read this one just before.
		await until(async () => {
			await api.request('dags/passing', undefined, 'DELETE');
			expect(await hasDag(stackOf(), 'passing')).toBe(false);
		});
		term.write('y');
		await term.waitFor(/✖ Trigger.* failed: Airflow.*passing'? not found/);
		// And the list forgets it.
		await term.waitFor(/No match/, long);
		expect(await laketop('trigger passing --yes')).toMatchObject(refused(2, /no DAG passing/));
		expect(await laketop('runs passing')).toMatchObject({ code: 2 });
	});
}
