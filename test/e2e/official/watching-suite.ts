/** What watching costs Airflow's server: CPU time of its container while laketop's screen is open, and while it is not. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Difference, difference } from '../../../bench/statistics.ts';
import type { OpenTerminal } from '../../terminal/harness.ts';
import type { Generation } from '../airflow-api.ts';
import { cpuSeconds } from '../cpu.ts';
import { long } from '../screen.ts';
import { until } from '../stack.ts';
import type { OfficialStack } from './official-stack.ts';

/** LAKETOP_COST_S: length of a window, s; without it nothing is measured. 30 takes two and a half minutes. */
const seconds = Number(process.env.LAKETOP_COST_S ?? 0);
/** The health check of the container, every 3 s, is in each slice twice. */
const sliceMs = 6000;
/** What the screen may add, % of a core. */
const bounds = { idle: 1, active: 5 };
/** A window with more noise than this part of the bound says nothing. */
const noiseAllowed = 0.4;
/** What the screen added, % of a core. */
type Added = Difference & { readonly shown: string };

/** % of a core in each slice of a window. */
async function slices(server: string): Promise<number[]> {
	const found: number[] = [];
	let [before, at] = [await cpuSeconds(server), performance.now()];
	for (let left = Math.round((seconds * 1000) / sliceMs); left > 0; left--) {
		await delay(sliceMs);
		const [after, now] = [await cpuSeconds(server), performance.now()];
		found.push(((after - before) / ((now - at) / 1000)) * 100);
		[before, at] = [after, now];
	}
	return found;
}

function added(without: readonly number[], watched: readonly number[]): Added {
	const list = (figures: readonly number[]) => figures.map(figure => figure.toFixed(2)).join(' ');
	return { ...difference(without, watched), shown: `${list(without)} unwatched, ${list(watched)} watched` };
}

/** Both states, in an order that opens the screen once. */
async function measure(
	{ api, project, server, version }: OfficialStack,
	open: () => Promise<OpenTerminal>,
): Promise<{ idle: Added; active: Added }> {
	const container = `${project}-${server}-1`;
	const idle = await slices(container);
	await api.setPaused(false);
	const id = `cost_${Date.now()}`;
	// The first task lasts longer than all of this.
	await api.start(id, { pace: 300 });
	await until(async () => expect((await api.tasksOf(id)).extract?.state).toBe('running'));
	const active = await slices(container);
	const term = await open();
	try {
		await term.waitFor(new RegExp(`airflow ${version} ✔`), long);
		await term.waitFor(/2 Pipeline ─ orders ─.*running/, long);
		// Its start, with a login, is no watching.
		await delay(3000);
		const watchedActive = await slices(container);
		await api.end(id, 'success');
		await term.waitFor(/2 Pipeline ─ orders ─.*✔ success/, long);
		// After 15 s without news laketop is at rest.
		await delay(17_000);
		const watchedIdle = await slices(container);
		return { idle: added(idle, watchedIdle), active: added(active, watchedActive) };
	} finally {
		await term.dispose();
	}
}

/** Defines the test: both stacks at once, which takes half the time. Both are up and at rest. */
export function watchingSuite({
	stackOf,
	openAt,
}: {
	readonly stackOf: (generation: Generation) => OfficialStack;
	/** The screen, opened in a folder. */
	readonly openAt: (folder: string) => Promise<OpenTerminal>;
}): void {
	const timeout = 600_000 + 10_000 * seconds;
	test.runIf(seconds > 0)(
		'watching adds at most 1 % of a core to the servers, 5 % with an active run',
		{ timeout },
		async () => {
			const problems = await Promise.all(
				([2, 3] as const).map(async generation => {
					const stack = stackOf(generation);
					const found: string[] = [];
					// Once more, as a process of the server's own may have started in a window (gunicorn renews its workers).
					for (let round = 0; round < 2; round++) {
						found.length = 0;
						const costs = await measure(stack, () => openAt(stack.folder));
						for (const what of ['idle', 'active'] as const) {
							const { more, noise, moreOfMedians, shown } = costs[what];
							const words = `Airflow ${stack.version}, ${what}: ${more.toFixed(2)} ± ${noise.toFixed(2)} % of a core more, by medians ${moreOfMedians.toFixed(2)} (${shown})`;
							console.log(words);
							const bound = bounds[what];
							if (noise > noiseAllowed * bound) found.push(`too much noise: ${words}`);
							// Both, as an outlier moves only the first.
							else if (Math.min(more, moreOfMedians) - noise > bound) found.push(`over ${bound} %: ${words}`);
						}
						if (found.length === 0) break;
					}
					return found;
				}),
			);
			expect(problems.flat()).toEqual([]);
		},
	);
}
