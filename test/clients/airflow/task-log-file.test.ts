import { appendFile, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findTaskLog, followFile, taskLogPath } from '../../../source/clients/airflow/task-log-file.ts';
import { soon } from '../../patience.ts';

let folder: string;
let path: string;
const stopping = { controller: new AbortController() };
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'task-log-'));
	path = join(folder, 'attempt=1.log');
	stopping.controller = new AbortController();
});
afterEach(async () => {
	stopping.controller.abort();
	await rm(folder, { recursive: true });
});

/** Follows in the background; what arrived is in `said`. */
function follow(options: { lastBytes?: number } = {}) {
	const said: string[] = [];
	const over = { now: false };
	const ended = (async () => {
		for await (const event of followFile(path, { isOver: () => over.now, ...options }, stopping.controller.signal)) {
			if (event.type === 'lines') said.push(...event.lines.map(line => line.text));
			else said.push(event.type === 'replaced' ? '(replaced)' : `(left out ${event.bytes})`);
		}
	})();
	return { said, over, ended };
}

test('what is there and what is written later, and the end without a line break', async () => {
	await writeFile(path, 'one\ntwo\nthr');
	const { said, over, ended } = follow();
	await vi.waitFor(() => expect(said).toEqual(['one', 'two']), soon);
	await appendFile(path, 'ee\nfour\nlast');
	await vi.waitFor(() => expect(said).toEqual(['one', 'two', 'three', 'four']), soon);
	over.now = true;
	await ended;
	expect(said.at(-1)).toBe('last');
});

test('a file that is cut short, and one that is replaced, are read from their new beginning', async () => {
	await writeFile(path, 'one\ntwo\n');
	const { said } = follow();
	await vi.waitFor(() => expect(said).toHaveLength(2), soon);
	await truncate(path, 0);
	await appendFile(path, 'new\n');
	await vi.waitFor(() => expect(said.slice(2)).toEqual(['(replaced)', 'new']), soon);
	await writeFile(`${path}.next`, 'other\n');
	await rename(`${path}.next`, path);
	await vi.waitFor(() => expect(said.slice(4)).toEqual(['(replaced)', 'other']), soon);
});

test('only the end of a large file, from the start of a line', async () => {
	await writeFile(path, 'a'.repeat(1000).concat('\nsecond\nthird\n'));
	const { said, over, ended } = follow({ lastBytes: 10 });
	over.now = true;
	await ended;
	expect(said).toEqual(['(left out 1008)', 'third']);
});

test('many bytes at once come whole', async () => {
	await writeFile(path, Array.from({ length: 20_000 }, (_, index) => `line ${index} 한글\n`).join(''));
	const { said, over, ended } = follow();
	over.now = true;
	await ended;
	expect(said).toHaveLength(20_000);
	expect(said.at(-1)).toBe('line 19999 한글');
});

const task = { dagId: 'd', dagRunId: 'manual__2026-11-24T08:00:00+00:00', taskId: 't', mapIndex: -1, tryNumber: 2 };

test("where Airflow writes a try's log", async () => {
	expect(taskLogPath(task)).toBe('dag_id=d/run_id=manual__2026-11-24T08:00:00+00:00/task_id=t/attempt=2.log');
	expect(taskLogPath({ ...task, mapIndex: 3 })).toMatch(/task_id=t\/map_index=3\/attempt=2\.log$/);
	expect(taskLogPath({ ...task, dagRunId: '../../../etc' })).toBeNull();
	const there = join(folder, taskLogPath(task) ?? '');
	await mkdir(dirname(there), { recursive: true });
	expect(await findTaskLog([folder], task)).toBeNull();
	await writeFile(there, '');
	expect(await findTaskLog(['/no/such/folder', folder], task)).toBe(there);
});
