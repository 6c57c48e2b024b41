import { appendFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { taskLogPath } from '../../../source/clients/airflow/task-log-file.ts';
import { followTask } from '../../../source/feeds/logs/task-log.ts';
import { isTryOver } from '../../../source/feeds/logs/watched-try.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import { airflowLogFolders } from '../../../source/model/airflow/airflow-log-folders.ts';
import type { TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { TaskLogRequest } from '../../../source/model/logs/log-watch.ts';
import { systemClock } from '../../../source/model/time/clock.ts';
import { quoted } from '../../../source/words/message.ts';
import { english } from '../../english.ts';
import { soon } from '../../patience.ts';

let folder: string;
let stopping: AbortController;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'airflow-logs-'));
	stopping = new AbortController();
});
afterEach(async () => {
	stopping.abort();
	await rm(folder, { recursive: true });
});

function instance(
	taskId: string,
	state: string | null,
	tryNumber: number,
	startedAt: number | null = null,
): TaskInstance {
	return {
		dagId: 'd',
		dagRunId: 'r',
		taskId,
		mapIndex: -1,
		state,
		tryNumber,
		maxTries: 1,
		queuedAt: null,
		startedAt,
		endedAt: null,
		durationSeconds: null,
		hostname: '',
		pool: '',
		note: null,
	};
}

const request: TaskLogRequest = {
	dagId: 'd',
	dagRunId: 'r',
	taskId: 'a',
	mapIndex: -1,
	tryNumber: null,
	follow: 'task',
};

/** Follows in the background; tasks can be changed, and what arrived is in `said`. */
function follow(wanted: Partial<TaskLogRequest>, first: TaskInstance[]) {
	const world = { tasks: first, asked: 0 };
	const said: string[] = [];
	const deps = {
		clock: systemClock,
		random: () => 0.5,
		airflow: () => null,
		tasks: async () => {
			world.asked++;
			return world.tasks;
		},
		folders: () => [folder],
		wake: new Wake(),
	};
	const ended = (async () => {
		for await (const event of followTask(
			deps,
			{ ...request, ...wanted },
			{ follow: true, forever: false },
			stopping.signal,
		)) {
			if (event.type === 'lines') said.push(...event.lines.map(line => (line.mark ? `-- ${line.text}` : line.text)));
			else if (event.type === 'status')
				said.push(
					event.status === 'following' ? `(following: ${event.via})` : `(${event.status}: ${english(event.note)})`,
				);
			else said.push(`(failed: ${english(event.failure.message)})`);
		}
	})();
	return { world, said, ended };
}

async function write(taskId: string, tryNumber: number, text: string) {
	const path = join(folder, taskLogPath({ ...request, taskId, tryNumber }) ?? '');
	await mkdir(dirname(path), { recursive: true });
	await appendFile(path, text);
	// By the test's clock, which under faketime is not the file system's.
	const written = new Date();
	await utimes(path, written, written);
	return path;
}

test('from queued to the end, a retry included, from its files', async () => {
	const { world, said, ended } = follow({}, [instance('a', 'queued', 0)]);
	await vi.waitFor(() => expect(said).toEqual(['(connecting: a is queued)']), soon);
	const path = await write('a', 1, 'one\n');
	world.tasks = [instance('a', 'running', 1, 1000)];
	await vi.waitFor(() => expect(said.at(-1)).toBe('one'), soon);
	expect(said.slice(1, 3)).toEqual(['(following: file)', `-- a, try 1 (from the file ${path})`]);
	await write('a', 1, 'two\n');
	await vi.waitFor(() => expect(said.at(-1)).toBe('two'), soon);
	world.tasks = [instance('a', 'up_for_retry', 1, 1000)];
	await vi.waitFor(() => expect(said.at(-1)).toBe('(connecting: a is up for retry)'), soon);
	expect(said.at(-2)).toBe('-- a, try 1: up for retry');
	await write('a', 2, 'three\n');
	world.tasks = [instance('a', 'running', 2, 2000)];
	await vi.waitFor(() => expect(said.at(-1)).toBe('three'), soon);
	world.tasks = [instance('a', 'success', 2, 2000)];
	await write('a', 2, 'written after the end');
	await ended;
	expect(said.slice(-3)).toEqual(['written after the end', '-- a, try 2: success', '(ended: a is success)']);
});

