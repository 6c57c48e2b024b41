import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { root } from './root.ts';

const passed = z.object({
	name: z.string(),
	finding: z.string(),
	cause: z.string(),
	foundAfterMs: z.number(),
	before: z.array(z.string()),
	beside: z.array(z.string()),
	fix: z.string(),
	goneAfterMs: z.number(),
	/** The day of the rehearsal, `2026-11-30`. */
	on: z.string(),
});
const failed = z.object({ name: z.string(), failed: z.string(), on: z.string() });
const results = z.array(z.union([failed, passed]));
type Passed = z.infer<typeof passed>;

/** Results of the fault suite. */
export const resultsFile = join(root, 'test/e2e/faults/results.json');

/**
 * docs/faults.md: for each fault that was really caused, the finding, how soon it appeared, and how soon it was fixed.
 */
export function faultsPage(
	json: unknown = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : [],
): string {
	const all = results.parse(json);
	const rows = all.filter((row): row is Passed => !('failed' in row));
	const right = rows.filter(({ before, beside }) => before.length + beside.length === 0);
	const days = all.map(({ on }) => on).toSorted();
	const [first, last] = [days[0], days.at(-1)];
	const when = first === last ? `on ${first}` : `from ${first} to ${last}`;
	const table = all.map(row => `| ${cellsOf(row).map(cell).join(' | ')} |`);
	return `${[
		'# Faults found and fixed',
		'',
		'Each of these faults was caused on a running stack (Docker Engine 20.10, Airflow 2.8.0, MLflow 2.9.2) while laketop watched it. A row passes when the right cause is listed first, no wrong finding is listed with it, and the finding clears after the fix, which laketop itself runs.',
		'',
		`${right.length} of ${all.length} rows passed. The rehearsals took place ${when}. The median time from the fault to the finding is ${seconds(median(rows.map(({ foundAfterMs }) => foundAfterMs)))}, and from the fix to the end of the finding ${seconds(median(rows.map(({ goneAfterMs }) => goneAfterMs)))}.`,
		'',
		'| fault | first finding | found after | fix | cleared after |',
		'|---|---|---|---|---|',
		...table,
		'',
		'In some rows a second finding was listed that is true as well: a container that is gone because its port is taken or the whole stack was stopped, a Compose file that has changed (drift), a task that failed because two runs interfered. Each row shows the newest rehearsal of its fault, on two busy processor cores. A fault that a health check finds takes as long as the health check: three failures, ten seconds apart. A fault in a DAG file takes until the scheduler reads the file.',
		'',
		'To repeat the rehearsal, run `LAKETOP_FAULTS=all LAKETOP_FAULTS_RESULTS=test/e2e/faults/results.json npx vitest run --project e2e test/e2e/faults`, then `npm run docs`. It breaks the stack on purpose and takes an hour: never run it on a stack that others use. `LAKETOP_HEALTHY_RUNS=10` rehearses a healthy stack instead: ten runs of the pipeline with all deep checks once per run, ten runs with 60 mapped instances on four worker slots, a run whose DAG is paused, limits, retries and sensors, beside another Compose project with the same service names. No finding may appear.',
		'',
	].join('\n')}`;
}

const seconds = (ms: number) => (ms < 950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);
const cell = (text: string) => text.replaceAll('|', '\\|');

function cellsOf(row: z.infer<typeof results>[number]): string[] {
	if ('failed' in row) return [row.name, `rehearsal failed: ${row.failed.split('\n')[0]}`, '', '', ''];
	const fix = row.fix.startsWith('laketop ') ? `\`${row.fix}\`` : row.fix;
	return [row.name, `${row.finding}: ${row.cause}`, seconds(row.foundAfterMs), fix, seconds(row.goneAfterMs)];
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
