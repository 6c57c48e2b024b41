import { expect, test } from 'vitest';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import { fix, type Rule } from '../../source/diagnosis/finding.ts';
import { say } from '../../source/diagnosis/messages/message.ts';
import type { FixAction } from '../../source/model/finding.ts';
import { render } from '../../source/words/message.ts';
import {
	check,
	dagId,
	diagnosisOptions,
	minute,
	now,
	run,
	runsFetched,
	stateOf,
	type Timed,
	tasksFetched,
} from './stack.ts';

const restartOf = (container: string): FixAction => ({ kind: 'container', verb: 'restart', container });

/** The fixes of a finding on the stack. */
function fixesOf(actions: readonly FixAction[], ...facts: readonly Timed[]) {
	const rule: Rule = {
		name: 'any',
		texts: {},
		find: () => [
			{
				subject: 'x',
				severity: 'critical',
				since: null,
				title: say('checks.title'),
				evidence: [],
				cause: say('checks.title'),
				reason: say('checks.title'),
				impact: [],
				fixes: actions.map(action => fix(say('fix.check'), action)),
			},
		],
	};
	const [finding] = diagnose(stateOf(...facts), now, diagnosisOptions, [rule]);
	return (finding?.fixes ?? []).map(({ action, interrupts = [] }) => ({
		kind: action.kind,
		interrupts: interrupts.map(message => render(message, 'en')),
	}));
}

const busy = [
	runsFetched(run('newest', 'running', 5 * minute)),
	tasksFetched(['running', 'running'], 'newest', [{}, { mapIndex: 2 }]),
];

test('fixes that interrupt nothing come before those that do, whatever the rule says', () => {
	const all: readonly FixAction[] = [
		restartOf('airflow-worker'),
		restartOf('airflow-scheduler'),
		{ kind: 'clear', dagId, dagRunId: 'newest', onlyFailed: true },
		{ kind: 'check' },
	];
	expect(fixesOf(all, ...busy)).toEqual([
		{ kind: 'clear', interrupts: [] },
		{ kind: 'check', interrupts: [] },
		{ kind: 'container', interrupts: ['No tasks are queued until the scheduler is back. Running tasks continue'] },
		{ kind: 'container', interrupts: ['Interrupts 2 running tasks: raw_to_bronze, bronze_to_silver[2]'] },
	]);
});

test('a restart of the worker says so when nothing runs there, and when only pools know of what does', () => {
	expect(fixesOf([restartOf('airflow-worker')])[0]?.interrupts).toEqual(['No task is running there now']);
	const elsewhere = check({
		check: 'pools',
		pools: [{ name: 'default_pool', slots: 128, occupied: 3, running: 3, queued: 0, scheduled: 0, open: 125 }],
	});
	const fixes = fixesOf([restartOf('airflow-worker'), { kind: 'advice' }], elsewhere);
	expect(fixes.map(({ kind }) => kind)).toEqual(['advice', 'container']);
	expect(fixes[1]?.interrupts).toEqual(['Interrupts running tasks of other DAGs (3 running in all pools)']);
});

test('tasks on another worker are not interrupted', () => {
	const [runs] = busy;
	const hosts = tasksFetched(['running', 'running'], 'newest', [
		{ hostname: 'airflow-work' },
		{ hostname: 'airflow-mlfl' },
	]);
	const [worker] = fixesOf([restartOf('airflow-worker')], ...(runs ? [runs] : []), hosts);
	// A host that is no known worker's may be this one under another name.
	expect(worker?.interrupts).toEqual(['Interrupts 2 running tasks: raw_to_bronze, bronze_to_silver']);
});

test('stopping a run, clearing all of it and recreating the worker interrupt what runs', () => {
	const runs = { dagId, dagRunId: 'newest' };
	const one = ['Interrupts 2 running tasks: raw_to_bronze, bronze_to_silver[2]'];
	expect(fixesOf([{ kind: 'stop run', ...runs }], ...busy)[0]?.interrupts).toEqual(one);
	expect(fixesOf([{ kind: 'clear', ...runs, onlyFailed: false }], ...busy)[0]?.interrupts).toEqual(one);
	const clearOne: FixAction = { kind: 'clear', ...runs, onlyFailed: false, taskIds: ['model_training'] };
	expect(fixesOf([clearOne], ...busy)[0]?.interrupts).toEqual([]);
	const up: FixAction = { kind: 'compose', verb: 'up', services: ['airflow-worker'] };
	// The container already matches the Compose file: nothing is recreated.
	expect(fixesOf([up], ...busy)[0]?.interrupts).toEqual([]);
	const changed = check({ check: 'compose file', hashes: { 'airflow-worker': 'other' }, images: {} });
	expect(fixesOf([up], ...busy, changed)[0]?.interrupts).toEqual(one);
});

test('what does not run is not interrupted', () => {
	expect(fixesOf([{ kind: 'container', verb: 'start', container: 'airflow-worker' }], ...busy)[0]?.interrupts).toEqual(
		[],
	);
	expect(fixesOf([restartOf('gone')], ...busy)[0]?.interrupts).toEqual([]);
});
