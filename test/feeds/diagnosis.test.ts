import { afterEach, expect, test, vi } from 'vitest';
import { loadConfig } from '../../source/config/load.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import type { Clock } from '../../source/feeds/clock.ts';
import { checkKey } from '../../source/model/check.ts';
import type { Observation } from '../../source/model/observation.ts';
import { type Monitor, startMonitor } from '../../source/monitor.ts';

let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
afterEach(async () => {
	await monitor?.stop();
	await demo?.close();
});

async function configOf({ dockerHost }: DemoStack): Promise<Config> {
	const { config } = await loadConfig({}, {}, null);
	return {
		...config,
		dockerHost: { kind: 'unix', address: dockerHost, origin: 'test', tlsDirectory: null },
		statsIntervalMs: 1000,
		demo: true,
	};
}

async function watchDemo(): Promise<{ demo: DemoStack; monitor: Monitor; roots: () => string[] }> {
	demo = await startDemo({ autonomous: false });
	monitor = startMonitor({ config: await configOf(demo), compose: demo.compose });
	const { store } = monitor;
	const roots = () => store.current().findings.flatMap(({ id, explainedBy }) => (explainedBy === null ? [id] : []));
	await vi.waitFor(() => expect(store.current().feeds.pipeline.status).toBe('live'), soon);
	return { demo, monitor, roots };
}

const soon = { timeout: 9000, interval: 50 };

test('a container that is stopped is found, and is found no more when it is back', async () => {
	const { demo, roots } = await watchDemo();
	demo.scenario.stopContainer('airflow-redis');
	await vi.waitFor(() => expect(roots()).toEqual(['container exited airflow-redis']), soon);
	demo.scenario.startContainer('airflow-redis');
	await vi.waitFor(() => expect(roots()).toEqual([]), soon);
});

test('a paused DAG with a run that waits, a wrong password, an import error', { timeout: 60_000 }, async () => {
	const { demo, monitor, roots } = await watchDemo();
	demo.scenario.pauseDag('ml_pipeline_end_to_end');
	demo.scenario.triggerRun();
	// Nobody asks: a run that waits has the DAG asked for, long before its turn.
	await vi.waitFor(() => expect(roots()).toEqual(['dag paused ml_pipeline_end_to_end']), {
		timeout: 20_000,
		interval: 50,
	});
	demo.scenario.unpauseDag('ml_pipeline_end_to_end');
	demo.scenario.addImportError('broken.py', 'Traceback\n  File "/opt/airflow/dags/broken.py", line 3\nSyntaxError: x');
	monitor.refresh();
	await vi.waitFor(() => expect(roots()).toContain('import error /opt/airflow/dags/broken.py'), soon);
	demo.scenario.clearImportErrors();
	demo.scenario.setPassword('other');
	demo.scenario.expireSessions();
	monitor.refresh();
	await vi.waitFor(() => expect(roots()).toContain('airflow api login'), soon);
});

test('a container cut off from the network, a pool without slots', async () => {
	const { demo, monitor, roots } = await watchDemo();
	await vi.waitFor(() => expect(monitor.store.current().diagnosedAt).not.toBeNull(), soon);
	demo.scenario.disconnectContainer('airflow-worker');
	await vi.waitFor(() => expect(roots()).toEqual(['network cut airflow-worker']), soon);
	demo.scenario.restartContainer('airflow-worker');
	demo.scenario.setPoolSlots(0);
	demo.scenario.triggerRun();
	monitor.refresh();
	await vi.waitFor(() => expect(roots()).toContain('pool full default_pool'), { timeout: 15_000, interval: 50 });
});

test('on demand everything is checked, what costs something too, one after the other', async () => {
	const { demo, monitor } = await watchDemo();
	await monitor.deepCheck();
	const { checks, checkedAt, findings } = monitor.store.current();
	for (const name of [
		'broker',
		'database',
		'dag folder inside',
		'road to MLflow',
		'celery ping',
		'logs folder',
	] as const)
		expect(checks[checkKey(name)]?.result, name).not.toBeNull();
	expect(checks[checkKey('celery ping')]?.result).toMatchObject({ answers: true });
	expect(checkedAt.deep).not.toBeNull();
	expect(findings).toEqual([]);
	// Once more at once: within its least pause nothing is run again.
	const before = demo.scenario.requests('docker', '/v1.41/exec');
	await monitor.deepCheck();
	expect(demo.scenario.requests('docker', '/v1.41/exec')).toBe(before);
});

test('what a container was made from is told without its secrets', async () => {
	const { monitor } = await watchDemo();
	await vi.waitFor(() => {
		const { checks, containers } = monitor.store.current();
		const worker = Object.values(containers).find(({ container }) => container.name === 'airflow-worker');
		const check = checks[checkKey('setup', worker?.container.id)]?.result;
		expect(check).toMatchObject({
			setup: { hasHealthCheck: true, settings: { AIRFLOW__CELERY__WORKER_CONCURRENCY: '4' } },
		});
		expect(JSON.stringify(checks)).not.toContain('airflow:airflow@');
	}, soon);
});

/** Time that passes only as it is told to: what waits for it goes on in the order of its time. */
class SteppedClock implements Clock {
	#now = Date.UTC(2026, 10, 24, 9);
	#waiting: { at: number; go: () => void }[] = [];

	now = () => this.#now;

	sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			if (signal?.aborted) return resolve();
			const one = { at: this.#now + ms, go: resolve };
			this.#waiting.push(one);
			const stop = () => {
				this.#waiting = this.#waiting.filter(other => other !== one);
				resolve();
			};
			signal?.addEventListener('abort', stop, { once: true });
		});

	step(ms: number): void {
		this.#now += ms;
		const due = this.#waiting.filter(({ at }) => at <= this.#now);
		this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
		for (const { go } of due.toSorted((a, b) => a.at - b.at)) go();
	}
}

/**
 * Until what was asked is answered: servers and clients talk over real sockets, and that clock must not run away from
 * them. Turns of the event loop without a new request say so, as both are of this process.
 */
async function answered({ scenario }: DemoStack): Promise<void> {
	const asked = () => scenario.requests('docker') + scenario.requests('airflow') + scenario.requests('mlflow');
	let before = asked();
	for (let quiet = 0; quiet < 4; ) {
		await new Promise(resolve => setTimeout(resolve, 0));
		const now = asked();
		quiet = now === before ? quiet + 1 : 0;
		before = now;
	}
}

test('an hour of the demo: its illnesses are found, and nothing else', { timeout: 300_000 }, async () => {
	const clock = new SteppedClock();
	demo = await startDemo({ now: clock.now });
	const found = new Map<string, number>();
	const onObservation = (seen: Observation) => {
		if (seen.type !== 'findings changed') return;
		for (const { id, explainedBy } of seen.findings) if (explainedBy === null) found.set(id, (found.get(id) ?? 0) + 1);
	};
	monitor = startMonitor({ config: await configOf(demo), compose: demo.compose, clock, onObservation });
	for (let elapsed = 0; elapsed < 3_600_000; elapsed += 1000) {
		clock.step(1000);
		demo.scenario.tick();
		await answered(demo);
	}
	// The autopilot lets these two fall ill in turn, and tasks of the pipeline fail.
	const expected =
		/^(container unhealthy (airflow-worker|mlflow)|page away mlflow|task failed ml_pipeline_end_to_end\/)/;
	expect([...found.keys()].filter(id => !expected.test(id))).toEqual([]);
	expect(found.has('container unhealthy airflow-worker')).toBe(true);
	expect(found.has('container unhealthy mlflow')).toBe(true);
});
