import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cpuSeconds } from '../cpu.ts';
import { openLaketop, scratchFolder } from '../stack.ts';
import { type OfficialStack, startOfficial } from './official-stack.ts';

/**
 * What watching costs Airflow's server, in CPU time of its container: laketop's screen against nobody, in turns, as
 * Airflow's own work varies. LAKETOP_COST_S is the length of a turn, s; 120 takes half an hour a generation. Prints the
 * figures.
 */
const seconds = Number(process.env.LAKETOP_COST_S ?? 0);
const turns = 3;
/** Bounds of the design, % of a core. */
const idleBound = 1;
const activeBound = 5;

/** % of a core during one turn. */
async function spent(name: string): Promise<number> {
	const before = cpuSeconds(name);
	const startedAt = performance.now();
	await delay(seconds * 1000);
	return ((cpuSeconds(name) - before) / ((performance.now() - startedAt) / 1000)) * 100;
}

const median = (figures: readonly number[]) =>
	figures.toSorted((a, b) => a - b)[(figures.length - 1) >> 1] ?? Number.NaN;

describe.runIf(seconds > 0).each([2, 3] as const)('watching Airflow %i', { timeout: 3_600_000 }, generation => {
	const scratch = scratchFolder();
	const closing: (() => unknown)[] = [];
	let stack: OfficialStack;
	beforeAll(async () => {
		stack = await startOfficial(generation, 'cost');
		await stack.api.setPaused(false);
	});
	afterEach(async () => {
		for (const close of closing.splice(0).reverse()) await close();
	});
	afterAll(async () => {
		await stack?.remove();
		scratch.remove();
	});

	/** What the screen adds, % of a core. */
	async function added(what: string, meanwhile: () => Promise<unknown> = async () => undefined): Promise<number> {
		const server = `${stack.project}-${stack.server}-1`;
		const without: number[] = [];
		const watched: number[] = [];
		for (let turn = 0; turn < turns; turn++) {
			await meanwhile();
			without.push(await spent(server));
			await meanwhile();
			const term = await openLaketop(scratch.path, [], { cwd: stack.folder });
			closing.push(() => term.dispose());
			await term.waitFor(new RegExp(`airflow ${stack.version} ✔`), { timeoutMs: 60_000 });
			// Its start, with a login, is no watching.
			await delay(10_000);
			watched.push(await spent(server));
			await term.dispose();
		}
		const shown = (figures: number[]) => figures.map(one => one.toFixed(2)).join(' ');
		const more = median(watched) - median(without);
		console.log(
			`Airflow ${stack.version}, ${what}: ${shown(without)} % unwatched, ${shown(watched)} % watched: ${more.toFixed(2)} % more`,
		);
		return more;
	}

	test('idle', async () => {
		expect(await added('idle')).toBeLessThanOrEqual(idleBound);
	});

	test('a run active', async () => {
		let id = '';
		const long = async () => {
			if (id !== '') await stack.api.fail(id);
			id = `cost_${Date.now()}`;
			// Each task lasts longer than a turn.
			await stack.api.start(id, { pace: Math.min(300, seconds + 60) });
			await delay(10_000);
		};
		expect(await added('a run active', long)).toBeLessThanOrEqual(activeBound);
	});
});
