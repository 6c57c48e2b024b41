import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { triesAnswer } from '../../../source/clients/airflow/task-answers.ts';
import { eventText, lineText } from '../../../source/clients/airflow/task-log-events.ts';
import * as dagAnswers from '../../../source/clients/airflow/v2/dag-answers.ts';
import { problemOf } from '../../../source/clients/airflow/v2/problem.ts';
import * as runAnswers from '../../../source/clients/airflow/v2/run-answers.ts';
import * as serverAnswers from '../../../source/clients/airflow/v2/server-answers.ts';
import * as watchAnswers from '../../../source/clients/airflow/v2/watch-answers.ts';
import { explainFailure, isFailureReported } from '../../../source/model/airflow/task-failure.ts';
import { expect } from '../../english.ts';

/** Answers of Airflow 3.3.2: see test/fixtures/record-airflow3.mjs. */
const text = (file: string) =>
	readFileSync(join(import.meta.dirname, '../../fixtures/recorded/airflow-3.3.2', file), 'utf8');
const json = (file: string) => JSON.parse(text(file));

test('health, DAGs, tasks, params, pools, import errors', () => {
	expect(serverAnswers.healthAnswer.parse(json('health.json'))).toMatchObject({
		...{ metadatabase: 'healthy', scheduler: 'healthy', triggerer: 'healthy', dagProcessor: 'healthy' },
	});
	const { dags } = dagAnswers.dagsAnswer.parse(json('dags.json'));
	expect(dags.map(({ dag }) => dag.dagId)).toEqual(['etl_daily', 'failing', 'slow']);
	expect(dags[0]).toMatchObject({
		dag: { schedule: 'daily', isActive: true, fileLocation: '/opt/airflow/dags/demo_dag.py' },
		...{ bundle: 'dags-folder', root: '/opt/airflow/dags/' },
	});
	expect(dagAnswers.tasksAnswer.parse(json('dag-tasks.json'))).toMatchObject([
		{ taskId: 'extract', downstreamTaskIds: ['transform'], retries: 1, retryDelayMs: 5000 },
		{ taskId: 'load', downstreamTaskIds: [] },
		{ taskId: 'transform', downstreamTaskIds: ['load'] },
	]);
	const { params } = dagAnswers.dagDetailsAnswer.parse(json('dag-details.json'));
	const rows = { name: 'rows', value: 10, description: 'how many', schema: { type: 'integer', minimum: 1 } };
	expect(params.find(({ name }) => name === 'rows')).toMatchObject(rows);
	expect(serverAnswers.poolsAnswer.parse(json('pools.json')).pools).toMatchObject([
		{ name: 'default_pool', slots: 128 },
	]);
	const [broken] = serverAnswers.importErrorsAnswer.parse(json('import-errors.json')).errors;
	expect(broken).toMatchObject({ bundle: 'dags-folder', error: { fileName: 'broken.py' } });
});

test('runs and their tasks', () => {
	const running = runAnswers.dagRunAnswer.parse(json('dag-run.running.json'));
	expect(running).toMatchObject({ state: 'running', runType: 'manual', conf: null, endedAt: null });
	expect(running.queuedAt).toBeLessThan(running.startedAt ?? 0);
	expect(running.logicalDate).toBeGreaterThan(0);
	expect(runAnswers.dagRunAnswer.parse(json('dag-run.success.json')).conf).toBe('{"rows":20}');
	const { task_instances: finished } = runAnswers.taskInstancesAnswer.parse(json('task-instances.finished.json'));
	expect(finished.map(({ taskId, mapIndex }) => `${taskId} ${mapIndex}`).toSorted()).toEqual([
		...['extract -1', 'load -1', 'transform 0', 'transform 1', 'transform 2'],
	]);
	const { task_instances: failed } = runAnswers.taskInstancesAnswer.parse(json('task-instances.failed.json'));
	expect(failed.find(({ taskId }) => taskId === 'boom')).toMatchObject({ state: 'failed', tryNumber: 2, maxTries: 1 });
	expect(runAnswers.clearedAnswer.parse(json('clear.dry-run.json'))).toMatchObject([
		{ taskId: 'transform', mapIndex: 1 },
	]);
});

