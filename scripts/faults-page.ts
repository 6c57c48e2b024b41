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
		remedy: z.string(),
		goneAfterMs: z.number(),
	}),
);

/** Where the fault suite leaves what it measured. */
export const resultsFile = join(root, 'test/e2e/faults/results.json');

/** docs/faults.md: what was found of each fault that was really caused, how soon, and how soon it was gone. */
export function faultsPage(): string {
	const rows = existsSync(resultsFile) ? results.parse(JSON.parse(readFileSync(resultsFile, 'utf8'))) : [];
	const right = rows.filter(({ before, beside }) => before.length + beside.length === 0);
	const seconds = (ms: number) => (ms < 950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);
	const cell = (text: string) => text.replaceAll('|', '\\|');
	const table = rows.map(
		row =>
			`| ${[row.name, `${row.finding}: ${row.cause}`, seconds(row.foundAfterMs), row.remedy.startsWith('laketop ') ? `\`${row.remedy}\`` : row.remedy, seconds(row.goneAfterMs)].map(cell).join(' | ')} |`,
	);
	return `${[
		'# Faults, found and mended',
		'',
		'Each of these faults was really caused on a running stack (Docker Engine 20.10, Airflow 2.8.0, MLflow 2.9.2), while laketop watched it. For each, the right cause had to stand first, with no wrong finding before or beside it, and it had to be gone after the remedy, which was run through laketop itself.',
		'',
		`${right.length} of ${rows.length} were found so. The median time from the fault to the finding is ${seconds(median(rows.map(({ foundAfterMs }) => foundAfterMs)))}, from the remedy to the end of the finding ${seconds(median(rows.map(({ goneAfterMs }) => goneAfterMs)))}.`,
		'',
		'| fault | what laketop says first | found after | remedy | gone after |',
		'|---|---|---|---|---|',
		...table,
		'',
		'Beside six of them something else stood that is true as well: a container that is gone because its port is taken or the whole stack was stopped, a compose file that is another one now (drift), a task that failed because two runs got in each other’s way. Each row is the newest rehearsal of its fault. Times hold for two processor cores. What is found by a health check takes as long as the health check: three failures, ten seconds apart. What Airflow reads takes until its scheduler has looked.',
		'',
		'The suite is `test/e2e/faults`: `LAKETOP_FAULTS=all LAKETOP_FAULTS_RESULTS=test/e2e/faults/results.json npx vitest run --project e2e test/e2e/faults`, then `npm run docs`. It breaks the stack on purpose and takes an hour: never run it where others work. `LAKETOP_HEALTHY_RUNS=10` instead runs the pipeline so often on a healthy stack, with all deep checks made once a run, then 60 mapped instances on four worker slots as often, a run whose DAG is paused, limits, retries and sensors, with another Compose project of the same service names beside it: nothing may be found.',
		'',
	].join('\n')}`;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