test('the file shows before the server does that a try has started', async () => {
	const { world, said } = follow({}, [instance('a', 'queued', 0)]);
	await vi.waitFor(() => expect(said).toEqual(['(connecting: a is queued)']), soon);
	await write('a', 1, 'one\n');
	await vi.waitFor(() => expect(said.at(-1)).toBe('one'), soon);
	// Its state comes later, and changes nothing.
	world.tasks = [instance('a', 'up_for_retry', 1, 1000)];
	await vi.waitFor(() => expect(said.at(-1)).toBe('(connecting: a is up for retry)'), soon);
	await write('a', 2, 'two\n');
	await vi.waitFor(() => expect(said.at(-1)).toBe('two'), soon);
	expect(said.filter(text => text === 'one')).toHaveLength(1);
});

test('an old file of a run that was deleted is not taken for the new one', async () => {
	const path = await write('a', 1, 'of the old run\n');
	const old = new Date(Date.now() - 3_600_000);
	await utimes(path, old, old);
	const { world, said } = follow({}, [instance('a', 'queued', 0)]);
	// Between two requests for its state, the file is checked.
	await vi.waitFor(() => expect(world.asked).toBeGreaterThan(2), soon);
	expect(said).toEqual(['(connecting: a is queued)']);
});

test('a whole run, stage after stage, none left out of those that ran side by side', async () => {
	for (const [task, text] of [
		['a', 'of a'],
		['b', 'of b'],
		['c', 'of c'],
	] as const)
		await write(task, 1, `${text}\n`);
	const { world, said, ended } = follow({ follow: 'run' }, [
		instance('a', 'running', 1, 1000),
		instance('b', null, 0),
		instance('c', null, 0),
	]);
	await vi.waitFor(() => expect(said.at(-1)).toBe('of a'), soon);
	world.tasks = [
		instance('a', 'success', 1, 1000),
		instance('b', 'success', 1, 2000),
		instance('c', 'running', 1, 2500),
	];
	await vi.waitFor(() => expect(said.at(-1)).toBe('of c'), soon);
	world.tasks = world.tasks.map(task => ({ ...task, state: 'success' }));
	await ended;
	expect(said.filter(text => text.startsWith('of '))).toEqual(['of a', 'of b', 'of c']);
	expect(said.at(-1)).toBe('(ended: the DAG run has ended)');
});

test('only one try, also an older one; a try that does not exist', async () => {
	await writeFile(await write('a', 1, 'old\n'), 'old\n');
	const one = follow({ follow: 'try', tryNumber: 1 }, [instance('a', 'success', 2, 2000)]);
	await one.ended;
	expect(one.said).toContain('old');
	const none = follow({ follow: 'try', tryNumber: 5 }, [instance('a', 'success', 2, 2000)]);
	await none.ended;
	expect(none.said).toEqual(['(ended: try 5 has not started: a is success)']);
});

test('a server that does not answer is asked again', async () => {
	let asked = 0;
	const said: string[] = [];
	const deps = {
		clock: systemClock,
		random: () => 0.5,
		airflow: () => null,
		tasks: async () => {
			if (asked++ === 0) throw new ClientError('timeout', quoted('no answer'));
			return [instance('a', 'success', 0)];
		},
		folders: () => [],
		wake: new Wake(),
	};
	for await (const event of followTask(deps, request, { follow: true, forever: false }, stopping.signal))
		said.push(event.type);
	expect(said).toEqual(['failed', 'status']);
});

test('the end of a try is judged by the state', () => {
	expect(isTryOver(instance('a', 'queued', 0), 1)).toBe(false);
	expect(isTryOver(instance('a', 'running', 1), 1)).toBe(false);
	expect(isTryOver(instance('a', 'up_for_retry', 1), 1)).toBe(true);
	expect(isTryOver(instance('a', 'queued', 1), 1)).toBe(false);
	expect(isTryOver(instance('a', 'running', 2), 1)).toBe(true);
	expect(isTryOver(undefined, 1)).toBe(false);
});

test("where Airflow's logs are, from the mounts of the project's containers only", () => {
	const container = (project: string, mounts: [source: string, destination: string][]) => ({
		id: '',
		name: '',
		image: '',
		project,
		service: null,
		configFiles: null,
		workingDirectory: null,
		state: 'running',
		health: 'none',
		createdAt: 0,
		network: 'own' as const,
		replica: null,
		isOneOff: false,
		ports: [],
		mounts: mounts.map(([source, destination]) => ({ type: 'bind', source, destination })),
	});
	expect(
		airflowLogFolders(
			[
				container('other', [['/srv/other', '/opt/airflow/logs']]),
				container('mlops', [
					['/srv/mlops/dags', '/opt/airflow/dags'],
					['/srv/mlops/logs', '/opt/airflow/logs/'],
					['/srv/mlops/all', '/opt/airflow'],
					['', '/opt/airflow/logs'],
				]),
			],
			'mlops',
		),
	).toEqual(['/srv/mlops/logs', '/srv/mlops/all/logs']);
});
