import { afterEach, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { loadConfig } from '../../source/config/load.ts';
import { defaults, openValues } from '../../source/config/options.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { checkKey } from '../../source/model/check.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { soon } from '../patience.ts';

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
		options: { ...openValues(defaults), stats_interval: 1 },
		demo: true,
	};
}

async function watchDemo(
	clock: Clock = systemClock,
): Promise<{ demo: DemoStack; monitor: Monitor; roots: () => string[] }> {
	demo = await startDemo({ autonomous: false, now: clock.now });
	monitor = startMonitor({ config: await configOf(demo), compose: demo.compose, clock });
	const { store } = monitor;
	const roots = () => store.current().findings.flatMap(({ id, explainedBy }) => (explainedBy === null ? [id] : []));
	await vi.waitFor(() => expect(store.current().feeds.pipeline.status).toBe('live'), soon);
	return { demo, monitor, roots };
}

test('a container that is stopped is found, and is found no more when it is back', async () => {
	const { demo, roots } = await watchDemo();
	demo.scenario.stopContainer('airflow-redis');
	await vi.waitFor(() => expect(roots()).toEqual(['container exited airflow-redis']), soon);
	demo.scenario.startContainer('airflow-redis');
	await vi.waitFor(() => expect(roots()).toEqual([]), soon);
});

test('a paused DAG with a run that waits, a wrong password, an import error', async () => {
	const { demo, monitor, roots } = await watchDemo();
	demo.scenario.pauseDag('ml_pipeline_end_to_end');
	demo.scenario.triggerRun();
	// Without a request: a waiting run makes the feed fetch its DAG long before its turn.
	await vi.waitFor(() => expect(roots()).toEqual(['dag paused ml_pipeline_end_to_end']), soon);
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
	await vi.waitFor(() => expect(roots()).toEqual(['network disconnected airflow-worker']), soon);
	demo.scenario.restartContainer('airflow-worker');
	demo.scenario.setPoolSlots(0);
	demo.scenario.triggerRun();
	monitor.refresh();
	await vi.waitFor(() => expect(roots()).toContain('pool full default_pool'), soon);
});

test('on demand everything is checked, what costs something too, one after the other', async () => {
	// It stands still: on a loaded machine one turn may take longer than the shortest pause.
	const now = Date.now();
	const { demo, monitor } = await watchDemo({ now: () => now, sleep: systemClock.sleep });
	await monitor.deepCheck();
	const { checks, checkedAt, findings } = monitor.store.current();
	for (const name of [
		'broker',
		'database',
		'dag folder inside',
		'mlflow connection',
		'celery ping',
		'logs folder',
	] as const)
		expect(checks[checkKey(name)]?.result, name).not.toBeNull();
	expect(checks[checkKey('celery ping')]?.result).toMatchObject({ answers: true });
	expect(checkedAt.deep).not.toBeNull();
	expect(findings).toEqual([]);
	// Repeated at once: within its shortest pause nothing runs again.
	const before = demo.scenario.requests('docker', '/v1.41/exec');
	await monitor.deepCheck();
	expect(demo.scenario.requests('docker', '/v1.41/exec')).toBe(before);
});

test("a container's configuration is reported without its secrets", async () => {
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