test('unmet dependencies, tries, counts, jobs and events', () => {
	const { dependenciesAnswer, runCountsAnswer, jobsAnswer, eventsAnswer } = watchAnswers;
	expect(dependenciesAnswer.parse(json('dependencies.scheduled.json')).dependencies).toEqual([
		{
			name: 'Pool Slots Available',
			reason: 'Not scheduling since there are -1 open slots in pool default_pool and require 1 pool slots',
		},
	]);
	expect(dependenciesAnswer.parse(json('dependencies.none.json')).dependencies.map(({ name }) => name)).toEqual([
		...['Pool Slots Available', 'Task Instance State', 'Trigger Rule'],
	]);
	const tries = triesAnswer.parse(json('tries.json'));
	expect(tries.map(({ tryNumber, state }) => `${tryNumber} ${state}`)).toEqual([
		'1 failed',
		'2 failed',
		'3 failed',
		'4 failed',
	]);
	for (const { queuedAt, startedAt, endedAt, hostname } of tries) {
		expect(queuedAt).toBeLessThan(startedAt ?? 0);
		expect(startedAt).toBeLessThan(endedAt ?? 0);
		expect(hostname).toBe('a1b2c3d4e5f6');
	}
	expect(runCountsAnswer.parse(json('dag-stats.json'))).toContainEqual({
		...{ dagId: 'slow', queued: 0, running: 1, success: 1, failed: 1 },
	});
	expect(
		jobsAnswer
			.parse(json('jobs.json'))
			.map(({ type, state }) => `${type} ${state}`)
			.toSorted(),
	).toEqual([...['processor running', 'scheduler running', 'triggerer running']]);
	const events = eventsAnswer.parse(json('event-logs.json'));
	expect(events.find(({ event }) => event === 'patch_pool')).toMatchObject({ owner: 'admin', dagId: null });
	expect(events.find(({ event }) => event === 'patch_dag_run')).toMatchObject({
		...{ owner: 'admin', dagId: 'slow', extra: 'state=failed' },
	});
});

test('an event hides what its request held: secrets, escape sequences, the names it has anyway', () => {
	const extra = JSON.stringify({
		...{
			dag_run_id: 'x',
			method: 'POST',
			update_mask: 'note',
			empty: null,
			nothing: {},
			note: '\u001b[31mred\u202e',
			slots: 3,
		},
		conf: { api_token: 'ghp_0123456789abcdefghijABCDEFGHIJ012345', password: 'hunter2' },
	});
	const one = { event_log_id: 1, when: '2026-11-29T22:47:28Z', event: 'trigger_dag_run', owner: 'a\u001b[1mb', extra };
	const [event] = watchAnswers.eventsAnswer.parse({ event_logs: [one, { ...one, when: null }] });
	expect(event?.extra).toContain('slots=3');
	expect(event?.extra).not.toMatch(/hunter2|ghp_0123|\u001b|\u202e|method|update_mask|dag_run_id|empty|nothing/);
	expect(event?.owner).toBe('ab');
});

test('the log of a failed try, as JSON and as lines, says why', () => {
	const { content, continuation_token } = runAnswers.taskLogAnswer.parse(json('task-log.failed.json'));
	expect(continuation_token).toBeNull();
	if (typeof content === 'string') throw new Error('it is text');
	const lines = content.map(event => (typeof event === 'string' ? event : eventText(event)));
	expect(explainFailure(lines.join('\n')).reason).toBe('RuntimeError: no rows');
	expect(lines.join('\n')).toContain("KeyError: 'rows'\n\nThe above exception was the direct cause");
	const streamed = text('task-log.ndjson').trim().split('\n').map(lineText);
	expect(streamed.filter(line => !line.startsWith('{'))).toEqual(lines.filter(line => line.startsWith('[')));
	const running = runAnswers.taskLogAnswer.parse(json('task-log.running.json'));
	expect(running.continuation_token).toBeTruthy();
});

test('a stopped task is reported as ended from outside', () => {
	const line = { timestamp: '2026-11-29T16:55:59.763180Z', level: 'error', event: 'Task killed!', logger: 'task' };
	const log = `[2026-11-29T16:55:54.745+0000] {demo_dag.py:49} INFO - tick\n${lineText(JSON.stringify(line))}`;
	expect(explainFailure(log).reason).toMatch(/ended from outside/);
	expect(isFailureReported(log)).toBe(true);
});

test.each([
	['error.400.params.json', 'refused', /rows: 0 is less than the minimum of 1/],
	['error.400.order.json', 'refused', /Ordering with/],
	['error.401.json', 'unauthorised', /Not authenticated/],
	['error.404.dag.json', 'not-found', /no_such_dag/],
	['error.404.dependencies.json', 'not-found', /^Airflow: The Task Instance .* was not found$/],
	['error.404.v1.json', 'protocol', /is not Airflow 3/],
	['error.409.dag-run.json', 'conflict', /Unique constraint violation/],
	['error.422.mark.json', 'refused', /dry_run: Extra inputs are not permitted/],
	['error.422.trigger.json', 'refused', /logical_date: Field required/],
])('%s is a failure of kind %s', (file, kind, words) => {
	const { status, body } = json(file);
	const answer = { status, headers: {}, body: JSON.stringify(body), path: '', answerMs: 1 };
	const error = problemOf(answer, 'http://airflow');
	expect(error.failure).toMatchObject({ kind, httpStatus: status });
	expect(error.message).toMatch(words);
});
