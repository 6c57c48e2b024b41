import { expect, test } from 'vitest';
import { taskInstanceAnswer } from '../../../source/clients/airflow/run-answers.ts';
import { optionalCount, optionalSeconds, total } from '../../../source/model/text/outside-number.ts';

test('no number of a response adds up to Infinity: what no database holds is none', () => {
	for (const count of [1e308, -1e308, 2 ** 31, 0.5, null, undefined]) expect(optionalCount.parse(count)).toBeNull();
	expect([0, -1, 3].map(count => optionalCount.parse(count))).toEqual([0, -1, 3]);
	for (const seconds of [1e308, -1, null, undefined]) expect(optionalSeconds.parse(seconds)).toBeNull();
	expect(optionalSeconds.parse(0.25)).toBe(0.25);
	expect([1e308, -5, 7.5].map(count => total.parse(count))).toEqual([2 ** 31 - 1, 0, 7]);
});

test('a task instance with impossible figures has none', () => {
	const task = { dag_id: 'a', dag_run_id: 'b', task_id: 'c', hostname: null, pool: null, queue: null };
	const odd = { try_number: 1e308, max_tries: 1e308, map_index: 1e308, duration: 1e308, pool_slots: 1e308 };
	expect(taskInstanceAnswer.parse({ ...task, ...odd })).toMatchObject({
		...{ tryNumber: 0, maxTries: 0, mapIndex: -1, durationSeconds: null, poolSlots: 1 },
	});
});
