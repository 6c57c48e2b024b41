import { expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import { isDefaultSocket } from '../../../source/model/engine/engine-address.ts';
import { render } from '../../../source/words/message.ts';
import { check, diagnosisOptions, failed, now, only, setup, stateOf } from '../stack.ts';

test.each([
	['permission', /no permission to use the Docker socket/],
	['unreachable', /is not running/],
] as const)('the engine: %s', (kind, cause) => {
	expect(only('engine unreachable', failed('containers', kind, 'Docker at unix:///x: no'))[0]?.cause).toMatch(cause);
	expect(only('engine unreachable')).toEqual([]);
});

test.each([
	['DOCKER_HOST', 'tcp://host:2375', ['advice']],
	['--docker-host', 'unix:///nowhere', ['advice']],
	['default socket', 'unix:///var/run/docker.sock', ['type']],
	['DOCKER_HOST', 'unix:///run/docker.sock', ['type']],
] as const)('an engine that is unreachable at the address of %s, %s', (origin, address, kinds) => {
	const isDefault = isDefaultSocket({ address });
	const state = { ...stateOf(failed('containers', 'unreachable', 'no')), engine: { address, origin, isDefault } };
	const [finding] = diagnose(state, now, diagnosisOptions).filter(({ rule }) => rule === 'engine unreachable');
	expect(finding?.fixes.map(({ action }) => action.kind)).toEqual(kinds);
	if (isDefault) return;
	const words = finding?.fixes.map(({ message }) => render(message, 'en'));
	expect(words).toEqual([`Check the Docker Engine address ${address} (set by ${origin})`]);
});

test.each([
	['unreachable', 'unix:///run/user/1000/podman/podman.sock', 'systemctl --user start podman.socket'],
	['unreachable', 'unix:///run/podman/podman.sock', 'sudo systemctl start podman.socket'],
	['permission', 'unix:///run/podman/podman.sock', null],
	['permission', 'unix:///var/run/docker.sock', 'sudo usermod -aG docker "$USER"'],
] as const)('the fix of an engine that is %s at %s', (kind, address, command) => {
	const engine = { address, origin: 'default socket', isDefault: isDefaultSocket({ address }) };
	const state = { ...stateOf(failed('containers', kind, 'no')), engine };
	const [finding] = diagnose(state, now, diagnosisOptions).filter(({ rule }) => rule === 'engine unreachable');
	const [action] = finding?.fixes.map(one => one.action) ?? [];
	expect(action?.kind === 'type' ? action.command : null).toBe(command);
});

const gib = 2 ** 30;
const disk = (
	freeBytes: number,
	totalBytes: number,
	freeInodes = 900,
	totalInodes = 1000,
	growthBytesPerHour: number | null = null,
) =>
	check({
		check: 'disk',
		places: [{ path: '/data', freeBytes, totalBytes, freeInodes, totalInodes, growthBytesPerHour }],
	});

test.each([
	[1 * gib, 100 * gib, 'critical'],
	[8 * gib, 100 * gib, 'warning'],
	[0, 100 * gib, 'critical'],
	[20 * 2 ** 20, 2 * gib, 'critical'],
] as const)('%s of %s bytes free is %s', (free, total, severity) => {
	expect(only('disk full', disk(free, total))).toMatchObject([{ severity, subject: '/data' }]);
});

test('a large disk with much room left is not nearly full, whatever the share', () => {
	expect(only('disk full', disk(300 * gib, 4000 * gib))).toEqual([]);
	expect(only('disk full', disk(50 * gib, 100 * gib))).toEqual([]);
});

test('inodes used up; a file system without a number of them has enough', () => {
	expect(only('inodes exhausted', disk(50 * gib, 100 * gib, 10, 1000))).toMatchObject([{ severity: 'warning' }]);
	expect(only('inodes exhausted', disk(50 * gib, 100 * gib, 0, 1000))).toMatchObject([{ severity: 'critical' }]);
	expect(only('inodes exhausted', disk(50 * gib, 100 * gib, 0, 0))).toEqual([]);
});

test('clocks that differ by more than the travel of the answer', () => {
	const engine = (clockAheadMs: number, uncertainMs = 20) =>
		check({ check: 'engine', clockAheadMs, uncertainMs, memoryBytes: 1, rootFolder: '/' });
	expect(only('clock skew', engine(-42_000))[0]?.evidence).toEqual(['Clock of Docker: -42s']);
	expect(only('clock skew', engine(6000, 3000))).toEqual([]);
	expect(only('clock skew', engine(900))).toEqual([]);
});

test('a disk that will be full before the day is over', () => {
	expect(only('disk filling', disk(60 * gib, 300 * gib, 900, 1000, 20 * gib))[0]?.evidence).toEqual([
		'20 GiB per hour; 60 GiB free, full in about 3h',
	]);
	expect(only('disk filling', disk(60 * gib, 300 * gib, 900, 1000, 2 * gib))).toEqual([]);
	expect(only('disk filling', disk(60 * gib, 300 * gib, 900, 1000, -20 * gib))).toEqual([]);
	// It is nearly full already, which is reported.
	expect(only('disk filling', disk(1 * gib, 300 * gib, 900, 1000, 20 * gib))).toEqual([]);
});

test('the memory of the host', () => {
	const memory = (availableBytes: number) =>
		check({ check: 'host memory', totalBytes: 16 * gib, availableBytes, swapBytes: 0, swapFreeBytes: 0 });
	expect(only('host memory low', memory(0.5 * gib))).toMatchObject([{ severity: 'critical' }]);
	expect(only('host memory low', memory(4 * gib))).toEqual([]);
});

test('a container that stands at its CPU limit; the limit of the host is none', () => {
	const used = Array.from({ length: 17 }, (_, step) => ({
		type: 'container stats' as const,
		sample: {
			id: 'airflow-worker',
			sampledAt: now + step * 2000,
			cpuTotalNs: step * 1e9,
			systemCpuNs: step * 4e9,
			onlineCpus: 2,
			memoryBytes: 1,
			memoryLimitBytes: 2,
			receivedBytes: 0,
			sentBytes: 0,
			blockReadBytes: 0,
			blockWrittenBytes: 0,
			processes: 1,
		},
	}));
	const limited = (cpuLimit: number | null) => check({ check: 'setup', setup: setup({ cpuLimit }) }, 'airflow-worker');
	expect(only('cpu at limit', ...used, limited(0.5))[0]?.evidence).toEqual([
		'CPU usage stays at 50%, the limit is 50%',
	]);
	expect(only('cpu at limit', ...used, limited(1))).toEqual([]);
	expect(only('cpu at limit', ...used, limited(null))).toEqual([]);
});

test('an API that accepts only sessions', () => {
	const backends = (value: string) =>
		check({ check: 'setup', setup: setup({ settings: { AIRFLOW__API__AUTH_BACKENDS: value } }) }, 'airflow-webserver');
	const session = 'airflow.api.auth.backend.session';
	expect(only('session auth only', backends(session))).toMatchObject([{ severity: 'warning' }]);
	expect(only('session auth only', backends(`${session},airflow.api.auth.backend.basic_auth`))).toEqual([]);
	expect(only('session auth only')).toEqual([]);
});
