import { afterEach, expect, test } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import type { BackfillRequest } from '../../../source/model/airflow/backfill.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';
import { handClock } from '../../demo/requests.ts';
import { newerDags } from '../../given/newer-dags.ts';

/** The requests that only Airflow 3 answers, against the embedded servers. */
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

async function start(generation: '2' | '3' = '3') {
	const clock = handClock();
	const demo = await startDemo({ now: clock.now, autonomous: false, airflow: generation, dags: newerDags });
	const airflow = new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'admin' });
	closing.push(
		() => airflow.close(),
		() => demo.close(),
	);
	/** Lets time pass until it is so, two minutes at most. */
	const until = async (isSo: () => Promise<boolean>) => {
		for (let second = 0; second < 120; second++) {
			if (await isSo()) return;
			clock.pass(1000);
			demo.scenario.tick();
		}
		throw new Error('not within two minutes');
	};
	return { demo, airflow, until };
}

const day = 86_400_000;
function lastDays(demo: DemoStack, days: number): BackfillRequest {
	const midnight = Math.floor(demo.scenario.now() / day) * day;
	const [from, to] = [midnight - (days + 1) * day, midnight - 2 * day];
	return { dagId: 'daily_prices', from, to, reprocess: 'none', maxActiveRuns: 2, isBackwards: false };
}

test('a backfill is previewed, created, paused, unpaused; its runs are counted; it completes', async () => {
	const { demo, airflow, until } = await start();
	const newer = await airflow.airflow3('backfills');
	const request = lastDays(demo, 3);
	expect(await newer.previewBackfill(request)).toHaveLength(3);
	const backfill = await newer.createBackfill(request);
	await expect(newer.createBackfill(request)).rejects.toMatchObject({ failure: { kind: 'conflict' } });
	expect((await newer.changeBackfill(backfill.id, 'pause')).isPaused).toBe(true);
	expect((await newer.changeBackfill(backfill.id, 'unpause')).isPaused).toBe(false);
	expect((await newer.backfillProgress(backfill)).total).toBe(3);
	await until(async () => (await newer.backfill(backfill.id)).completedAt !== null);
	expect(await newer.backfillProgress(backfill)).toEqual({ total: 3, success: 3, failed: 0, running: 0, queued: 0 });
	expect(await newer.previewBackfill(request)).toEqual([]);
	expect(await newer.previewBackfill({ ...request, reprocess: 'completed' })).toHaveLength(3);
	await expect(newer.changeBackfill(backfill.id, 'cancel')).rejects.toMatchObject({ failure: { kind: 'conflict' } });
	// The events of its asset started another DAG.
	const events = await newer.assetEvents(10, null);
	expect(events).toHaveLength(3);
	expect(events.flatMap(({ started }) => started.map(({ dagId }) => dagId))).toEqual(['report', 'report', 'report']);
	expect((await newer.assets())[0]).toMatchObject({ name: 'prices', lastEventAt: events[0]?.at });
});

test('a cancelled backfill starts no more runs', async () => {
	const { demo, airflow } = await start();
	const newer = await airflow.airflow3('backfills');
	const { id } = await newer.createBackfill({ ...lastDays(demo, 4), maxActiveRuns: 1 });
	await newer.changeBackfill(id, 'pause');
	expect((await newer.changeBackfill(id, 'cancel')).completedAt).not.toBeNull();
	const [backfill] = await newer.backfills('daily_prices');
	if (!backfill) throw new Error('it is listed');
	expect(await newer.backfillProgress(backfill)).toMatchObject({ total: 4, queued: 0 });
});

test('a task asks, waits, is answered once and continues its try', async () => {
	const { airflow, until } = await start();
	const newer = await airflow.airflow3('questions');
	const { dagRunId } = await airflow.trigger({ dagId: 'release', dagRunId: 'release_7' });
	await until(async () => (await newer.questions()).length === 2);
	const tasks = await airflow.taskInstances('release', dagRunId);
	expect(tasks.map(({ state, tryNumber }) => `${state} ${tryNumber}`)).toEqual([
		'awaiting_input 1',
		'awaiting_input 1',
	]);
	const asked = await newer.questions();
	const [approve, choose] = ['approve', 'choose'].map(id => asked.find(({ taskId }) => taskId === id));
	if (!approve || !choose) throw new Error('two ask');
	await expect(newer.answer(approve, { chosen: ['Maybe'], params: '{}' })).rejects.toMatchObject({
		failure: { kind: 'refused' },
	});
	expect(await newer.answerOf(approve)).toBeNull();
	await newer.answer(approve, { chosen: ['Approve'], params: '{}' });
	await newer.answer(choose, { chosen: ['eu', 'us'], params: '{"share":20,"reason":""}' });
	expect(await newer.answerOf(choose)).toEqual(['eu', 'us']);
	await expect(newer.answer(choose, { chosen: ['eu'], params: '{}' })).rejects.toMatchObject({
		failure: { kind: 'conflict' },
	});
	await until(async () => (await airflow.dagRun('release', dagRunId)).state === 'success');
	expect(await newer.questions()).toEqual([]);
	expect((await airflow.taskInstances('release', dagRunId)).map(({ tryNumber }) => tryNumber)).toEqual([1, 1]);
});

test('a run keeps the version of its DAG; each version has its source', async () => {
	const { demo, airflow } = await start();
	const newer = await airflow.airflow3('versions');
	await airflow.trigger({ dagId: 'report', dagRunId: 'before' });
	demo.scenario.changeDag('report', '"""second"""\n');
	await airflow.trigger({ dagId: 'report', dagRunId: 'after' });
	expect((await newer.dagVersions('report')).map(({ number }) => number)).toEqual([2, 1]);
	expect((await airflow.dagRun('report', 'before')).versions).toEqual([1]);
	expect((await airflow.dagRun('report', 'after')).versions).toEqual([2]);
	expect(await newer.sourceOfVersion('report', 1)).toBe('"""report"""\n');
	expect(await newer.sourceOfVersion('report', 2)).toBe('"""second"""\n');
	await expect(newer.sourceOfVersion('report', 3)).rejects.toMatchObject({ failure: { kind: 'not-found' } });
});

test('an asset is materialized by a run of its producer, once for an id', async () => {
	const { airflow } = await start();
	const newer = await airflow.airflow3('assets');
	const [prices] = await newer.assets();
	if (!prices) throw new Error('there is one');
	const run = await newer.materialize(prices.id, 'asset_materialization__1');
	expect(run).toMatchObject({ dagId: 'daily_prices', dagRunId: 'asset_materialization__1' });
	await expect(newer.materialize(prices.id, run.dagRunId)).rejects.toMatchObject({ failure: { kind: 'conflict' } });
	await expect(newer.materialize(99, 'x')).rejects.toMatchObject({ failure: { kind: 'not-found' } });
});

test('Airflow 2 refuses with the reason', async () => {
	const { airflow } = await start('2');
	await airflow.version();
	const failure = failureOf(
		await airflow.airflow3('backfills').then(
			() => null,
			error => error,
		),
	);
	expect(failure).toMatchObject({ kind: 'refused' });
	expect(failure.message.params).toMatchObject({ version: '2.8.0' });
});
