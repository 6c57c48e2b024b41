import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckDeps } from '../../source/checks/check.ts';
import { dagFolderCheck } from '../../source/checks/dag-folder.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { check, container, diagnosisOptions, now, setup, stateOf } from '../diagnosis/stack.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-dags-'));
	mkdirSync(join(folder, 'dags'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Dependencies of the check, for a scheduler that runs as this user, with the folder mounted. */
function deps({ user = '50000:0', isHere = true, isMounted = true } = {}): CheckDeps {
	const mounts = isMounted
		? [{ type: 'bind', source: join(folder, 'dags'), destination: '/opt/airflow/dags' }]
		: [{ type: 'bind', source: '/x', destination: '/opt/airflow/logs' }];
	const state = stateOf(
		{ type: 'containers listed', containers: [container('airflow-scheduler', { mounts })] },
		check({ check: 'setup', setup: setup({ user }) }, 'airflow-scheduler'),
	);
	const nothing = {} as never;
	return {
		docker: nothing,
		compose: nothing,
		airflow: () => null,
		facts: () => factsOf(state, now, diagnosisOptions),
		now: () => now,
		isHere,
	};
}

const look = async (given: Parameters<typeof deps>[0] = {}) => {
	const result = await dagFolderCheck().look(deps(given), '', new AbortController().signal);
	if (result?.check !== 'dag folder') throw new Error('no such result');
	return result;
};
const write = (name: string, text: string, mode = 0o644) => {
	const path = join(folder, 'dags', name);
	writeFileSync(path, text);
	chmodSync(path, mode);
	return path;
};
const dag = 'from airflow import DAG\nwith DAG("x"):\n  pass\n';

test('files as the scheduler names them, which of them are DAG files, and who may read them', async () => {
	write('pipeline.py', dag);
	write('secret.py', dag, 0o600);
	write('helper.py', '"""Used by a dag of airflow."""\n');
	write('notes.txt', dag);
	mkdirSync(join(folder, 'dags', '__pycache__'));
	write('__pycache__/x.py', dag);
	const { host, isMounted, hostId } = await look();
	expect(isMounted).toBe(true);
	expect(hostId).toMatch(/^\d+:\d+$/);
	expect(host?.map(({ path, mode, looksLikeDag, isReadable }) => [path, mode, looksLikeDag, isReadable])).toEqual([
		['/opt/airflow/dags/helper.py', '644', false, true],
		['/opt/airflow/dags/pipeline.py', '644', true, true],
		['/opt/airflow/dags/secret.py', '600', true, false],
	]);
});

test('a folder that may not be searched hides what is in it', async () => {
	mkdirSync(join(folder, 'dags', 'team'));
	write('team/pipeline.py', dag);
	chmodSync(join(folder, 'dags', 'team'), 0o700);
	expect((await look()).host).toMatchObject([{ path: '/opt/airflow/dags/team/pipeline.py', isReadable: false }]);
});

test('root reads everything; for a user known only by name nothing is reported', async () => {
	write('secret.py', dag, 0o000);
	expect((await look({ user: '0' })).host).toMatchObject([{ isReadable: true }]);
	expect((await look({ user: 'somebody' })).host).toMatchObject([{ isReadable: null }]);
});

test('the folder is gone; or it is on another host, and nothing is reported', async () => {
	renameSync(join(folder, 'dags'), join(folder, 'other'));
	expect(await look()).toMatchObject({ hostId: 'missing', host: null });
	expect(await look({ isHere: false })).toMatchObject({ hostId: null, host: null });
	rmSync(folder, { recursive: true });
	expect(await look()).toMatchObject({ hostId: null });
});

test('nothing is mounted there', async () => {
	expect(await look({ isMounted: false })).toMatchObject({ isMounted: false, folder: '/opt/airflow/dags' });
});
