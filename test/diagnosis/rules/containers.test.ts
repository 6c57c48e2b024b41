import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import { replicasName } from '../../../source/diagnosis/replica.ts';
import type { Container, ContainerDetail } from '../../../source/model/engine/container.ts';
import type { Fact } from '../../../source/model/observation.ts';
import type { StackState } from '../../../source/model/state.ts';
import { commandOfFix } from '../../../source/selectors/printed-commands/fix-command.ts';
import { render } from '../../../source/words/message.ts';
import { oneOff, replica } from '../../given/containers.ts';
import { optionsOf } from '../../given/stack-options.ts';
import {
	check,
	container,
	detail,
	diagnosisOptions,
	findings,
	minute,
	now,
	only,
	services,
	setup,
	stateOf,
	type Timed,
	task,
} from '../stack.ts';

/** The list and the inspection of one container that differs from the healthy one. */
function changed(name: string, as: Partial<Container>, more: Partial<ContainerDetail> = {}): Timed[] {
	const at = now - 20_000;
	return [
		{
			at,
			fact: {
				type: 'containers listed',
				containers: services.map(service => container(service, service === name ? as : {})),
			},
		},
		{
			at,
			fact: {
				type: 'container inspected',
				detail: detail(name, { state: as.state ?? 'running', health: as.health ?? 'healthy', ...more }),
			},
		},
	];
}

const ended = (name: string, more: Partial<ContainerDetail>) =>
	changed(name, { state: 'exited', health: 'none' }, { finishedAt: now - 20_000, ...more });

const died = (name: string, happenedAt: number, exitCode: number): Timed => ({
	at: happenedAt,
	fact: {
		type: 'container event',
		event: { id: name, name, action: 'die', project: 'mlops', service: name, exitCode, happenedAt },
	},
});
const started = (name: string, happenedAt: number): Timed => ({
	at: happenedAt,
	fact: {
		type: 'container event',
		event: { id: name, name, action: 'start', project: 'mlops', service: name, exitCode: null, happenedAt },
	},
});
const wrote = (name: string, ...lines: string[]): Fact => check({ check: 'last lines', lines, of: 'x' }, name);

test('a container stopped by hand, and how to start it', () => {
	const [found] = only('container exited', ...ended('airflow-worker', { exitCode: 0 }));
	expect(found).toMatchObject({
		subject: 'airflow-worker',
		severity: 'critical',
		title: 'airflow-worker exited',
		cause: 'Stopped manually',
	});
	expect(found?.fixes[0]).toEqual({ kind: 'container', verb: 'start', container: 'airflow-worker' });
});

test.each([
	[{ exitCode: 137 }, /^Killed from outside/],
	[{ exitCode: 137, oomKilled: true }, /^OOM-killed$/],
	[{ exitCode: 1, restartPolicy: 'no' }, /The process crashed: .*Address family not supported/],
	[{ exitCode: 0, restartPolicy: 'on-failure' }, /ran to completion/],
])('an end with %j', (end, cause) => {
	const lines = wrote('mlflow', 'starting', '[2026] {x.py:1} ERROR - Address family not supported', 'bye');
	expect(only('container exited', ...ended('mlflow', end), lines)[0]?.cause).toMatch(cause);
});

test('a restart is no end: the moment between is waited for', () => {
	expect(only('container exited', died('mlflow', now - 1000, 143))).toEqual([]);
	expect(only('container exited', died('mlflow', now - 5000, 143))).toHaveLength(1);
});

test('a container that runs once and succeeds is not missed', () => {
	const init = container('airflow-init', { state: 'exited', health: 'none' });
	const list: Fact = { type: 'containers listed', containers: [...services.map(name => container(name)), init] };
	const seen: Fact = { type: 'container inspected', detail: detail('airflow-init', { state: 'exited', exitCode: 0 }) };
	expect(findings(list, seen)).toEqual([]);
});

test.each([
	[0, []],
	[1, ['seed exited']],
])('what another service waits to complete, and ended with %i', (exitCode, titles) => {
	const seed = container('seed', { state: 'exited', health: 'none' });
	const waits = container('orders', { startsAfterEndOf: ['seed'] });
	const list: Fact = {
		type: 'containers listed',
		containers: [...services.map(name => container(name)), seed, waits],
	};
	const seen: Fact = { type: 'container inspected', detail: detail('seed', { state: 'exited', exitCode }) };
	expect(findings(list, seen).map(({ title }) => render(title, 'en'))).toEqual(titles);
});

