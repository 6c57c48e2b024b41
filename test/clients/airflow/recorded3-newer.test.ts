import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import * as answers from '../../../source/clients/airflow/v2/newer-answers.ts';
import { problemOf } from '../../../source/clients/airflow/v2/problem.ts';
import * as runAnswers from '../../../source/clients/airflow/v2/run-answers.ts';
import { backfillState, progressOf } from '../../../source/model/airflow/backfill.ts';
import { expect } from '../../english.ts';

/** Answers of Airflow 3.3.2: see test/fixtures/record-airflow3-newer.mjs. */
const json = (file: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/recorded/airflow-3.3.2/newer', file), 'utf8'));

test('backfills, their dates and runs', () => {
	expect(answers.plannedDatesAnswer.parse(json('backfill.dry-run.json')).map(at => new Date(at).getUTCDate())).toEqual([
		10, 11, 12,
	]);
	const created = answers.backfillAnswer.parse(json('backfill.created.json'));
	expect(created).toMatchObject({
		...{ dagId: 'daily_prices', from: Date.UTC(2026, 10, 10), to: Date.UTC(2026, 10, 12) },
		...{ reprocess: 'completed', maxActiveRuns: 2, isPaused: false, completedAt: null },
	});
	expect(backfillState(answers.backfillAnswer.parse(json('backfill.paused.json')))).toBe('paused');
	expect(backfillState(answers.backfillAnswer.parse(json('backfill.unpaused.json')))).toBe('active');
	expect(backfillState(answers.backfillAnswer.parse(json('backfill.cancelled.json')))).toBe('completed');
	const { backfills } = answers.backfillsAnswer.parse(json('backfills.json'));
	expect(backfills.map(({ id }) => id)).toEqual(backfills.map(({ id }) => id).toSorted((a, b) => b - a));
	const { dag_runs } = runAnswers.dagRunsAnswer.parse(json('backfill.runs.json'));
	expect(progressOf(dag_runs).total).toBe(3);
	expect(dag_runs.every(run => run.runType === 'backfill' && (run.versions ?? []).length > 0)).toBe(true);
});

test('questions that tasks ask, and an answer', () => {
	const { hitl_details } = answers.questionsAnswer.parse(json('hitl.waiting.json'));
	const questions = hitl_details.filter(answers.stillWaits).map(({ question }) => question);
	expect(questions.find(({ taskId }) => taskId === 'approve')).toMatchObject({
		...{ dagId: 'release', mapIndex: -1, subject: 'Release model 7 to production?' },
		...{ body: 'AUC 0.93, champion 0.91.\n\nSee the *report*.', options: ['Approve', 'Reject'] },
		...{ defaults: ['Reject'], multiple: false, params: [], assigned: [] },
	});
	const choose = questions.find(({ taskId }) => taskId === 'choose');
	expect(choose).toMatchObject({ options: ['eu', 'us', 'apac'], defaults: [], multiple: true, body: '' });
	expect(choose?.params).toMatchObject([
		{ name: 'share', value: 10, description: 'Share of traffic in percent', schema: { type: 'integer', minimum: 1 } },
		{ name: 'reason', value: '', schema: { type: 'string' } },
	]);
	expect(answers.answeredAnswer.parse(json('hitl.detail.json'))).toEqual(['eu', 'us']);
	const { task_instances } = runAnswers.taskInstancesAnswer.parse(json('task-instances.awaiting.json'));
	expect(task_instances.map(({ state }) => state)).toEqual(['awaiting_input', 'awaiting_input']);
});

test('versions of a DAG', () => {
	const { dag_versions } = answers.dagVersionsAnswer.parse(json('dag-versions.json'));
	expect(dag_versions.map(({ number }) => number)).toEqual(dag_versions.map((_, index) => dag_versions.length - index));
	expect(dag_versions[0]?.createdAt).toBeGreaterThan(dag_versions[1]?.createdAt ?? Number.POSITIVE_INFINITY);
});

test('assets, their events, and a run that materializes one', () => {
	const [prices] = answers.assetsAnswer.parse(json('assets.json')).assets;
	expect(prices).toMatchObject({
		...{ name: 'prices', uri: 's3://lake/prices.parquet', scheduledDags: ['report'], consumers: [] },
		...{ producers: [{ dagId: 'daily_prices', taskId: 'load' }] },
	});
	expect(prices?.lastEventAt).toBeGreaterThan(0);
	const events = answers.assetEventsAnswer.parse(json('asset-events.json')).asset_events;
	expect(events[0]).toMatchObject({
		...{ assetId: prices?.id, name: 'prices', source: { dagId: 'daily_prices', taskId: 'load' } },
	});
	expect(events.flatMap(({ started }) => started)).toContainEqual(
		expect.objectContaining({ dagId: 'report', state: 'success' }),
	);
	const run = runAnswers.dagRunAnswer.parse(json('asset.materialized.json'));
	expect(run).toMatchObject({ dagId: 'daily_prices', runType: 'asset_materialization', state: 'queued' });
});

test.each([
	['error.400.hitl-option.json', 'refused', /Invalid options \['Maybe'\]/],
	['error.404.asset.json', 'not-found', /No Dag materializes asset/],
	['error.404.backfill.json', 'not-found', /Backfill not found/],
	['error.404.version.json', 'not-found', /version_number 9 was not found/],
	['error.409.backfill.json', 'conflict', /already a running backfill/],
	['error.409.completed.json', 'conflict', /already completed/],
	['error.409.hitl.json', 'conflict', /already been updated/],
	['error.422.backfill.json', 'refused', /reprocess_behavior: Input should be/],
	['error.422.no-schedule.json', 'refused', /does not support backfills/],
	['error.4xx.backwards.json', 'refused', /must not be after to_date/],
])('%s is a failure of kind %s', (file, kind, words) => {
	const { status, body } = json(file);
	const answer = { status, headers: {}, body: JSON.stringify(body), path: '', answerMs: 1 };
	const error = problemOf(answer, 'http://airflow');
	expect(error.failure).toMatchObject({ kind, httpStatus: status });
	expect(error.message).toMatch(words);
});
