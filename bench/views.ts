/**
 * What each view of the screen costs the servers: `node bench/views.ts`, see readme.md. laketop runs in a terminal, its
 * requests pass a proxy that counts them, and where containers are named, their control groups say what the servers spent.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type AirflowChoice, type MlflowChoice, startDemo } from '../source/demo/index.ts';
import { atTheEnd } from './at-the-end.ts';
import { countingProxy } from './counting-proxy.ts';
import { cpuOfTree } from './proc.ts';
import { Screen } from './screen.ts';

const usage = `node bench/views.ts [--seconds N] [--only VIEW,…] [--at-once N]
Measures on the embedded servers, Airflow 2.8 with MLflow 2.9 and Airflow 3.3 with MLflow 3.17, without and with an active
DAG run. On real servers, named by LAKETOP_AIRFLOW_URL and LAKETOP_MLFLOW_URL with their logins, as they are:
node bench/views.ts --real [--airflow-pid PID] [--mlflow-pid PID] [--seconds N] [--only VIEW,…]
PID is the first process of a server on this host, of its container for example (docker inspect -f '{{.State.Pid}}'): its CPU and
that of its descendants is measured, less what it is while nobody watches.`;

const program = join(import.meta.dirname, '../dist/cli.js');

/** `--settle`, s: the start, the view's first requests, and the quarter of a minute after which laketop asks less often. */
const { values } = parseArgs({
	options: {
		seconds: { type: 'string', default: '60' },
		only: { type: 'string' },
		'at-once': { type: 'string', default: '5' },
		real: { type: 'boolean', default: false },
		'airflow-pid': { type: 'string' },
		'mlflow-pid': { type: 'string' },
		settle: { type: 'string', default: '30' },
	},
});

type Step = { readonly keys: string; readonly shows: RegExp };
/** How each view is reached from the overview. */
const views: Readonly<Record<string, readonly Step[]>> = {
	overview: [],
	gantt: [{ keys: '2]', shows: /critical path/ }],
	graph: [{ keys: '2]]', shows: /╭ \w+ ─*╮/ }],
	grid: [{ keys: '2]]]', shows: /runs \d+-\d+ of/ }],
	trend: [{ keys: '2]]]]', shows: /MEDIAN/ }],
	'task page': [
		{ keys: '2\x1b[C', shows: /Pipeline/ },
		{ keys: 'i', shows: /Operator/ },
	],
	'DAG runs': [{ keys: '2a', shows: /RUN ID/ }],
	chart: [
		{ keys: '4.', shows: /loss/ },
		{ keys: 'loss\r', shows: /[⠁-⣿]/ },
	],
	'MLflow runs': [{ keys: '4a', shows: /STARTED↓/ }],
	'model versions': [{ keys: '4*', shows: /REGISTERED/ }],
};

type Servers = {
	readonly dockerHost: string;
	readonly airflowUrl: string;
	readonly mlflowUrl: string;
	/** Variables of logins. */
	readonly environment: Readonly<Record<string, string>>;
	/** Their first processes, as far as their CPU is measured. */
	readonly processes: Partial<Readonly<Record<'airflow' | 'mlflow', number>>>;
};
/** A minute of a view. CPU in seconds, null: not measured. */
type Cost = { airflow: number; mlflow: number; airflowCpu: number | null; mlflowCpu: number | null };

