import { describe, test } from 'vitest';
import type { Asset } from '../../source/model/airflow/asset.ts';
import type { Backfill } from '../../source/model/airflow/backfill.ts';
import type { Question } from '../../source/model/airflow/question.ts';
import type { Failure, FailureKind } from '../../source/model/source.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { planAnswer } from '../../source/operations/dag-runs/answer.ts';
import { planBackfill, planBackfillChange } from '../../source/operations/dag-runs/backfill.ts';
import { planMarkRun, planStopRun } from '../../source/operations/dag-runs/mark-run.ts';
import { planMarkTasks } from '../../source/operations/dag-runs/mark-tasks.ts';
import { planNote } from '../../source/operations/dag-runs/note.ts';
import { planTrigger } from '../../source/operations/dag-runs/trigger.ts';
import { planMaterialize } from '../../source/operations/dags/materialize.ts';
import { planPause } from '../../source/operations/dags/pause.ts';
import { planReparse } from '../../source/operations/dags/reparse.ts';
import type { Planned } from '../../source/operations/plan/plan.ts';
import { quoted } from '../../source/words/message.ts';
import { expect } from '../english.ts';

/** What is known against a change is said before the question, with the kind that scripts see as exit code. */

const now = Date.UTC(2026, 0, 15, 12);
const run = { dagId: 'sales', dagRunId: 'manual__1' };

const asset = (...producers: string[]): Asset => ({
	id: 1,
	name: 'orders',
	uri: 's3://orders',
	group: 'asset',
	lastEventAt: null,
	producers: producers.map(dagId => ({ dagId, taskId: 'load' })),
	scheduledDags: [],
	consumers: [],
});

const question: Question = {
	...run,
	taskId: 'approve',
	mapIndex: -1,
	subject: 'Deploy?',
	body: '',
	options: ['Approve', 'Reject'],
	defaults: [],
	multiple: false,
	params: [],
	assigned: [],
	askedAt: now,
};

const dates = { from: now - 86_400_000, to: now };
const request = { dagId: 'sales', ...dates, maxActiveRuns: 2, reprocess: 'none', isBackwards: false } as const;
const backfill: Backfill = {
	...{ id: 7, dagId: 'sales', ...dates, isPaused: false },
	...{ reprocess: 'none', maxActiveRuns: 2, createdAt: now, completedAt: null },
};
const progress = { total: 1, success: 0, failed: 0, running: 1, queued: 0 };
const file = { dagId: 'sales', fileLocation: '/dags/sales.py', fileToken: 'token', lastParsedAt: null };

/** Every change of Airflow. */
const changes: Readonly<Record<string, (state: StackState) => Planned>> = {
	trigger: state => planTrigger({ state, now }, run),
	pause: state => planPause({ state, now }, ['sales'], true),
	unpause: state => planPause({ state, now }, ['sales'], false),
	note: state => planNote({ state, now }, { ...run, note: 'seen' }),
	'mark run': state => planMarkRun({ state, now }, { ...run, state: 'success' }),
	'mark tasks': state => planMarkTasks({ state, now }, { ...run, taskIds: ['load'], state: 'success' }),
	'stop run': state => planStopRun({ state, now }, run),
	reparse: state => planReparse({ state, now }, file),
	materialize: state => planMaterialize({ state, now }, asset('sales')),
	answer: state => planAnswer({ state, now }, question, { chosen: ['Approve'], params: '{}' }),
	backfill: state => planBackfill({ state, now }, request, [now]),
	'pause backfill': state => planBackfillChange({ state, now }, backfill, progress, 'pause'),
};

function airflow(version: string | null): StackState {
	const source = { address: 'http://localhost:8080', version: version ?? '', connectedAt: 0 };
	return version === null ? initialState : { ...initialState, sources: { airflow: source } };
}

function failing(kind: FailureKind, version: string | null = '3.0.6'): StackState {
	const failure: Failure = { kind, message: quoted('Airflow did not answer'), fix: quoted('Look at its log') };
	const state = airflow(version);
	return {
		...state,
		feeds: { ...state.feeds, pipeline: { status: 'failed', failure, retryAt: now, since: now } },
	};
}

