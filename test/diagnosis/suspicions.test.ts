import { expect, test } from 'vitest';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { suspicionsOf } from '../../source/diagnosis/suspicions.ts';
import { thresholds } from '../../source/diagnosis/thresholds.ts';
import type { Fact } from '../../source/model/observation.ts';
import {
	check,
	container,
	dag,
	detail,
	diagnosisOptions,
	discovered,
	failed,
	minute,
	now,
	page,
	run,
	runsFetched,
	services,
	stateOf,
	type Timed,
	tasksFetched,
} from './stack.ts';

const suspicions = (...more: Timed[]) => suspicionsOf(factsOf(stateOf(...more), now, diagnosisOptions));
const ago = (ms: number, fact: Fact): Timed => ({ at: now - ms, fact });

/** When the last of them is decided, ms from now; null: once checks are made. */
const leftMs = (...more: Timed[]) =>
	suspicions(...more).map(({ about, until }) => [about, until === null ? null : until - now]);

/** The container has been in this state for this long, ms. */
const listed = (name: string, state: string, sinceMs: number, exitCode = 0): Timed[] => {
	const [id, is] = [name, { state, health: 'none' }];
	const rest = services.filter(one => one !== name).map(one => container(one));
	return [
		ago(sinceMs, { type: 'containers listed', containers: [...rest, container(name, { id, ...is })] }),
		ago(sinceMs, { type: 'container inspected', detail: detail(name, { ...is, exitCode }) }),
	];
};

test('nothing looks wrong on a healthy stack, nor where no engine says anything', () => {
	expect(suspicions()).toEqual([]);
	expect(suspicions(page('mlflow', false), failed('containers', 'unreachable', 'gone'))).toEqual([]);
});

test('a page that is silent once is looked at again as soon as that can be believed', () => {
	const [one, ...others] = suspicions(ago(1000, page('mlflow', false)));
	expect(others).toEqual([]);
	const pagesAt = now - 1000 + thresholds.pageFailingMs;
	expect(one).toMatchObject({ about: 'page mlflow', pagesAt, until: pagesAt + thresholds.pageLookMs });
	// Unreachable for long enough: only the parts below it remain to be checked.
	const again = suspicions(ago(6000, page('mlflow', false)), ago(1000, page('mlflow', false)));
	expect(again).toMatchObject([{ about: 'page mlflow', until: null, pagesAt: null }]);
});

test('the page of a container that does not run needs no second look', () => {
	const paused = listed('mlflow', 'paused', 20_000);
	expect(leftMs(...paused, ago(1000, page('mlflow', false)))).toEqual([['page mlflow', null]]);
});

test('a request that fails once is tried again; a refused login is none that time changes', () => {
	expect(leftMs(ago(1000, failed('experiment', 'server', 'HTTP 500')))).toEqual([
		['feed experiment', thresholds.requestFailingMs - 1000],
	]);
	expect(leftMs(ago(1000, failed('dags', 'unauthorised', 'HTTP 401')))).toEqual([['feed dags', null]]);
	expect(leftMs(ago(1000, failed('pipeline', 'not-found', 'HTTP 404')))).toEqual([['feed pipeline', null]]);
});

test('a container that has just ended may be on its way back; one that ended long ago is looked at once', () => {
	expect(leftMs(...listed('airflow-redis', 'exited', 1000, 137))).toEqual([
		['container airflow-redis', thresholds.endedMs - 1000],
	]);
	expect(leftMs(...listed('airflow-redis', 'exited', minute, 137))).toEqual([]);
	expect(leftMs(...listed('airflow-redis', 'restarting', 1000, 137))).toEqual([
		['container airflow-redis', thresholds.endedMs - 1000],
	]);
});

test('tasks that wait call for the pools and the broker; nothing else', () => {
	const active = runsFetched(run('newest', 'running', 20_000));
	expect(suspicions(active, tasksFetched(['success', 'running']))).toEqual([]);
	expect(suspicions(active, tasksFetched(['success', 'queued']))).toMatchObject([
		{ about: 'run ml_pipeline_end_to_end newest', until: null },
	]);
	// A user who triggers a run of a paused DAG may be about to unpause it. The servers' clock is 12 ms ahead of ours.
	const paused: Fact = { type: 'dags fetched', dags: [{ ...dag, isPaused: true }] };
	expect(leftMs(paused, runsFetched(run('newest', 'queued', 1000)))).toEqual([
		['run ml_pipeline_end_to_end newest', thresholds.pageFailingMs - 1012],
	]);
});

test('a worker without a connection to MLflow: whether MLflow answers anybody since then is looked at', () => {
	const cut = check({ check: 'mlflow connection', url: 'http://mlflow:5000', httpStatus: null, problem: 'curl: (7)' });
	expect(suspicions(ago(1000, cut))).toMatchObject([{ about: 'connection to MLflow', pagesAt: now - 1000 }]);
	expect(suspicions(ago(1000, cut), ago(500, page('mlflow', true)))).toEqual([]);
	const locked = check({ check: 'mlflow connection', url: 'http://mlflow:5000', httpStatus: 401, problem: '' });
	expect(suspicions(ago(1000, locked))).toEqual([]);
});

test('what a guessed server answers is no suspicion of this stack', () => {
	const guessed = discovered(undefined, 'guess');
	expect(suspicions(guessed, ago(1000, page('mlflow', false)), failed('experiment', 'server', 'HTTP 500'))).toEqual([]);
});
