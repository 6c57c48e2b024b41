import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { taskDirectory } from '../../../source/feeds/logs/log-directories.ts';
import type { TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { initialState } from '../../../source/model/state.ts';
import { task } from '../../diagnosis/stack.ts';
import { HandClock, settled } from '../../given/hand-clock.ts';
import { stubOf } from '../../given/stub.ts';

const request = {
	...{ dagId: 'etl', dagRunId: 'newest', taskId: 'load', mapIndex: -1, tryNumber: null },
	follow: 'task' as const,
};

/** A directory whose server answers when the test lets it; each request ends with its signal. */
function directory() {
	const clock = new HandClock(1000);
	const open: { answer: (tasks: TaskInstance[]) => void; fail: (error: unknown) => void }[] = [];
	const airflow = stubOf<AirflowClient>({
		taskInstances: (_dagId: string, _dagRunId: string, signal?: AbortSignal) =>
			new Promise<TaskInstance[]>((answer, fail) => {
				open.push({ answer, fail });
				signal?.addEventListener('abort', () => fail(signal.reason));
			}),
	});
	const tasks = taskDirectory(
		{ clock, observe: () => undefined },
		{ state: () => initialState, airflow: () => airflow, interest: createInterest('other') },
	);
	return { clock, open, tasks };
}

test('who asks at the same time gets the same answer', async () => {
	const { clock, open, tasks } = directory();
	const { signal } = new AbortController();
	const both = Promise.all([tasks(request, signal), tasks(request, signal)]);
	open[0]?.answer([task('load', 'running')]);
	expect((await both).map(all => all.map(({ state }) => state))).toEqual([['running'], ['running']]);
	expect(open).toHaveLength(1);
	await clock.advance(1000);
	void tasks(request, signal);
	expect(open).toHaveLength(2);
});

test('one who leaves takes the answer from nobody else', async () => {
	const { open, tasks } = directory();
	const leaving = new AbortController();
	const { signal } = new AbortController();
	const first = tasks(request, leaving.signal);
	const others = Promise.all([tasks(request, signal), tasks(request, signal)]);
	leaving.abort();
	await expect(first).rejects.toBe(leaving.signal.reason);
	await settled();
	expect(open).toHaveLength(2);
	open[1]?.answer([task('load', 'success')]);
	expect((await others).map(all => all.map(({ state }) => state))).toEqual([['success'], ['success']]);
});

test('a failure is that of all who wait for it, and the next asks again', async () => {
	const { open, tasks } = directory();
	const { signal } = new AbortController();
	const both = [tasks(request, signal), tasks(request, signal)];
	open[0]?.fail(new Error('busy'));
	for (const one of both) await expect(one).rejects.toThrow('busy');
	void tasks(request, signal);
	expect(open).toHaveLength(2);
});

test('the answer about a run whose log is no longer read is not kept', async () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage: () => void = runInNewContext('gc');
	const { clock, open, tasks } = directory();
	const answered = async (dagRunId: string, taskId: string) => {
		const answer = tasks({ ...request, dagRunId }, new AbortController().signal);
		const all = [task(taskId, 'success')];
		open.splice(0)[0]?.answer(all);
		await answer;
		return new WeakRef(all);
	};
	const first = await answered('first', 'load');
	await clock.advance(1000);
	const second = await answered('second', 'load');
	// What is weakly referenced lives at least until the end of the turn that did so.
	await new Promise(setImmediate);
	collectGarbage();
	expect(first.deref()).toBeUndefined();
	expect(second.deref()).toHaveLength(1);
});