test('a port that is taken is named, instead of an end', () => {
	const error =
		'driver failed programming external connectivity on endpoint airflow-webserver (0a1b): Bind for 127.0.0.1:8082 failed: port is already allocated';
	const facts = changed('airflow-webserver', { state: 'created', health: 'none' }, { error });
	expect(only('port taken', ...facts)[0]).toMatchObject({
		title: 'airflow-webserver cannot start: port 8082 is already in use',
		fixes: [
			{ kind: 'type', command: "ss -ltnp 'sport = :8082'" },
			{ kind: 'container', verb: 'start' },
		],
	});
	expect(only('container created', ...facts)).toEqual([]);
	const other = 'listen tcp4 0.0.0.0:5000: bind: address already in use';
	expect(only('port taken', ...ended('mlflow', { error: other }))[0]?.title).toContain('port 5000');
	expect(only('port taken')).toEqual([]);
});

test('a container that was created and not started', () => {
	const facts = changed('mlflow', { state: 'created', health: 'none' }, { error: 'no such image' });
	expect(only('container created', ...facts)[0]?.cause).toContain('no such image');
	const young = changed('mlflow', { state: 'created', health: 'none', createdAt: now - minute });
	expect(only('container created', ...young)).toEqual([]);
});

test('a loop: three exits within five minutes, reported with its last lines', () => {
	const loop = [1, 2, 3].flatMap(n => [
		died('airflow-scheduler', now - 80_000 + n * 20_000, 1),
		started('airflow-scheduler', now - 79_000 + n * 20_000),
	]);
	const facts = [...loop, wrote('airflow-scheduler', "ValueError: Unable to configure handler 'processor'")];
	expect(only('restart loop', ...facts)[0]).toMatchObject({
		title: 'airflow-scheduler is in a restart loop',
		cause: expect.stringContaining("Unable to configure handler 'processor'"),
	});
});

test('ordered restarts are no loop, and one that has stayed up has left it', () => {
	const restarts = [1, 2, 3, 4].flatMap(n => [
		died('mlflow', now - 200_000 + n * 40_000, 143),
		started('mlflow', now - 199_000 + n * 40_000),
	]);
	expect(only('restart loop', ...restarts)).toEqual([]);
	const crashes = [1, 2, 3].map(n => died('mlflow', now - 280_000 + n * 20_000, 1));
	const up = changed('mlflow', {}, { startedAt: now - 200_000, restartCount: 3 });
	expect(only('restart loop', ...crashes, ...up)).toEqual([]);
});

test('a loop that began before laketop did', () => {
	const state = { state: 'restarting', health: 'none' };
	expect(only('restart loop', ...changed('mlflow', state, { restartCount: 7, exitCode: 2 }))).toHaveLength(1);
	expect(only('restart loop', ...changed('mlflow', state, { restartCount: 0 }))).toEqual([]);
});

test('an end after hours is no loop, however often it was restarted in the weeks before', () => {
	const times = { startedAt: now - 60 * minute, finishedAt: now - 1000 };
	const restarting = { state: 'restarting', health: 'none' };
	const count = { restartCount: 7, exitCode: 1 };
	expect(only('restart loop', ...changed('mlflow', restarting, { ...count, ...times }))).toEqual([]);
	// Its exit and restart were seen; the engine has replaced its start time.
	const up = changed('mlflow', {}, { ...count, startedAt: now - 60 * minute });
	const again = [...up, died('mlflow', now - 3000, 1), started('mlflow', now - 2000)];
	expect(only('restart loop', ...again)).toEqual([]);
	const soon = { startedAt: now - 20_000, finishedAt: now - 1000 };
	expect(only('restart loop', ...changed('mlflow', restarting, { ...count, ...soon }))).toHaveLength(1);
});

test("unhealthy, with the probe's own words", () => {
	const probes = [{ startedAt: now - 12_000, endedAt: now - 11_000, exitCode: 1, output: 'connection refused' }];
	const facts = changed('airflow-redis', { health: 'unhealthy' }, { failingStreak: 3, probes });
	expect(only('container unhealthy', ...facts)[0]).toMatchObject({
		title: 'airflow-redis is unhealthy',
		cause: 'The health check fails: connection refused',
		evidence: expect.arrayContaining(['connection refused']),
	});
	expect(only('container unhealthy', ...changed('airflow-redis', { health: 'starting' }))).toEqual([]);
});

test('a probe that runs out of time says that the program hangs', () => {
	const probes = [{ startedAt: 0, endedAt: 0, exitCode: -1, output: 'Health check exceeded timeout (5s)' }];
	const facts = changed('airflow-postgres', { health: 'unhealthy' }, { failingStreak: 3, probes });
	expect(only('container unhealthy', ...facts)[0]?.cause).toMatch(/hangs/);
});

