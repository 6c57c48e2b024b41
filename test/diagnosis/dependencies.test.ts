import { expect, test } from 'vitest';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { whyWaits } from '../../source/diagnosis/waiting/why-waits.ts';
import type { UnmetDependency } from '../../source/model/airflow/airflow-watch.ts';
import type { Fact } from '../../source/model/observation.ts';
import { runKey } from '../../source/model/state.ts';
import { render } from '../../source/words/message.ts';
import {
	check,
	dagId,
	diagnosisOptions,
	now,
	only,
	run,
	runsFetched,
	stages,
	stateOf,
	type Timed,
	task,
} from './stack.ts';

const waiting = task(stages[1] ?? '', 'scheduled', { startedAt: null });
const tasks: Fact = {
	...{ type: 'task instances fetched', dagId, dagRunId: 'newest' },
	taskInstances: [task(stages[0] ?? '', 'success', { endedAt: now - 300_000 }), waiting],
};
const active = run('newest', 'running', 360_000);
const unmet = (...found: UnmetDependency[]): Fact =>
	check(
		{ check: 'dependencies', tasks: [{ taskId: waiting.taskId, mapIndex: -1, unmet: found }] },
		runKey(dagId, 'newest'),
	);
const reason = 'The run of the day before has not ended';
const own = { name: 'A plugin of ours', reason };
const state = { name: 'Task Instance State', reason: "Task is in the 'None' state." };
const why = (...more: Timed[]) => {
	const facts = factsOf(stateOf(runsFetched(active), tasks, ...more), now, diagnosisOptions);
	const found = whyWaits(facts, active, waiting, facts.tasksOf(active));
	return found && { reason: found.reason, text: render(found.message, 'en'), unmet: found.unmet };
};

test('where no rule of laketop applies, Airflow’s own sentence is the reason', () => {
	expect(why()).toMatchObject({ reason: 'scheduler', unmet: [] });
	expect(why(unmet(own))).toEqual({ reason: 'dependency', text: `Waiting. Airflow: ${reason}`, unmet: [own] });
	// That it has no state yet says nothing.
	expect(why(unmet(state))).toMatchObject({ reason: 'scheduler', unmet: [] });
	// It may hold no longer.
	expect(why({ at: now - 60_000, fact: unmet(own) })).toMatchObject({ reason: 'scheduler', unmet: [] });
});

test('where a rule applies, the sentence is its evidence', () => {
	const slots = { name: 'Pool Slots Available', reason: 'Not scheduling since there are 0 open slots' };
	const pools = check({
		check: 'pools',
		pools: [{ name: 'default_pool', slots: 0, occupied: 0, running: 0, queued: 0, scheduled: 1, open: 0 }],
	});
	expect(why(pools, unmet(slots))).toMatchObject({ reason: 'pool full', unmet: [slots] });
	const [found] = only('task waits', runsFetched(active), tasks, pools, unmet(slots));
	expect(found?.evidence).toContain(`Airflow: ${slots.name}: ${slots.reason}`);
});

test('the scheduler is not blamed for a condition that Airflow names', () => {
	const later: Timed[] = [runsFetched(run('newest', 'running', 900_000)), tasks];
	expect(only('task waits', ...later)).toHaveLength(1);
	expect(only('task waits', ...later, unmet(own))).toEqual([]);
});
