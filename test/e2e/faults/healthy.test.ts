import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../source/config/load.ts';
import { render } from '../../../source/diagnosis/messages/render.ts';
import { startMonitor } from '../../../source/monitor.ts';
import { airflow, dagId, isActive, keepAsFound, newRunId, runOf, tasksOf, until } from '../stack.ts';

/**
 * Nothing is wrong, and nothing is found: the pipeline runs so often as LAKETOP_HEALTHY_RUNS says, while everything is
 * watched, and all deep checks are made once a run. Prints what they cost the webserver and the worker.
 */
const runs = Number(process.env.LAKETOP_HEALTHY_RUNS ?? 0);

/** CPU time that a container has used, s. */
function cpuSeconds(name: string): number {
	const read = 'cat /sys/fs/cgroup/cpu.stat 2>/dev/null || cat /sys/fs/cgroup/cpuacct/cpuacct.usage';
	const text = execFileSync('docker', ['exec', name, 'sh', '-c', read], { encoding: 'utf8' });
	const micro = /usage_usec (\d+)/.exec(text)?.[1];
	return micro === undefined ? Number(text.trim()) / 1e9 : Number(micro) / 1e6;
}

const measured = ['airflow-webserver', 'airflow-worker'] as const;

/** What the containers spend while something happens, % of a core. */
async function spent(what: () => Promise<unknown>): Promise<string> {
	const before = measured.map(cpuSeconds);
	const startedAt = Date.now();
	await what();
	const seconds = (Date.now() - startedAt) / 1000;
	return measured
		.map((name, index) => {
			const used = cpuSeconds(name) - (before[index] ?? 0);
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
	const { config } = await loadConfig(
		{},
		process.env.DOCKER_HOST ? { DOCKER_HOST: process.env.DOCKER_HOST } : {},
		null,
	);
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
