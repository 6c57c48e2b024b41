import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { airflow, dagId, scratchFolder, stackFolder } from '../stack.ts';
import { hiddenCauses } from './hidden-causes.ts';
import { modelHealth } from './model-health.ts';
import { type Rehearsed, rehearse, stackIsHealthy } from './rehearsal.ts';
import { faults as plainFaults } from './the-faults.ts';
import { removeWaitingDags, waitingTasks } from './waiting-tasks.ts';

/**
 * Each fault is really caused on the real stack. It takes an hour and leaves the stack unchanged: only if
 * LAKETOP_FAULTS is set, to `all` or to words of names, separated by `|`. Results are stored in LAKETOP_FAULTS_RESULTS,
 * a file, for `npm run docs:faults`.
 */
const wanted = process.env.LAKETOP_FAULTS ?? '';
const faults = [...plainFaults, ...hiddenCauses, ...waitingTasks, ...modelHealth];
const words = wanted.split('|').filter(word => word !== '');
const chosen = faults.filter(({ name }) => wanted === 'all' || words.some(word => name.includes(word)));
const results = process.env.LAKETOP_FAULTS_RESULTS;
const scratch = scratchFolder();

beforeAll(async () => {
	if (chosen.length === 0) return;
	// Airflow finds it paused: it would not run what is triggered.
	await airflow(`dags/${dagId}`, { is_paused: false });
	await stackIsHealthy();
});
afterAll(async () => {
	scratch.remove();
	if (chosen.length > 0) removeWaitingDags(await stackFolder());
});

test.runIf(wanted !== '')('there is a fault of that name', () => {
	expect(chosen).not.toEqual([]);
});

test.each(chosen)('$name', { timeout: 1_800_000 }, async fault => {
	const seen = await rehearse(fault, scratch.path).catch((error: unknown) => {
		// An earlier success is no result of today's code.
		if (results) keep(results, { name: fault.name, failed: error instanceof Error ? error.message : String(error) });
		throw error;
	});
	if (results) keep(results, seen);
	expect(seen.before, 'wrong findings before the right one').toEqual([]);
	expect(seen.beside, 'wrong findings beside the right one').toEqual([]);
});

type Outcome = Rehearsed | { readonly name: string; readonly failed: string };

/** One row per fault, the newest result of each, in the order of the suite. */
function keep(path: string, seen: Outcome): void {
	let rows: Outcome[] = [];
	try {
		const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
		if (Array.isArray(read)) rows = read;
	} catch {
		mkdirSync(join(path, '..'), { recursive: true });
	}
	const dated = { ...seen, on: new Date().toISOString().slice(0, 10) };
	const place = ({ name }: Outcome) => faults.findIndex(fault => fault.name === name);
	const all = [...rows.filter(({ name }) => name !== seen.name), dated].toSorted((a, b) => place(a) - place(b));
	writeFileSync(path, `${JSON.stringify(all, null, '\t')}\n`);
}
