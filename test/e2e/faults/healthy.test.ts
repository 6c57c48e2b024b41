import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMonitor } from '../../../source/app/monitor.ts';
import { loadConfig } from '../../../source/config/load.ts';
import type { Finding } from '../../../source/model/finding.ts';
import { render } from '../../../source/words/message.ts';
import { cpuSeconds } from '../cpu.ts';
import {
	airflow,
	dagId,
	docker,
	isActive,
	keepAsFound,
	newRunId,
	runOf,
	scratchFolder,
	tasksOf,
	until,
} from '../stack.ts';
import { stageOf } from './rehearsal.ts';
import { type DagId, forgetRuns, hasEnded, isIn, removeWaitingDags, start, waitingDags } from './waiting-tasks.ts';

/**
 * A stack without problems has no findings: the pipeline runs as often as LAKETOP_HEALTHY_RUNS says, while everything
 * is watched, and all deep checks are made once a run. Prints what they cost the webserver and the worker.
 */
const runs = Number(process.env.LAKETOP_HEALTHY_RUNS ?? 0);

/** The engine of the user who runs this. */
const engine: Readonly<Record<string, string>> = process.env.DOCKER_HOST
	? { DOCKER_HOST: process.env.DOCKER_HOST }
	: {};

const measured = ['airflow-webserver', 'airflow-worker'] as const;

/** CPU use of the containers during something, % of a core. */
async function spent(what: () => Promise<unknown>): Promise<string> {
	const before = await Promise.all(measured.map(cpuSeconds));
	const startedAt = Date.now();
	await what();
	const seconds = (Date.now() - startedAt) / 1000;
	const after = await Promise.all(measured.map(cpuSeconds));
	return measured
		.map((name, index) => {
			const used = (after[index] ?? 0) - (before[index] ?? 0);
			return `${name} ${((used / seconds) * 100).toFixed(1)} % (${used.toFixed(1)} s in ${seconds.toFixed(0)} s)`;
		})
		.join(', ');
}

test.runIf(runs > 0)('a healthy stack on which the pipeline runs has no finding', { timeout: 3_600_000 }, async () => {
	const putBack = await keepAsFound();
	await airflow(`dags/${dagId}`, { is_paused: false });
	// A DAG that was paused gets the run of its schedule now.
	await delay(10_000);
	const idleMs = 60_000;
	console.log(`unwatched, idle: ${await spent(() => delay(idleMs))}`);
	const { config } = await loadConfig({}, engine, null);
	const monitor = startMonitor({ config });
	const found = new Set<string>();
	const stop = monitor.store.onChange(({ findings }) => {
		for (const finding of findings) found.add(`${finding.id}: ${render(finding.title, 'en')}`);
	});
	try {
		await until(async () => expect(monitor.store.current().checkedAt.light).not.toBeNull());
		await delay(5000);
		console.log(`watched, idle: ${await spent(() => delay(idleMs))}`);
		console.log(`watched, idle, one deep check: ${await spent(() => monitor.deepCheck())}`);
		for (let run = 1; run <= runs; run++) {
			const id = newRunId();
			await airflow(`dags/${dagId}/dagRuns`, { dag_run_id: id, conf: { pace: 1, rows: 5000 } }, 'POST');
			await monitor.deepCheck();
			await until(async () => expect(isActive(await runOf(id))).toBe(false), 240_000);
			const states = Object.values(await tasksOf(id)).map(({ state }) => state);
			expect(states, `run ${run}`).toEqual(Array.from({ length: 7 }, () => 'success'));
			console.log(`run ${run} of ${runs}: ${[...found].join('; ') || 'nothing found'}`);
		}
		await delay(10_000);
		expect([...found]).toEqual([]);
	} finally {
		stop();
		await monitor.stop();
		await putBack();
	}
});

/** Another project on the same engine, with the names of the stack's own services; none of its containers is healthy. */
const neighbour = `services:
  airflow-worker: {image: "redis:7", command: sleep 3600, healthcheck: {test: "false", interval: 2s, retries: 1}}
  airflow-scheduler: {image: "redis:7", command: sleep 3600}
  mlflow: {image: "redis:7", command: "false"}
`;

type BusyCase = {
	readonly name: string;
	readonly dag: DagId;
	/** Expected notices. Every other finding, of any severity, is one too many. */
	readonly notices: readonly string[];
	readonly act: () => Promise<unknown>;
};

/** Work on a stack without problems, and the DAG that is watched meanwhile. A new case is a row. */
const busyCases: readonly BusyCase[] = [
	{
		name: '60 mapped instances on 4 worker slots',
		notices: [],
		dag: 'waiting_mapped',
		act: async () => {
			for (let run = 0; run < runs; run++) await hasEnded('waiting_mapped', await start('waiting_mapped'), 1_800_000);
		},
	},
	{
		name: 'a run whose DAG somebody paused',
		notices: ['dag paused'],
		dag: 'waiting_chain',
		act: async () => {
			const run = await start('waiting_chain');
			await isIn('waiting_chain', run, 'first', 'running');
			await airflow('dags/waiting_chain', { is_paused: true });
			await isIn('waiting_chain', run, 'first', 'success');
			await delay(90_000);
			await airflow('dags/waiting_chain', { is_paused: false });
			await hasEnded('waiting_chain', run);
		},
	},
	{
		name: 'limits, a sensor between two looks, runs one after the other; nothing of it logs to MLflow',
		// The second run waits for the first: that is what its limit is for.
		notices: ['run waits'],
		dag: 'waiting_usual',
		act: async () => {
			const first = await start('waiting_usual');
			// Two at once would be a finding: triggered twice.
			await delay(15_000);
			const both = [first, await start('waiting_usual')];
			for (const run of both) await hasEnded('waiting_usual', run, 900_000);
		},
	},
];

test.runIf(runs > 0).each(busyCases)('no finding: $name', { timeout: 3_600_000 }, async ({ dag, notices, act }) => {
	const putBack = await keepAsFound();
	const stage = await stageOf();
	await waitingDags(stage);
	await forgetRuns(dag);
	const scratch = scratchFolder();
	const file = join(scratch.path, 'compose.yml');
	writeFileSync(file, neighbour);
	await docker('compose', '-p', 'neighbour', '-f', file, 'up', '--detach');
	const { config } = await loadConfig({}, { ...engine, LAKETOP_DAG: dag }, null);
	const monitor = startMonitor({ config });
	const found = new Set<string>();
	const stop = monitor.store.onChange(({ findings }) => {
		const isWanted = ({ severity, rule }: Finding) => severity === 'notice' && notices.includes(rule);
		for (const finding of findings.filter(one => !isWanted(one)))
			found.add(`${finding.id}: ${render(finding.title, 'en')}: ${render(finding.cause, 'en')}`);
	});
	try {
		await until(async () => expect(monitor.store.current().checkedAt.light).not.toBeNull());
		await act();
		await monitor.deepCheck();
		await delay(10_000);
		expect([...found]).toEqual([]);
	} finally {
		stop();
		await monitor.stop();
		await docker('compose', '-p', 'neighbour', '-f', file, 'down', '--volumes', '--timeout', '1');
		scratch.remove();
		removeWaitingDags(stage.folder);
		await putBack();
	}
});
