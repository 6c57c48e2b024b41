import { expect, test, vi } from 'vitest';
import { soon } from '../patience.ts';
import { live } from './program-on-stack.ts';

/** Longer than several pauses of the focused screen while a DAG run is active (1 s), shorter than the unfocused one (15 s), ms. */
const quietMs = 5000;

test('focus reports reach the program: without focus it asks less, and at once when it is back', async () => {
	const { on, term } = await live();
	const asked = () => on.scenario.requests('airflow', '/api/v1/dags');
	on.scenario.triggerRun({ pace: 600 });
	const watched = asked();
	await vi.waitFor(() => expect(asked()).toBeGreaterThan(watched + 2), soon);

	term.write('\u001B[O');
	let last = { count: asked(), at: performance.now() };
	await vi.waitFor(() => {
		if (asked() !== last.count) last = { count: asked(), at: performance.now() };
		expect(performance.now() - last.at).toBeGreaterThan(quietMs);
	}, soon);

	term.write('\u001B[I');
	const back = performance.now();
	await vi.waitFor(() => expect(asked()).toBeGreaterThan(last.count), soon);
	expect(performance.now() - back).toBeLessThan(quietMs);
});