test('a paused container is let go on', () => {
	const [found] = only('container paused', ...changed('airflow-worker', { state: 'paused' }));
	expect(found?.fixes).toEqual([{ kind: 'container', verb: 'unpause', container: 'airflow-worker' }]);
	expect(only('container paused')).toEqual([]);
	// States are words of the language, not of Docker.
	const paused = findings(...changed('airflow-worker', { state: 'paused' })).find(
		({ rule }) => rule === 'container paused',
	);
	const [state] = paused?.evidence ?? [];
	expect(state && render(state.message, 'ko')).toBe('airflow-worker의 상태는 일시 중지됨, 정상입니다');
});

test('a service of the Compose file without a container', () => {
	const list: Fact = {
		type: 'containers listed',
		containers: services.filter(name => name !== 'airflow-worker').map(name => container(name)),
	};
	expect(only('container missing', list)[0]).toMatchObject({
		title: 'airflow-worker has no container',
		fixes: [{ kind: 'compose', verb: 'up', services: ['airflow-worker'] }],
	});
	expect(only('container missing')).toEqual([]);
	// Scaled to zero in the file: it has no container on purpose.
	const hashes = Object.fromEntries(services.map(name => [name, 'hash']));
	const file = check({ check: 'compose file', hashes, images: {}, withoutReplicas: ['airflow-worker'] });
	expect(only('container missing', list, file)).toEqual([]);
});

test('a stack that is not up at all', () => {
	const [found] = only('stack missing', { type: 'containers listed', containers: [] });
	expect(found?.fixes).toEqual([{ kind: 'compose', verb: 'up', services: [] }]);
	expect(only('stack missing')).toEqual([]);
});

describe('a project asked for by name that has no container', () => {
	const unknown = { url: null, origin: 'unknown', container: null, gap: 'no project' } as const;
	const asked = (containers: Container[], otherProjects: string[], more: Partial<StackState> = {}) => {
		const facts: Fact[] = [
			{ type: 'containers listed', containers },
			{
				type: 'stack discovered',
				project: 'nosuch',
				projectOrigin: 'given',
				otherProjects,
				servers: { airflow: unknown, mlflow: unknown },
				endpoints: [],
			},
		];
		const options = optionsOf('--docker-host', 'tcp://h:2375', '--project', 'nosuch');
		const state = { ...stateOf(...facts), stackOptions: options, ...more };
		const [found] = diagnose(state, now, { ...diagnosisOptions, project: 'nosuch' });
		if (!found) throw new Error('nothing found');
		const words = (['en', 'ko'] as const).map(language =>
			[found.title, found.cause, found.reason].map(message => message && render(message, language)).join(' | '),
		);
		return { words, commands: found.fixes.map(({ action }) => commandOfFix(action, { state })) };
	};
	const mlops = container('airflow-worker');
	const lakehouse = container('trino', { project: 'lakehouse' });

	test('names the projects found, and passes the one with Airflow; nothing is brought up', () => {
		const { words, commands } = asked([lakehouse, mlops, container('x', { isOneOff: true })], ['mlops']);
		expect(words[0]).toMatch(
			/^Project nosuch has no containers on this Docker Engine \| .*misspelled.* mlops, lakehouse$/,
		);
		expect(words[1]).toMatch(/nosuch.*mlops, lakehouse$/);
		expect(commands).toEqual(['laketop --docker-host tcp://h:2375 --project mlops doctor']);
	});

	test('gives only advice if no project runs Airflow', () => {
		expect(asked([lakehouse], []).commands).toEqual([null]);
	});

	test('is brought up from its configured file only, under its name', () => {
		expect(asked([mlops], ['mlops'], { composeFiles: ['/srv/n/compose.yml'] }).commands).toEqual([
			'laketop --docker-host tcp://h:2375 --project mlops doctor',
			'docker -H tcp://h:2375 compose -f /srv/n/compose.yml -p nosuch up -d',
		]);
	});

	test('on an engine without any project the command to bring it up names file and project', () => {
		expect(asked([], []).commands).toEqual([
			'docker -H tcp://h:2375 compose -f docker-compose-mlops.yml -p nosuch up -d',
		]);
	});
});

test('a service without a health check is a warning', () => {
	const facts = check({ check: 'setup', setup: setup({ hasHealthCheck: false }) }, 'mlflow');
	expect(only('health check missing', facts)[0]).toMatchObject({ severity: 'warning', subject: 'mlflow' });
	expect(only('health check missing')).toEqual([]);
});

