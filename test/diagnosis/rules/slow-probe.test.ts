import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../source/model/observation.ts';
import {
	check,
	container,
	detail,
	health,
	minute,
	now,
	only,
	services,
	setup,
	stages,
	tasksFetched,
} from '../stack.ts';

const timedOut = 'Health check exceeded timeout (10s)';

/** A container whose last probes failed with this output, and the command of its health check. */
function unhealthy(name: string, test: string, output: string): Fact[] {
	const probe = { startedAt: now - 40_000, endedAt: now - 30_000, exitCode: -1, output };
	return [
		{
			type: 'containers listed',
			containers: services.map(one => container(one, one === name ? { health: 'unhealthy' } : {})),
		},
		{
			type: 'container inspected',
			detail: detail(name, { health: 'unhealthy', failingStreak: 3, probes: [probe, probe, probe] }),
		},
		check({ check: 'setup', setup: setup({ healthTest: test, healthTimeoutMs: 10_000 }) }, name),
	];
}

const busy: Fact[] = [1, 2].map(second => ({
	type: 'container stats',
	sample: {
		id: 'mlflow',
		sampledAt: now - 3000 + 1000 * second,
		cpuTotalNs: 2e9 * second,
		systemCpuNs: 2e9 * second,
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

const jobs = 'airflow jobs check --job-type SchedulerJob --hostname "$${HOSTNAME}"';
const ping =
	'celery --app airflow.providers.celery.executors.celery_executor.app inspect ping -d "celery@$${HOSTNAME}"';

test('a scheduler that beats, with a probe that is too slow: the probe is to blame', () => {
	const [found] = only('container unhealthy', ...unhealthy('airflow-scheduler', jobs, timedOut), health(3000));
	expect(found).toMatchObject({
		severity: 'warning',
		cause: 'The health check starts Python on each probe and did not finish within 10s',
		fixes: [{ kind: 'advice' }, { kind: 'look', at: 'inspect' }],
	});
});

describe('a worker whose probe is too slow', () => {
	const timeouts = [timedOut, 'Error: No nodes replied within time constraint'];
	const ended = tasksFetched(
		stages.map(() => 'success'),
		'newest',
		[{ endedAt: now - 5000 }],
	);
	const pinged = (answers: boolean, agoMs = 5000) => ({
		at: now - agoMs,
		fact: check({ check: 'celery ping', answers, lines: [], tookMs: 1 }),
	});
	/** Unhealthy for 10 s. */
	const worker = (output: string) => unhealthy('airflow-worker', ping, output);

	test.each(timeouts)('works when its tasks end, or when it answers a ping since: %s', output => {
		expect(only('container unhealthy', ...worker(output), ended)[0]?.cause).toMatch(/starts Python on each probe/);
		expect(only('container unhealthy', ...worker(output), pinged(true))[0]?.cause).toMatch(/starts Python/);
		expect(only('container unhealthy', ...worker(output), pinged(false))[0]?.cause).not.toMatch(/Python/);
	});

	test('is not judged before it was asked', () => {
		expect(only('container unhealthy', ...worker(timedOut), pinged(true, 60_000))).toEqual([]);
		const long = worker(timedOut).map(fact => ({ at: now - 2 * minute, fact }));
		expect(only('container unhealthy', ...long)).toHaveLength(1);
		// It has lasted long, but a laketop that started 10 s ago has not pinged yet.
		expect(only('container unhealthy', ...long, pinged(true, 3 * minute))).toEqual([]);
	});

	test('is not judged by the silence of a ping that began before', () => {
		const ping = { ...pinged(false), fact: { ...pinged(false).fact, askedAt: now - 30_000 } };
		expect(only('container unhealthy', ...worker(timedOut), ping)).toEqual([]);
		const later = { ...pinged(false), fact: { ...pinged(false).fact, askedAt: now - 8000 } };
		expect(only('container unhealthy', ...worker(timedOut), later)[0]?.cause).not.toMatch(/Python/);
	});

	test('is taken for overloaded where all processors are busy', () => {
		const long = worker(timedOut).map(fact => ({ at: now - 2 * minute, fact }));
		expect(only('container unhealthy', ...long, ...busy)[0]).toMatchObject({
			cause: expect.stringMatching(/starts Python/),
			evidence: expect.arrayContaining(['Containers use 200% of the 200% CPU of this host']),
		});
	});
});

test('a service that does not work, or whose probe fails otherwise, is to blame itself', () => {
	const failing = unhealthy('airflow-scheduler', jobs, 'No alive jobs found.');
	expect(only('container unhealthy', ...failing, health(3000))[0]?.severity).toBe('critical');
	const cheap = unhealthy('airflow-scheduler', 'curl --fail localhost:8974/health', timedOut);
	expect(only('container unhealthy', ...cheap, health(3000))[0]?.severity).toBe('critical');
	const stuck = unhealthy('airflow-scheduler', jobs, timedOut);
	expect(only('container unhealthy', ...stuck, health(5 * minute))).toEqual([]);
});
