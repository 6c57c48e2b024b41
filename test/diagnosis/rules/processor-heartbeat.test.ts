import { expect, test } from 'vitest';
import type { Fact } from '../../../source/model/observation.ts';
import { container, detail, now, only, roots, services } from '../stack.ts';

/** The healthy stack with the DAG processor that Airflow 3 has. */
const processor = 'airflow-dag-processor';
const stack: readonly Fact[] = [
	{ type: 'containers listed', containers: [...services, processor].map(name => container(name)) },
	...[...services, processor].map((name): Fact => ({ type: 'container inspected', detail: detail(name) })),
];
const health = (dagProcessor: string | null, ago: number): Fact => ({
	type: 'airflow health',
	health: {
		metadatabase: 'healthy',
		scheduler: 'healthy',
		schedulerHeartbeatAt: now - 2000,
		dagProcessor,
		dagProcessorHeartbeatAt: dagProcessor === null ? null : now - ago,
	},
});

test('a DAG processor without a heartbeat is found, with what no longer works; a healthy one is not found', () => {
	expect(only('processor heartbeat', ...stack, health('unhealthy', 300_000))[0]).toMatchObject({
		title: 'DAG processor heartbeat is stale',
		fixes: expect.arrayContaining([{ kind: 'container', verb: 'restart', container: processor }]),
	});
	expect(roots(...stack, health('healthy', 1000)).filter(id => String(id).includes('heartbeat'))).toEqual([]);
});

test('a DAG processor in no container of the stack: nothing is reported if containers are known', () => {
	expect(roots(health('unhealthy', 300_000)).filter(id => String(id).includes('heartbeat'))).toEqual([]);
});
