import { expect, test } from 'vitest';
import { servicePart } from '../../source/command-line/facts/services.ts';
import { serviceRows } from '../../source/commands/services/rows.ts';
import type { Container } from '../../source/model/engine/container.ts';
import { listed, oneOff, replica } from '../given/containers.ts';

const parts = (...containers: readonly Container[]) => Object.values(listed(...containers).containers).map(servicePart);

test('replicas are one row with the state of the worst; all else stays as it is', () => {
	const rows = serviceRows(
		parts(
			replica('shop', 'worker', 1),
			replica('shop', 'worker', 2, { state: 'exited', health: 'none' }),
			replica('shop', 'api'),
			oneOff('shop', 'worker', 'shop-worker-run-1'),
			replica('other', 'worker', 1),
			replica('other', 'worker', 2),
			replica('shop', 'worker-2', 1),
		),
	);
	expect(rows.map(({ name, project, verdict }) => [name, project, verdict])).toEqual([
		['worker 1/2', 'shop', 'down'],
		['api', 'shop', 'up'],
		['shop-worker-run-1', 'shop', 'up'],
		['worker 2/2', 'other', 'up'],
		['worker-2', 'shop', 'up'],
	]);
});

test('figures are summed where they are known', () => {
	const [one, two, three] = parts(replica('shop', 'w', 1), replica('shop', 'w', 2), replica('shop', 'w', 3));
	if (!one || !two || !three) throw new Error('no parts');
	const [row] = serviceRows([
		{ ...one, cpu_percent: 10, memory_bytes: 100, restart_count: 1, since: '2026-11-24T14:00:02.000Z' },
		{ ...two, cpu_percent: 20.5, memory_bytes: 50, restart_count: 2, since: '2026-11-24T14:00:01.000Z' },
		three,
	]);
	expect(row).toMatchObject({
		name: 'w 3/3',
		cpu_percent: 30.5,
		memory_bytes: 150,
		restart_count: 3,
		received_bytes: null,
		since: '2026-11-24T14:00:01.000Z',
	});
});
