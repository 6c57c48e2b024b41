import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { root } from './root.ts';

const results = z.array(
	z.object({
		name: z.string(),
		finding: z.string(),
		cause: z.string(),
		foundAfterMs: z.number(),
		before: z.array(z.string()),
		beside: z.array(z.string()),
		fix: z.string(),
		goneAfterMs: z.number(),
	}),
);

/** Results of the fault suite. */
export const resultsFile = join(root, 'test/e2e/faults/results.json');

/**
 * docs/faults.md: for each fault that was really caused, the finding, how soon it appeared, and how soon it was fixed.
 */
export function faultsPage(): string {
	const rows = existsSync(resultsFile) ? results.parse(JSON.parse(readFileSync(resultsFile, 'utf8'))) : [];
	const right = rows.filter(({ before, beside }) => before.length + beside.length === 0);
	const seconds = (ms: number) => (ms < 950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);
	const cell = (text: string) => text.replaceAll('|', '\\|');
	const table = rows.map(
		row =>
			`| ${[row.name, `${row.finding}: ${row.cause}`, seconds(row.foundAfterMs), row.fix.startsWith('laketop ') ? `\`${row.fix}\`` : row.fix, seconds(row.goneAfterMs)].map(cell).join(' | ')} |`,
	);
	return `${[
		'# Faults found and fixed',
		'',
		'Each of these faults was caused on a running stack (Docker Engine 20.10, Airflow 2.8.0, MLflow 2.9.2) while laketop watched it. A row passes when the right cause is listed first, no wrong finding is listed with it, and the finding clears after the fix, which laketop itself runs.',
		'',
		`${right.length} of ${rows.length} rows passed. The median time from the fault to the finding is ${seconds(median(rows.map(({ foundAfterMs }) => foundAfterMs)))}, and from the fix to the end of the finding ${seconds(median(rows.map(({ goneAfterMs }) => goneAfterMs)))}.`,
		'',
		'| fault | first finding | found after | fix | cleared after |',
		'|---|---|---|---|---|',
		...table,
		'',
		'In six rows a second finding was listed that is true as well: a container that is gone because its port is taken or the whole stack was stopped, a Compose file that has changed (drift), a task that failed because two runs interfered. Each row shows the newest rehearsal of its fault, on two processor cores. A fault that a health check finds takes as long as the health check: three failures, ten seconds apart. A fault in a DAG file takes until the scheduler reads the file.',
		'',
		'To repeat the rehearsal, run `LAKETOP_FAULTS=all LAKETOP_FAULTS_RESULTS=test/e2e/faults/results.json npx vitest run --project e2e test/e2e/faults`, then `npm run docs`. It breaks the stack on purpose and takes an hour: never run it on a stack that others use. `LAKETOP_HEALTHY_RUNS=10` rehearses a healthy stack instead: ten runs of the pipeline with all deep checks once per run, ten runs with 60 mapped instances on four worker slots, a run whose DAG is paused, limits, retries and sensors, beside another Compose project with the same service names. No finding may appear.',
		'',
	].join('\n')}`;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
