import { expect, test } from 'vitest';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import type { Fact } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import type { StackState } from '../../source/model/state.ts';
import { check, detail, diagnosisOptions, now, setup, stateOf } from './stack.ts';

const second = 1000;
const intervalMs = 20 * second;
const timeoutMs = 10 * second;

/** The findings at a time, and the state that remembers them. */
function judged(state: StackState, at: number) {
	const findings = diagnose(state, at, diagnosisOptions);
	const roots = findings.filter(({ explainedBy }) => explainedBy === null).map(({ id }) => id);
	return { roots, state: reduce(state, { type: 'findings changed', findings, at }) };
}

const worker: Fact = {
	type: 'container inspected',
	detail: detail('airflow-worker', { health: 'unhealthy', failingStreak: 3, startedAt: now - 20 * second }),
};
const failing = stateOf(
	check(
		{ check: 'setup', setup: setup({ healthIntervalMs: intervalMs, healthTimeoutMs: timeoutMs }) },
		'airflow-worker',
	),
	worker,
	{
		type: 'container inspected',
		detail: detail('airflow-redis', { state: 'exited', exitCode: 1, finishedAt: now - 5 * second }),
	},
);
const fixed = (state: StackState, at: number) =>
	reduce(state, { type: 'container inspected', detail: detail('airflow-redis', { startedAt: at }), at });

test('a consequence is folded until the next health check after its cause has ended, and no longer', () => {
	const before = judged(failing, now);
	expect(before.roots).toEqual(['container exited airflow-redis']);
	let { state } = before;
	state = fixed(state, now + second);
	for (const after of [1, 2, 10, 29]) {
		const next = judged(state, now + after * second);
		expect([after, next.roots]).toEqual([after, []]);
		state = next.state;
	}
	const late = judged(state, now + 32 * second);
	expect(late.roots).toEqual(['container unhealthy airflow-worker']);
	expect(judged(late.state, now + 33 * second).roots).toEqual(['container unhealthy airflow-worker']);
});

test('what was never a consequence is found at once', () => {
	const alone = stateOf(worker);
	expect(judged(alone, now).roots).toEqual(['container unhealthy airflow-worker']);
});