describe('a health check that never runs', () => {
	const engine = (version: string): Timed => ({
		at: now - 60 * minute,
		fact: { type: 'source connected', source: 'docker', version, address: 'unix:///run/podman/podman.sock' },
	});
	const starting = (startedAt: number) => changed('mlflow', { health: 'starting' }, { startedAt });
	const facts = (version: string, startedAt: number) => [
		engine(version),
		...starting(startedAt),
		{ at: now, fact: check({ check: 'setup', setup: setup({ healthDecidesMs: 5 * minute }) }, 'mlflow') },
	];

	test('is reported on Podman once every check would have ended', () => {
		expect(only('health check idle', ...facts('podman 4.3.1', now - 10 * minute))[0]).toMatchObject({
			severity: 'warning',
			subject: 'mlflow',
		});
	});

	test('is not reported while it may still decide, or on Docker, which runs them itself', () => {
		expect(only('health check idle', ...facts('podman 4.3.1', now - 5 * minute))).toEqual([]);
		expect(only('health check idle', ...facts('20.10.24', now - 10 * minute))).toEqual([]);
	});
});

const used = (memoryBytes: number): Fact => ({
	type: 'container stats',
	sample: {
		id: 'airflow-worker',
		sampledAt: now,
		cpuTotalNs: 0,
		systemCpuNs: 0,
		onlineCpus: 2,
		memoryBytes,
		memoryLimitBytes: 16 * 2 ** 30,
		receivedBytes: 0,
		sentBytes: 0,
		blockReadBytes: 0,
		blockWrittenBytes: 0,
		processes: 1,
	},
});

test('memory near the own limit; the memory of the host is no limit', () => {
	const limited = check({ check: 'setup', setup: setup({ memoryLimitBytes: 2 ** 30 }) }, 'airflow-worker');
	expect(only('memory near limit', limited, used(0.95 * 2 ** 30))[0]?.evidence).toEqual(['973 MiB of 1.0 GiB (95%)']);
	expect(only('memory near limit', limited, used(0.5 * 2 ** 30))).toEqual([]);
	expect(only('memory near limit', used(15.9 * 2 ** 30))).toEqual([]);
});

test('a task killed for want of memory: the event and the task are put together', () => {
	const oom: Timed = {
		at: now - 60_000,
		fact: {
			type: 'container event',
			event: {
				id: 'airflow-worker',
				name: 'airflow-worker',
				action: 'oom',
				project: 'mlops',
				service: 'airflow-worker',
				exitCode: null,
				happenedAt: now - 60_000,
			},
		},
	};
	const failed: Fact = {
		type: 'task instances fetched',
		dagId: 'ml_pipeline_end_to_end',
		dagRunId: 'newest',
		taskInstances: [task('model_training', 'failed', { endedAt: now - 55_000 })],
	};
	expect(only('oom killed', oom, failed)[0]?.evidence.join('\n')).toMatch(/model_training of DAG run newest ended/);
	expect(only('oom killed', failed)).toEqual([]);
});

test('drift of the Compose file and of the image', () => {
	const file = (hash: string, image: string) =>
		check({
			check: 'compose file',
			hashes: { ...Object.fromEntries(services.map(name => [name, 'hash'])), 'airflow-worker': hash },
			images: { 'apache/airflow:2.8.0-python3.11': image },
		});
	expect(only('drift', file('other', 'sha256:1'))).toMatchObject([
		{ subject: 'compose file', severity: 'warning', cause: expect.stringContaining('Compose file') },
	]);
	expect(only('drift', file('hash', 'sha256:2'))).toMatchObject([
		{
			title: 'airflow-scheduler, airflow-webserver, airflow-worker differ from their Compose file',
			fixes: [{ services: ['airflow-scheduler', 'airflow-webserver', 'airflow-worker'] }],
		},
	]);
	expect(only('drift')).toEqual([]);
});

test('a log driver that gives nothing back', () => {
	const facts = check({ check: 'setup', setup: setup({ logDriver: 'none' }) }, 'mlflow');
	expect(only('log driver', facts)[0]?.cause).toContain('none');
	expect(only('log driver')).toEqual([]);
});

