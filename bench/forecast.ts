/**
 * How good the forecast of a DAG run's end is at half time, on a real stack: `node bench/forecast.ts`, see readme.md. It
 * triggers real runs of the sample pipeline, one after the other, reads what `laketop tasks` says while each of them runs,
 * and compares that with its end.
 */
import { execFile, spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod/mini';
import { documents } from '../source/command-line/json/documents.ts';
import { median } from './statistics.ts';

const program = join(import.meta.dirname, '../dist/cli.js');
const usage = `node bench/forecast.ts [constant|changing …] [--dag ID] [--runs N] [--pace SECONDS]
Triggers N runs (10) of each kind: with the same conf, or with a pace and a number of rows that change from run to run.
Run it in the folder of the stack, or name its servers by LAKETOP_AIRFLOW_URL and so on.`;

/** Seconds and rows of ten runs in an order without a trend: short and long ones follow each other, as do few and many rows. */
const changing = [
	{ pace: 3, rows: 20_000 },
	{ pace: 9, rows: 5000 },
	{ pace: 5, rows: 150_000 },
	{ pace: 12, rows: 1000 },
	{ pace: 2, rows: 300_000 },
	{ pace: 7, rows: 60_000 },
	{ pace: 4, rows: 200_000 },
	{ pace: 10, rows: 100_000 },
	{ pace: 6, rows: 10_000 },
	{ pace: 8, rows: 250_000 },
] as const;

const failed = z.object({ schema: z.literal('laketop/error/1') });

/** Forecasts of a run and what became of it. Times in ms since the epoch. */
type Watched = {
	readonly state: string;
	readonly startedAt: number;
	readonly endedAt: number;
	readonly forecasts: readonly { readonly at: number; readonly endsAt: number }[];
};
/** Errors at half time: as shares of the whole run, and of the time that was left. */
type Errors = { readonly ofRun: number; readonly ofLeft: number };

const call = promisify(execFile);
const laketop = async (...words: string[]) =>
	(await call(process.execPath, [program, ...words], { maxBuffer: 64 * 1024 * 1024 })).stdout;

/** Durations of the successful runs so far, newest first, ms. */
async function earlierMs(dagId: string): Promise<number[]> {
	const { runs } = documents.runs.parse(JSON.parse(await laketop('runs', dagId, '--json')));
	return runs
		.filter(({ state }) => state === 'success')
		.flatMap(({ started_at, ended_at }) =>
			started_at === null || ended_at === null ? [] : [Date.parse(ended_at) - Date.parse(started_at)],
		);
}

/** Triggers a run, and reads its forecast once a second until it has ended. */
async function watchRun(dagId: string, conf: object): Promise<Watched> {
	const id = `forecast_${Date.now()}`;
	await laketop('trigger', dagId, '--run-id', id, '--conf', JSON.stringify(conf), '--yes');
	const words = ['tasks', dagId, '--run', id, '--json', '--watch=1s'];
	const watching = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
	const forecasts: { at: number; endsAt: number }[] = [];
	try {
		for await (const line of createInterface({ input: watching.stdout })) {
			const read: unknown = JSON.parse(line);
			// A document of a failure: the next second has another.
			if (failed.safeParse(read).success) continue;
			const { at, run, forecast } = documents.tasks.parse(read);
			if (forecast !== null && forecast.remaining_ms !== null) {
				const now = Date.parse(at);
				forecasts.push({ at: now, endsAt: now + forecast.remaining_ms });
			}
			if (run?.started_at && run.ended_at && run.state !== 'running')
				return {
					state: run.state,
					startedAt: Date.parse(run.started_at),
					endedAt: Date.parse(run.ended_at),
					forecasts,
				};
		}
	} finally {
		watching.kill();
	}
	throw new Error(`laketop tasks ended before the run ${id}`);
}

function errorsOf({ startedAt, endedAt }: Watched, endsAt: number): Errors {
	const error = Math.abs(endsAt - endedAt);
	return { ofRun: error / (endedAt - startedAt), ofLeft: error / ((endedAt - startedAt) / 2) };
}

/** The last forecast before half of the time was over; null: there was none. */
function atHalfTime({ startedAt, endedAt, forecasts }: Watched): number | null {
	const half = (startedAt + endedAt) / 2;
	return forecasts.findLast(({ at }) => at <= half)?.endsAt ?? null;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

async function measure(dagId: string, kind: string, confs: readonly object[]): Promise<void> {
	console.log(`${kind}: errors of the whole run · of the time left; in brackets by the median of the last runs`);
	const found: Errors[] = [];
	const byMedian: Errors[] = [];
	for (const [index, conf] of confs.entries()) {
		const durations = (await earlierMs(dagId)).slice(0, 10);
		const run = await watchRun(dagId, conf);
		const endsAt = atHalfTime(run);
		const took = seconds(run.endedAt - run.startedAt);
		const lead = `${index + 1} ${JSON.stringify(conf)}: ${run.state} after ${took}, load ${loadavg()[0]?.toFixed(1)}`;
		if (run.state !== 'success' || endsAt === null) {
			console.log(`${lead}, ${endsAt === null ? 'no forecast at half time' : 'does not count'}`);
			continue;
		}
		const errors = errorsOf(run, endsAt);
		const old = errorsOf(run, run.startedAt + median(durations));
		found.push(errors);
		byMedian.push(old);
		console.log(
			`${lead}, forecast ${seconds(endsAt - run.startedAt)}: ${percent(errors.ofRun)} · ${percent(errors.ofLeft)} (${percent(old.ofRun)} · ${percent(old.ofLeft)})`,
		);
	}
	const medians = (all: readonly Errors[]) =>
		`${percent(median(all.map(({ ofRun }) => ofRun)))} of the run, ${percent(median(all.map(({ ofLeft }) => ofLeft)))} of the time left`;
	console.log(`${kind}, median of ${found.length} runs: ${medians(found)}; by the median: ${medians(byMedian)}`);
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			dag: { type: 'string', default: 'ml_pipeline_end_to_end' },
			runs: { type: 'string', default: '10' },
			pace: { type: 'string', default: '6' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(usage);
	const kinds = positionals.length === 0 ? ['constant', 'changing'] : positionals;
	const runs = Number(values.runs);
	if (!Number.isInteger(runs) || runs < 1 || kinds.some(kind => kind !== 'constant' && kind !== 'changing'))
		throw new Error(usage);
	for (const kind of kinds) {
		const confs = Array.from({ length: runs }, (_, index) =>
			kind === 'constant' ? { pace: Number(values.pace) } : (changing[index % changing.length] ?? {}),
		);
		await measure(values.dag, kind, confs);
	}
}

await main();
