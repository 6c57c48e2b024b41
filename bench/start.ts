/**
 * `npm run bench`: how soon after its start the program shows the services, and their figures, on the real stack; beside
 * it `docker stats`, which shows the same containers. Runs are interleaved; medians and their ratio are printed.
 */
import { join } from 'node:path';
import { type Condition, openTerminal } from '../test/terminal/harness.ts';

const runs = Number(process.argv[2] ?? 7);
const services = [
	'airflow-postgres',
	'airflow-redis',
	'airflow-scheduler',
	'airflow-webserver',
	'airflow-worker',
	'mlflow',
];

type Program = { name: string; command: string; args: string[]; named: Condition; figures: Condition };

const programs: Program[] = [
	{
		name: 'laketop',
		command: process.execPath,
		args: [join(import.meta.dirname, '../dist/cli.js')],
		named: lines => services.every(service => lines.some(line => line.includes(`${service} `))),
		figures: lines =>
			services.every(name => lines.some(line => line.includes(` ${name} `) && /\d\.\d%.* MiB/.test(line))),
	},
	{
		name: 'docker stats',
		command: 'docker',
		args: ['stats'],
		named: lines => services.every(service => lines.some(line => line.includes(service))),
		figures: lines =>
			services.every(name => lines.some(line => line.includes(name) && /[1-9][\d.]*[KMG]iB \//.test(line))),
	},
];

async function measure(program: Program): Promise<{ named: number; figures: number }> {
	const startedAt = performance.now();
	const terminal = await openTerminal({ command: program.command, args: program.args, cols: 120, rows: 40 });
	try {
		await terminal.waitFor(program.named);
		const named = performance.now() - startedAt;
		await terminal.waitFor(program.figures);
		return { named, figures: performance.now() - startedAt };
	} finally {
		await terminal.dispose();
	}
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const results = new Map(programs.map(program => [program.name, { named: [] as number[], figures: [] as number[] }]));
for (let run = 0; run < runs; run++) {
	for (const program of run % 2 === 0 ? programs : programs.toReversed()) {
		const { named, figures } = await measure(program);
		results.get(program.name)?.named.push(named);
		results.get(program.name)?.figures.push(figures);
	}
}
const [ours, peer] = programs.map(program => results.get(program.name));
if (ours && peer) {
	console.log(`median of ${runs} runs each, interleaved, ms    laketop   docker stats   ratio`);
	for (const figure of ['named', 'figures'] as const) {
		const [a, b] = [median(ours[figure]), median(peer[figure])];
		const what = figure === 'named' ? 'all six services named' : 'CPU and memory of all';
		console.log(
			`${what.padEnd(46)} ${a.toFixed(0).padStart(7)} ${b.toFixed(0).padStart(14)} ${(a / b).toFixed(2).padStart(7)}`,
		);
	}
}
