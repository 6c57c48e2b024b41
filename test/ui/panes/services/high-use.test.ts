import { expect, test } from 'vitest';
import type { Fact } from '../../../../source/model/observation.ts';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import { allServices } from '../../../../source/ui/panes/services/service-list.ts';
import { servicesView } from '../../../../source/ui/panes/services/services-view.ts';
import { writer } from '../../../../source/words/write.ts';
import { container, now, stateOf } from '../../../diagnosis/stack.ts';

/** Of one core and of a limit of 1000 bytes; sampled every second. */
type Use = { readonly cpuPercent: number; readonly memoryPercent: number };

function rowWith({ cpuPercent, memoryPercent }: Use, set: keyof typeof glyphSets = 'unicode'): string {
	const sample = (second: number): Fact => ({
		type: 'container stats',
		sample: {
			...{ id: 'mlflow', sampledAt: now - 1000 + second * 1000, onlineCpus: 1 },
			...{ cpuTotalNs: second * cpuPercent * 1e7, systemCpuNs: second * 1e9 },
			...{ memoryBytes: memoryPercent * 10, memoryLimitBytes: 1000, receivedBytes: 0, sentBytes: 0 },
			...{ blockReadBytes: 0, blockWrittenBytes: 0, processes: 9 },
		},
	});
	const state = stateOf({ type: 'containers listed', containers: [container('mlflow')] }, sample(0), sample(1));
	const view = servicesView({
		...{ state, now, glyphs: glyphSets[set], width: 140, height: 10, focused: false, zoomed: false },
		...{ ownProject: 'mlops', selected: null, shown: allServices, marks: [], keyOf: () => '' },
		...{ language: 'en', say: writer('en') },
	});
	return view.rows.map(line => line.map(span => span.text).join('')).find(row => row.includes('mlflow')) ?? '';
}

const busy = { cpuPercent: 82.5, memoryPercent: 93 };
const idle = { cpuPercent: 2.5, memoryPercent: 3 };

test.each(['unicode', 'narrow', 'ascii'] as const)('high use has a mark besides its colour: %s', set => {
	expect(rowWith(busy, set)).toMatch(/ !82\.5% .* !93\.0% /);
	expect(rowWith(idle, set)).not.toContain('!');
});

test('the mark takes no width', () => {
	expect(rowWith(busy)).toHaveLength(rowWith(idle).length);
	expect(rowWith({ cpuPercent: 1600, memoryPercent: 100 })).toMatch(/ !1600% .* !100% /);
});