describe.each(Object.entries(changes))('%s is refused', (name, planned) => {
	test.each(['unreachable', 'unauthorised'] as const)('while Airflow is %s', kind => {
		const refusal = planned(failing(kind));
		expect(refusal).toEqual({ kind, refused: expect.stringMatching(/ now\. Airflow did not answer$/) });
	});

	test('where whatever responds has never responded as Airflow, with what to do', () => {
		const refused = expect.stringMatching(/ now\. Airflow did not answer\. Look at its log$/);
		const refusal = planned(failing('protocol', null));
		// Without a version, Airflow 2 is assumed: a file is parsed by a restart, for which there is no container.
		expect(refusal).toEqual(
			name === 'reparse'
				? { kind: 'nothing', refused: expect.stringMatching(/no engine|no scheduler/) }
				: { kind: 'unreachable', refused },
		);
	});
});

test.each(['materialize', 'answer', 'backfill', 'pause backfill'])('%s names the version that it needs', name => {
	expect(changes[name]?.(airflow('2.8.1'))).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/2\.8\.1/),
	});
});

test('an asset that no DAG or several produce is not materialized, and the DAGs are named', () => {
	const plan = (...producers: string[]) => planMaterialize({ state: airflow('3.0.6'), now }, asset(...producers));
	expect(plan()).toEqual({ kind: 'refused', refused: 'No DAG produces orders' });
	expect(plan('sales', 'stock')).toEqual({
		kind: 'refused',
		refused: 'Several DAGs produce orders: trigger one of sales, stock',
	});
	expect(plan('sales', 'sales')).toMatchObject({ actionId: 'materialize' });
});

test('an answer that does not fit its question is refused with the options', () => {
	const plan = (...chosen: string[]) =>
		planAnswer({ state: airflow('3.1.0'), now }, question, { chosen, params: '{}' });
	expect(plan('Maybe')).toEqual({ kind: 'refused', refused: '"Maybe" is not an option (options: Approve, Reject)' });
	expect(plan()).toEqual({ kind: 'refused', refused: 'Choose an option: Approve, Reject' });
	expect(plan('Approve', 'Reject')).toEqual({
		kind: 'refused',
		refused: 'Only one option can be chosen: Approve, Reject',
	});
});

test('a backfill without dates, or that has ended or is in the wanted state, is refused', () => {
	const state = airflow('3.0.6');
	expect(planBackfill({ state, now }, request, [])).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/^Nothing to backfill/),
	});
	const change = (more: Partial<Backfill>, wanted: 'pause' | 'unpause' | 'cancel') =>
		planBackfillChange({ state, now }, { ...backfill, ...more }, progress, wanted);
	expect(change({ isPaused: true }, 'pause')).toMatchObject({ kind: 'already' });
	expect(change({}, 'unpause')).toMatchObject({ kind: 'already' });
	expect(planBackfillChange({ state, now }, { ...backfill, completedAt: now }, progress, 'cancel')).toEqual({
		kind: 'refused',
		refused: 'Backfill 7 of sales has ended',
	});
});

test('nothing selected, a name that Airflow refuses and a note that is too long are refused', () => {
	const state = airflow('2.8.1');
	expect(planPause({ state, now }, [], true)).toEqual({ kind: 'nothing', refused: 'No DAG selected' });
	expect(planMarkTasks({ state, now }, { ...run, taskIds: [], state: 'success' })).toEqual({
		kind: 'nothing',
		refused: 'No task selected',
	});
	expect(planMarkTasks({ state, now }, { ...run, taskIds: ['load'], state: 'skipped' })).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/^Airflow 2\.8\.1 cannot mark tasks skipped/),
	});
	expect(planNote({ state, now }, { ...run, note: 'x'.repeat(5000) })).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/^A note has at most \d+ characters; this one has 5000$/),
	});
	// Nothing is known of the DAGs yet: nobody can say that this one exists.
	expect(planTrigger({ state, now }, run)).toEqual({ kind: 'unreachable', refused: 'Airflow has not answered yet' });
	expect(planReparse({ state: airflow('3.0.6'), now }, { ...file, fileToken: null })).toMatchObject({
		kind: 'nothing',
	});
});
