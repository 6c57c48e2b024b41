import { expect, test } from 'vitest';
import type { Container } from '../../../../source/model/engine/container.ts';
import type { Fact } from '../../../../source/model/observation.ts';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import { allServices } from '../../../../source/ui/panes/services/service-list.ts';
import { servicesView } from '../../../../source/ui/panes/services/services-view.ts';
import { writer } from '../../../../source/words/write.ts';
import { container, now, stateOf } from '../../../diagnosis/stack.ts';

const sample: Fact = {
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
};

function rowOf(network: Container['network']): string {
	const state = stateOf({ type: 'containers listed', containers: [container('mlflow', { network })] }, sample);
	const view = servicesView({
		state,
		now,
		glyphs: glyphSets.unicode,
		width: 140,
		height: 10,
		focused: false,
		zoomed: false,
		ownProject: 'mlops',
		selected: null,
		shown: allServices,
		marks: [],
		keyOf: () => '',
		language: 'en',
		say: writer('en'),
	});
	const rows = view.rows.map(line => line.map(span => span.text).join(''));
	return rows.find(row => row.includes('mlflow')) ?? '';
}

test('traffic is shown for a container with a network namespace of its own', () => {
	expect(rowOf('own')).toMatch(/1\.2.*\/.*340/);
});

test.each(['shared', 'host', 'none'] as const)('no traffic is shown where the network is %s', network => {
	expect(rowOf(network)).not.toContain('/');
});