async function measure(steps: readonly Step[] | null, servers: Servers, seconds: number): Promise<Cost> {
	const [airflow, mlflow] = [await countingProxy(servers.airflowUrl), await countingProxy(servers.mlflowUrl)];
	const home = mkdtempSync(join(tmpdir(), 'laketop-views-'));
	atTheEnd(() => rmSync(home, { recursive: true, force: true }));
	const screen = steps === null ? null : open(servers, { airflow: airflow.url, mlflow: mlflow.url }, home);
	try {
		if (screen && steps) {
			await screen.mustShow(
				'the pipeline',
				lines => lines.some(line => /airflow \d.* ✔.*mlflow \d.* ✔/.test(line)),
				120_000,
			);
			for (const { keys, shows } of steps) {
				for (const key of keys.match(/\x1b\[.|./gs) ?? []) {
					screen.write(key);
					await delay(150);
				}
				await screen.mustShow(`${shows}`, lines => lines.some(line => shows.test(line)), 60_000);
			}
			await delay(Number(values.settle) * 1000);
		}
		const cpu = () => cpuOf(servers.processes);
		const before = { airflow: airflow.count(), mlflow: mlflow.count(), cpu: cpu(), at: performance.now() };
		await delay(seconds * 1000);
		const minutes = (performance.now() - before.at) / 60_000;
		const after = cpu();
		const spent = (server: 'airflow' | 'mlflow') =>
			after[server] === null || before.cpu[server] === null ? null : (after[server] - before.cpu[server]) / minutes;
		return {
			airflow: (airflow.count() - before.airflow) / minutes,
			mlflow: (mlflow.count() - before.mlflow) / minutes,
			airflowCpu: spent('airflow'),
			mlflowCpu: spent('mlflow'),
		};
	} finally {
		await screen?.end();
		airflow.close();
		mlflow.close();
		rmSync(home, { recursive: true, force: true });
	}
}

function open({ dockerHost, environment }: Servers, urls: { airflow: string; mlflow: string }, home: string): Screen {
	const folders = Object.fromEntries(
		['CONFIG', 'DATA', 'STATE', 'CACHE'].map(kind => [`XDG_${kind}_HOME`, join(home, kind.toLowerCase())]),
	);
	for (const folder of Object.values(folders)) mkdirSync(folder);
	const args = ['--docker-host', dockerHost, '--airflow-url', urls.airflow, '--mlflow-url', urls.mlflow];
	return new Screen({
		command: process.execPath,
		args: [program, ...args],
		cwd: home,
		env: {
			...{ PATH: process.env.PATH ?? '', HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC' },
			...folders,
			...environment,
		},
	});
}

function cpuOf({ airflow, mlflow }: Servers['processes']) {
	return {
		airflow: airflow === undefined ? null : cpuOfTree(airflow),
		mlflow: mlflow === undefined ? null : cpuOfTree(mlflow),
	};
}

/** Measures the views, some at the same time. */
async function costs(names: readonly string[], servers: Servers, seconds: number, atOnce: number) {
	const found = new Map<string, Cost>();
	const waiting = [...names];
	const work = async () => {
		for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
			try {
				found.set(name, await measure(views[name] ?? [], servers, seconds));
				console.error(`${name}: ${JSON.stringify(found.get(name))}`);
			} catch (error) {
				// The others are worth their time.
				console.error(`${name}: ${error instanceof Error ? error.message : error}`);
				process.exitCode = 1;
			}
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return names.flatMap(name => {
		const cost = found.get(name);
		return cost ? [[name, cost] as const] : [];
	});
}

const shown = (figure: number | null) =>
	figure === null ? '' : figure < 10 ? figure.toFixed(1) : String(Math.round(figure));
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

async function onEmbedded(names: readonly string[], seconds: number, atOnce: number): Promise<void> {
	const heads = ['Airflow', 'MLflow', 'Airflow, a run active', 'MLflow, a run active'];
	for (const [airflow, mlflow] of [
		['2', '2'],
		['3', '3'],
	] as const satisfies [AirflowChoice, MlflowChoice][]) {
		const demo = await startDemo({ autonomous: false, airflow, mlflow });
		atTheEnd(() => void demo.close());
		const login = { LAKETOP_AIRFLOW_USERNAME: 'admin', LAKETOP_AIRFLOW_PASSWORD: 'admin' };
		const servers = { ...demo, environment: login, processes: {} };
		const idle = await costs(names, servers, seconds, atOnce);
		// Its first task lasts longer than all of this.
		demo.scenario.triggerRun({ pace: 3600 });
		const active = new Map(await costs(names, servers, seconds, atOnce));
		console.log(`\nEmbedded servers, Airflow ${airflow} and MLflow ${mlflow}: requests a minute\n`);
		console.log(row(['view', ...heads]));
		console.log(row(['---', ...heads.map(() => '--:')]));
		for (const [name, cost] of idle) {
			const busy = active.get(name);
			console.log(row([name, ...[cost.airflow, cost.mlflow, busy?.airflow ?? null, busy?.mlflow ?? null].map(shown)]));
		}
		await demo.close();
	}
}

async function onReal(names: readonly string[], seconds: number, processes: Servers['processes']): Promise<void> {
	const { LAKETOP_AIRFLOW_URL: airflowUrl, LAKETOP_MLFLOW_URL: mlflowUrl, ...rest } = process.env;
	if (!airflowUrl || !mlflowUrl) throw new Error(usage);
	const logins = Object.entries(rest).flatMap(([name, value]) =>
		/^(LAKETOP|MLFLOW)_/.test(name) && value ? [[name, value]] : [],
	);
	const environment: Record<string, string> = Object.fromEntries(logins);
	const servers = { dockerHost: 'none', airflowUrl, mlflowUrl, environment, processes };
	const nobody = await measure(null, servers, seconds);
	console.error(`nobody: ${JSON.stringify(nobody)}`);
	const heads = ['requests to Airflow', 'CPU of Airflow, s', 'requests to MLflow', 'CPU of MLflow, s'];
	console.log(row(['view', ...heads]));
	console.log(row(['---', ...heads.map(() => '--:')]));
	const more = (one: number | null, than: number | null) => (one === null || than === null ? null : one - than);
	for (const [name, cost] of await costs(names, servers, seconds, 1)) {
		const cpu = [more(cost.airflowCpu, nobody.airflowCpu), more(cost.mlflowCpu, nobody.mlflowCpu)];
		console.log(row([name, shown(cost.airflow), shown(cpu[0] ?? null), shown(cost.mlflow), shown(cpu[1] ?? null)]));
	}
}

const names = values.only?.split(',') ?? Object.keys(views);
const [seconds, atOnce] = [Number(values.seconds), Number(values['at-once'])];
if (!(seconds > 0) || !(atOnce > 0) || names.some(name => views[name] === undefined)) throw new Error(usage);
const { 'airflow-pid': airflow, 'mlflow-pid': mlflow } = values;
const processes = { ...(airflow && { airflow: Number(airflow) }), ...(mlflow && { mlflow: Number(mlflow) }) };
if (values.real) await onReal(names, seconds, processes);
else await onEmbedded(names, seconds, atOnce);
process.exit();
