import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiFor, olderApi } from '../../../source/clients/engine/api-version.ts';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import {
	containersAnswer,
	inspectAnswer,
	readStats,
	versionAnswer,
} from '../../../source/clients/engine/docker-answers.ts';
import { diskUsageAnswer } from '../../../source/clients/engine/docker-disk-usage.ts';
import { eventAnswer } from '../../../source/clients/engine/docker-event-answer.ts';
import { inspectionAnswer } from '../../../source/clients/engine/docker-inspection.ts';
import { type EngineName, startDemo } from '../../../source/demo/index.ts';
import { shareOf } from '../../../source/model/engine/disk-usage.ts';

test('the older of two API versions is spoken', () => {
	expect(olderApi('1.51', '1.41')).toBe('1.41');
	expect(olderApi('1.9', '1.41')).toBe('1.9');
});

test.each([
	['Docker 20.10', '1.41', '1.12', '1.41'],
	['Docker 25', '1.44', '1.24', '1.44'],
	['Docker 26.1, as recorded', '1.45', '1.24', '1.45'],
	['Docker 28.5, as recorded', '1.51', '1.24', '1.51'],
	['Docker 29', '1.52', '1.44', '1.51'],
	['an engine that refuses 1.51', '1.70', '1.60', '1.60'],
	['an engine without a minimum', '1.20', null, '1.20'],
])('%s', (_, newest, oldest, spoken) => {
	expect(apiFor(newest, oldest)).toBe(spoken);
});

test.each<[EngineName, string, string]>([
	['docker-20.10', '20.10.24+dfsg1', '/v1.41/containers/json'],
	['docker-29', '29.0.0', '/v1.51/containers/json'],
	['podman-4.3', 'podman 4.3.1', '/v1.41/containers/json'],
])('an engine like %s accepts what the client sends', async (engine, version, request) => {
	const demo = await startDemo({ autonomous: false, engine });
	try {
		const client = new DockerClient({ kind: 'unix', address: demo.dockerHost, origin: 'test', tlsDirectory: null });
		expect(await client.version()).toBe(version);
		const containers = await client.containers();
		const worker = containers.find(one => one.name === 'airflow-worker');
		expect(worker).toMatchObject({ project: 'mlops', state: 'running', health: 'healthy' });
		expect(demo.scenario.requests('docker', request)).toBeGreaterThan(0);
		expect(shareOf(await client.diskUsage(), 'mlops').volumes).toHaveLength(4);
		expect((await client.processes(worker?.id ?? '')).titles).toContain('PID');
		await client.pause(worker?.id ?? '');
		await client.unpause(worker?.id ?? '');
	} finally {
		await demo.close();
	}
});

test('the answers of a real Docker 28.5 with API 1.51 are read', () => {
	const text = (file: string) =>
		readFileSync(join(import.meta.dirname, '../../fixtures/recorded/docker-28.5', file), 'utf8');
	const json = (file: string): unknown => JSON.parse(text(file));
	expect(versionAnswer.parse(json('version.json'))).toMatchObject({ ApiVersion: '1.51', MinAPIVersion: '1.24' });
	const listed = containersAnswer.parse(json('containers.json'));
	expect(listed.map(({ service, state, health, network }) => [service, state, health, network])).toEqual([
		['worker', 'running', 'none', 'none'],
		['web', 'running', 'none', 'none'],
		['init', 'exited', 'none', 'none'],
		['redis', 'running', 'healthy', 'none'],
	]);
	expect(inspectAnswer.parse(json('inspect.json'))).toMatchObject({ state: 'running', health: 'healthy' });
	expect(inspectionAnswer.parse(json('inspect.json')).health?.probes).toHaveLength(5);
	expect(readStats('a', json('stats.json'), 0)).toMatchObject({ onlineCpus: 2, processes: 1 });
	// Images have no VirtualSize since API 1.44, and their count of containers since 1.51.
	expect(diskUsageAnswer.parse(json('system-df.json')).images[0]).toMatchObject({ bytes: 2_063_232, containers: 4 });
	const events = text('events.ndjson').trim().split('\n');
	expect(events.map(line => eventAnswer.parse(JSON.parse(line))?.action)).toEqual(
		expect.arrayContaining(['kill', 'die', 'start', 'network disconnect']),
	);
	// As in API 1.52, which drops them.
	const without = ({ status: _status, id: _id, from: _from, ...event }: Record<string, unknown>) => event;
	expect(eventAnswer.parse(without(JSON.parse(events[0] ?? '')))?.action).toBe('kill');
});
