import { expect, test } from 'vitest';
import { servicePart } from '../../source/command-line/facts/services.ts';
import type { Container } from '../../source/model/engine/container.ts';
import { container, now, stateOf } from '../diagnosis/stack.ts';

const partOf = (network: Container['network']) => {
	const state = stateOf(
		{ type: 'containers listed', containers: [container('mlflow', { network })] },
		{
			type: 'container stats',
			sample: {
				id: 'mlflow',
				sampledAt: now,
				cpuTotalNs: 1e9,
				systemCpuNs: 1e12,
				onlineCpus: 2,
				memoryBytes: 2 ** 28,
				memoryLimitBytes: 2 ** 34,
				receivedBytes: 1_200_000,
				sentBytes: 340_000,
				blockReadBytes: 0,
				blockWrittenBytes: 0,
				processes: 9,
			},
		},
	);
	const [service] = Object.values(state.containers);
	if (!service) throw new Error('no service');
	return servicePart(service);
};

test('services --json has the traffic of a container with a network namespace of its own', () => {
	expect(partOf('own')).toMatchObject({ received_bytes: 1_200_000, sent_bytes: 340_000, memory_bytes: 2 ** 28 });
});

// The counters are those of the namespace: another container's, or the whole host's.
test.each(['shared', 'host', 'none'] as const)('services --json has no traffic where the network is %s', network => {
	expect(partOf(network)).toMatchObject({ received_bytes: null, sent_bytes: null, memory_bytes: 2 ** 28 });
});