test('one container cut off from the network of all others', () => {
	const facts = check({ check: 'setup', setup: setup({ networks: [] }) }, 'airflow-worker');
	expect(only('network disconnected', facts)[0]).toMatchObject({
		title: 'airflow-worker is disconnected from the stack network',
		fixes: [
			{ kind: 'connect', network: 'mlops_default', container: 'airflow-worker', alias: 'airflow-worker' },
			{ kind: 'container', verb: 'restart' },
		],
	});
	// Networks that only some containers share are intended.
	const extra = ['mlflow', 'airflow-worker'].map(name =>
		check(
			{
				check: 'setup',
				setup: setup({
					networks: [
						{ name: 'mlops_default', aliases: [] },
						{ name: 'ml', aliases: [] },
					],
				}),
			},
			name,
		),
	);
	expect(only('network disconnected', ...extra)).toEqual([]);
});

test.each(['host', 'shared', 'none'] as const)('a container whose network is %s by design is not cut off', network => {
	const facts = changed('airflow-worker', { network });
	const none = check({ check: 'setup', setup: setup({ networks: [] }) }, 'airflow-worker');
	expect(only('network disconnected', ...facts, none)).toEqual([]);
});

test('a stack that was stopped as a whole is one finding', () => {
	const at = now - 60_000;
	const facts: Timed[] = [
		{
			at,
			fact: {
				type: 'containers listed',
				containers: services.map(name => container(name, { state: 'exited', health: 'none' })),
			},
		},
		...services.map(
			(name): Timed => ({
				at,
				fact: { type: 'container inspected', detail: detail(name, { state: 'exited', finishedAt: at }) },
			}),
		),
	];
	expect(only('stack stopped', ...facts)[0]?.fixes).toEqual([{ kind: 'compose', verb: 'up', services: [] }]);
	expect(findings(...facts).flatMap(({ id, explainedBy }) => (explainedBy === null ? [id] : []))).toEqual([
		'stack stopped mlops',
	]);
	expect(only('stack stopped', ...ended('mlflow', { exitCode: 0 }))).toEqual([]);
});

/** The stack with two workers and other containers, seen a while ago. */
function scaled(worker2: Partial<Container>, more: readonly Container[] = []): Timed[] {
	const at = now - 20_000;
	const workers = [
		replica('mlops', 'airflow-worker', 1, { image: 'apache/airflow:2.8.0' }),
		replica('mlops', 'airflow-worker', 2, { image: 'apache/airflow:2.8.0', ...worker2 }),
	];
	const others = services.filter(service => service !== 'airflow-worker').map(service => container(service));
	const containers = [...others, ...workers, ...more];
	return [
		{ at, fact: { type: 'containers listed', containers } },
		...[...workers, ...more].map(
			({ id, state, health }): Timed => ({
				at,
				fact: {
					type: 'container inspected',
					detail: detail(id, {
						state,
						health,
						...(state === 'exited' ? { finishedAt: now - 600_000, exitCode: 1 } : {}),
					}),
				},
			}),
		),
	];
}

test('one of two workers ended: it is named, and the stack still has a worker', () => {
	const all = findings(...scaled({ state: 'exited', health: 'none' }));
	expect(all).toHaveLength(1);
	const [found] = all;
	expect(found).toMatchObject({
		rule: 'container exited',
		subject: 'airflow-worker',
		title: { params: { service: replicasName([{ service: 'airflow-worker', number: 2, of: 2 }]) } },
		impact: [{ key: 'impact.replica' }],
	});
	expect(found?.fixes[0]?.action).toMatchObject({ kind: 'container', container: 'mlops-airflow-worker-2' });
});

test('one of two workers unhealthy explains nothing that both would have to fail for', () => {
	const found = findings(...scaled({ health: 'unhealthy' }));
	expect(found.map(({ subject, explainedBy }) => [subject, explainedBy])).toEqual([['airflow-worker', null]]);
});

test('one-off containers are no services: finished, failed or running they are no finding', () => {
	const runs = [
		oneOff('mlops', 'airflow-worker', 'aaa-run', { state: 'exited' }),
		oneOff('mlops', 'airflow-scheduler', 'aab-run', { health: 'unhealthy' }),
		oneOff('mlops', 'airflow-redis', 'aac-run', { state: 'paused' }),
		oneOff('mlops', 'airflow-init', 'aad-run', { state: 'created' }),
	];
	expect(findings(...scaled({}, runs))).toEqual([]);
	// Nor do they count for the service of which they were made.
	const [list] = scaled({}, runs);
	if (list === undefined || !('fact' in list) || list.fact.type !== 'containers listed') throw new Error('no list');
	const without = list.fact.containers.filter(({ service, isOneOff }) => isOneOff || service !== 'airflow-worker');
	const missing = findings({ at: list.at, fact: { type: 'containers listed', containers: without } });
	expect(missing.map(({ rule, subject }) => [rule, subject])).toContainEqual(['container missing', 'airflow-worker']);
});
