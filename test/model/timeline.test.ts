import { expect, test } from 'vitest';
import { tryKey } from '../../source/model/airflow/task-failure.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { timelineText } from '../../source/presentation/timeline-text.ts';
import { timelineColumns, timelineRows } from '../../source/ui/lists/timeline/timeline-rows.ts';
import { quoted } from '../../source/words/message.ts';
import { listed, replica } from '../given/containers.ts';
import { english } from '../given/english.ts';
import { at, engine, now, task } from '../ui/screens.tsx';

const entryLines = (seen: readonly Observation[]) =>
	seen.reduce(reduce, initialState).timeline.map(entry => {
		const { subject, words } = timelineText(entry, 'en');
		return `${subject}: ${words}`;
	});

const event = (action: string, exitCode: number | null = null, happenedAt = at): Observation => ({
	type: 'container event',
	at,
	event: {
		id: 'id-mlflow',
		name: 'mlflow',
		action,
		project: 'mlops',
		service: 'mlflow',
		exitCode,
		happenedAt,
	},
});

const run = (state: string, endedAt: number | null): Observation => ({
	type: 'dag runs fetched',
	at,
	dagId: 'ml_pipeline_end_to_end',
	runs: [
		{
			dagId: 'ml_pipeline_end_to_end',
			dagRunId: 'manual__1',
			state,
			runType: 'manual',
			logicalDate: now - 60_000,
			queuedAt: null,
			startedAt: now - 60_000,
			endedAt,
			conf: null,
			note: null,
		},
	],
});

test('the exit and return of a container are entries; events that only accompany others are not', () => {
	const seen = [
		...engine(),
		event('kill'),
		event('die', 137),
		event('stop'),
		event('start', null, at + 1000),
		event('health_status: healthy', null, at + 9000),
	];
	expect(entryLines(seen).filter(line => line.startsWith('mlflow'))).toEqual([
		'mlflow: started',
		'mlflow: exited with code 137',
		'mlflow: started',
		'mlflow: became healthy',
	]);
});

test('runs and tasks stand at their own times, with the reason behind the failure, however often they are fetched', () => {
	const tasks: Observation = {
		type: 'task instances fetched',
		at,
		dagId: 'ml_pipeline_end_to_end',
		dagRunId: 'manual__1',
		taskInstances: [
			task('raw_to_bronze', 'success', { startedAt: now - 55_000, endedAt: now - 50_000 }),
			task('bronze_to_silver', 'failed', { startedAt: now - 45_000, endedAt: now - 40_000, tryNumber: 2 }),
			task('silver_to_gold', 'upstream_failed', { startedAt: now - 39_000, endedAt: now - 39_000 }),
		],
	};
	const why: Observation = {
		type: 'task failure explained',
		at,
		key: ['ml_pipeline_end_to_end', 'manual__1', 'bronze_to_silver', -1, 2].join('\n'),
		reason: quoted('ValueError: no rows'),
		tail: [],
	};
	const seen = [run('running', null), tasks, run('running', null), why, tasks, run('failed', now - 38_000), tasks];
	expect(entryLines(seen)).toEqual([
		'ml_pipeline_end_to_end: DAG run manual__1 started',
		'raw_to_bronze: started',
		'raw_to_bronze: succeeded',
		'bronze_to_silver: try 2 started',
		'bronze_to_silver: failed',
		'bronze_to_silver: ValueError: no rows',
		'silver_to_gold: not started: an upstream task failed',
		'ml_pipeline_end_to_end: DAG run manual__1 failed',
	]);
});

test('why a log could not be read is no reason of a failure, and does not keep the reason out', () => {
	const failed = task('a', 'failed', { startedAt: now - 45_000, endedAt: now - 40_000 });
	const { dagId, dagRunId } = failed;
	const tasks: Observation = { type: 'task instances fetched', at, dagId, dagRunId, taskInstances: [failed] };
	const key = tryKey(failed);
	const unread: Observation = {
		...{ type: 'task failure explained', at, key, reason: quoted('timed out'), tail: [], isUnread: true },
	};
	const why: Observation = { type: 'task failure explained', at, key, reason: quoted('ValueError: x'), tail: [] };
	expect(entryLines([tasks, unread])).toEqual(['a: started', 'a: failed']);
	expect(entryLines([tasks, unread, why])).toEqual(['a: started', 'a: failed', 'a: ValueError: x']);
});

test('a server that fails and recovers has one entry each; its first response is no news', () => {
	const failure = { kind: 'unreachable' as const, message: quoted('connection refused'), fix: null };
	const seen: Observation[] = [
		{ type: 'feed live', at, feed: 'pipeline' },
		{ type: 'feed failed', at: at + 1000, feed: 'pipeline', failure, retryAt: at + 2000 },
		{ type: 'feed failed', at: at + 2000, feed: 'pipeline', failure, retryAt: at + 4000 },
		{ type: 'feed live', at: at + 4000, feed: 'pipeline' },
	];
	expect(entryLines(seen)).toEqual(['airflow (pipeline): connection refused', 'airflow (pipeline): responds again']);
});

test('actions of the user and errors of logs are in it; what is older than a day is not', () => {
	const seen: Observation[] = [
		{ type: 'action started', at, id: 'a', actionId: 'restart', title: quoted('restart mlflow') },
		{ type: 'action finished', at: at + 1, id: 'a', outcome: 'failed', message: quoted('no such container') },
		{
			type: 'log errors',
			at,
			stream: 'container/mlflow',
			subject: 'mlflow',
			container: 'mlflow',
			loggedAt: at + 2,
			text: 'ERROR boom',
			more: 3,
		},
		event('die', 1, at - 25 * 3_600_000),
	];
	expect(entryLines(seen)).toEqual([
		'restart mlflow: started by you',
		'restart mlflow: failed: no such container',
		'mlflow: ERROR boom (and 3 more)',
	]);
});

test('whose container it was: the project of another stack is shown and can be filtered by', () => {
	const [own, other] = [replica('mlops', 'api'), replica('shop', 'api')];
	const unhealthy = ({ id, name, project, service }: typeof own): Observation => ({
		type: 'container event',
		at,
		event: { id, name, action: 'health_status: unhealthy', project, service, exitCode: null, happenedAt: at },
	});
	const state = [unhealthy(own), unhealthy(other)].reduce(reduce, listed(own, other));
	const subject = timelineColumns.find(({ id }) => id === 'subject');
	const shown = state.timeline.map(
		entry => subject?.span(entry, { now, glyphs: glyphSets.unicode, ownProject: 'mlops', rows: [], ...english }).text,
	);
	expect(shown).toEqual(['api', 'shop/api']);
	const browse = { kind: 'timeline', filter: 'shop', sort: '', state: null, selected: null, back: null } as const;
	expect(timelineRows(state, browse).map(({ project }) => project)).toEqual(['shop']);
});

test('what people did is an entry, with the user, and leads to its DAG run', () => {
	const event = {
		...{ id: 7, at, event: 'patch_dag_run', owner: 'ann', dagId: 'etl', dagRunId: 'manual__1', taskId: null },
		extra: 'state=failed',
	};
	const events = [event, { ...event, id: 8, owner: null, event: 'state mismatch', taskId: 'load', extra: '' }];
	const seen: Observation = { type: 'airflow events fetched', at, events };
	expect(entryLines([seen, seen])).toEqual(['etl: ann: patch_dag_run (state=failed)', 'etl load: state mismatch']);
	const [entry] = [seen].reduce(reduce, initialState).timeline;
	expect(entry).toMatchObject({ kind: 'audit', place: { dagId: 'etl', dagRunId: 'manual__1', taskId: null } });
});
