import { expect, test } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import { closeLater, type Scripted, scriptedServer } from './scripted-server.ts';

/** Servers whose rows move between two pages, as those of a run with more than a page of tasks under way. */
type Row = { readonly task_id: string; readonly map_index: number; readonly state: string };

const row = (index: number, more: Partial<Row> = {}): Row => ({
	...{ task_id: 'divide', map_index: index, state: 'success' },
	...more,
});
const instance = (one: Row) => ({
	dag_id: 'd',
	dag_run_id: 'r',
	start_date: null,
	end_date: null,
	try_number: 1,
	...one,
});
const page = (rows: readonly Row[], total: number): Scripted => [
	200,
	{ task_instances: rows.map(instance), total_entries: total },
];
const connect = (url: string) =>
	closeLater(new AirflowConnection(url, { username: 'admin', password: '', token: 't0ken' }));
const named = (tasks: readonly { taskId: string; mapIndex: number }[]) =>
	tasks.map(({ taskId, mapIndex }) => `${taskId} ${mapIndex}`).toSorted();
const wholeOf = (rows: readonly Row[]) =>
	named(rows.map(({ task_id: taskId, map_index: mapIndex }) => ({ taskId, mapIndex })));

test('Airflow 2.8 sends pages in no order: of several pages, the request that has all at once is made', async () => {
	const rows = Array.from({ length: 250 }, (_, index) => row(index));
	let asked = 0;
	const { url } = await scriptedServer(({ line }) => {
		if (line === 'GET /api/v1/version') return [200, { version: '2.8.0' }];
		if (line === 'POST /api/v1/dags/~/dagRuns/~/taskInstances/list') return page(rows, rows.length);
		const [, offset] = /^GET \/api\/v1\/dags\/d\/dagRuns\/r\/taskInstances\?limit=100&offset=(\d+)$/.exec(line) ?? [];
		if (offset === undefined) return undefined;
		// An update moves a row to the end of the table.
		const moved = 40 * asked++;
		const inTable = [...rows.slice(moved), ...rows.slice(0, moved)];
		return page(inTable.slice(Number(offset), Number(offset) + 100), rows.length);
	});
	expect(named(await connect(url).taskInstances('d', 'r'))).toEqual(wholeOf(rows));
});

test('Airflow 3 orders by the id of the row, which a new try renews: the pages are read again', async () => {
	const rows = Array.from({ length: 150 }, (_, index) => row(index));
	let asked = 0;
	const { url } = await scriptedServer(({ line }) => {
		if (line === 'GET /api/v2/version') return [200, { version: '3.3.2' }];
		const [, offset] = /\/taskInstances\?limit=100&offset=(\d+)$/.exec(line) ?? [];
		if (offset === undefined) return undefined;
		// Between the first two pages an early task is tried again.
		const inOrder = asked++ === 0 ? rows : [...rows.slice(1), ...rows.slice(0, 1)];
		return page(inOrder.slice(Number(offset), Number(offset) + 100), rows.length);
	});
	expect(named(await connect(url).taskInstances('d', 'r'))).toEqual(wholeOf(rows));
	expect(asked).toBe(4);
});

test('rows that never stand still: each once, and the one before the expansion is gone', async () => {
	const rows = Array.from({ length: 150 }, (_, index) => row(index));
	let asked = 0;
	const { url } = await scriptedServer(({ line }) => {
		if (line === 'GET /api/v2/version') return [200, { version: '3.3.2' }];
		const [, offset] = /\/taskInstances\?limit=100&offset=(\d+)$/.exec(line) ?? [];
		if (offset === undefined) return undefined;
		const moved = asked++;
		const first = moved === 0 ? [row(-1)] : [];
		const inOrder = [...first, ...rows.slice(moved), ...rows.slice(0, moved)];
		return page(inOrder.slice(Number(offset), Number(offset) + 100), rows.length);
	});
	expect(named(await connect(url).taskInstances('d', 'r'))).toEqual(wholeOf(rows));
	expect(asked).toBeLessThanOrEqual(6);
});
