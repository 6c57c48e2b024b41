import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { untilNextRun, watchRunFolders } from '../../../source/feeds/airflow/new-runs.ts';
import { systemClock } from '../../../source/model/time/clock.ts';
import { dag, now } from '../../diagnosis/stack.ts';
import { soon } from '../../patience.ts';

/** Runs the watch on a folder of its own, without pauses. */
async function watchedFolder(dagId: string) {
	const folder = await mkdtemp(join(tmpdir(), 'laketop-runs-'));
	const end = new AbortController();
	const counts = { looks: 0, news: 0 };
	const clock = {
		now: systemClock.now,
		sleep: (_: number, signal?: AbortSignal) => {
			counts.looks++;
			return systemClock.sleep(1, signal);
		},
	};
	const running = watchRunFolders(
		{ clock, signal: end.signal },
		{ folders: () => [folder], dagId: () => dagId, onNew: () => counts.news++ },
	);
	return {
		counts,
		folder,
		/** Resolves when it has looked twice more, so that it has seen what is there now. */
		async looked() {
			const before = counts.looks;
			await vi.waitFor(() => expect(counts.looks).toBeGreaterThan(before + 1), soon);
		},
		async stop() {
			end.abort();
			await running;
			await rm(folder, { recursive: true });
		},
	};
}

test('the folder of a new run is noticed, also of the first one; a new file in an old one is not', async () => {
	const { counts, folder, looked, stop } = await watchedFolder('sales');
	await looked();
	expect(counts.news).toBe(0);
	await mkdir(join(folder, 'dag_id=sales', 'run_id=one'), { recursive: true });
	await looked();
	const first = counts.news;
	expect(first).toBeGreaterThan(0);
	await mkdir(join(folder, 'dag_id=sales', 'run_id=one', 'task_id=a'));
	await looked();
	expect(counts.news).toBe(first);
	await mkdir(join(folder, 'dag_id=sales', 'run_id=two'));
	await looked();
	expect(counts.news).toBe(first + 1);
	await mkdir(join(folder, 'dag_id=others'));
	await looked();
	expect(counts.news).toBe(first + 1);
	await stop();
});

test('a DAG id that would lead out of the folder is not looked up', async () => {
	const { counts, folder, looked, stop } = await watchedFolder('x/../../dag_id=sales');
	await mkdir(join(folder, 'dag_id=x'));
	await looked();
	await mkdir(join(folder, 'dag_id=sales'));
	await looked();
	expect(counts.news).toBe(0);
	await stop();
});

const minute = 60_000;

test.each([
	['due in a minute', { nextRunAt: now + minute }, minute + 2000],
	['due a second ago, and probably not made yet', { nextRunAt: now - 1000 }, 1000],
	['due long ago', { nextRunAt: now - minute }, Number.POSITIVE_INFINITY],
	['paused', { nextRunAt: now + minute, isPaused: true }, Number.POSITIVE_INFINITY],
	['without a schedule', { nextRunAt: null }, Number.POSITIVE_INFINITY],
])('the next run of a DAG that is %s', (_, given, ms) => {
	expect(untilNextRun({ ...dag, isPaused: false, ...given }, now)).toBe(ms);
});

test('no DAG', () => {
	expect(untilNextRun(undefined, now)).toBe(Number.POSITIVE_INFINITY);
});
