import { afterEach, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../../source/app/monitor.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { type LogWatch, streamOf } from '../../../source/model/logs/log-watch.ts';
import { demoConfig } from '../../demo-config.ts';
import { english } from '../../english.ts';
import { soon } from '../../patience.ts';

let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
afterEach(async () => {
	await monitor?.stop();
	await demo?.close();
});

async function watchDemo(...logs: LogWatch[]) {
	demo = await startDemo({ autonomous: false });
	monitor = startMonitor({ config: demoConfig(demo) });
	monitor.interest.setState({ logs });
	return { demo, monitor };
}

const mlflow: LogWatch = { kind: 'container', name: 'mlflow' };

/** The lines of a log since `from`: numbered lines and notices. */
function readOf({ logs }: Monitor, watch: LogWatch): string[] {
	return logs
		.buffer(streamOf(watch))
		.tail(5000)
		.flatMap(line => (line.mark ? [`-- ${line.text}`] : /^numbered \d+$/.test(line.text) ? [line.text] : []));
}

const following = (monitor: Monitor, watch: LogWatch) =>
	vi.waitFor(() => expect(monitor.store.current().logStreams[streamOf(watch)]?.status).toBe('following'), soon);

test('several logs at once; one that was left is read on where it was left', async () => {
	const redis: LogWatch = { kind: 'container', name: 'airflow-redis' };
	const { demo, monitor } = await watchDemo(mlflow, redis);
	await following(monitor, mlflow);
	await following(monitor, redis);
	demo.scenario.emitLog('mlflow', 'numbered 1');
	demo.scenario.emitLog('airflow-redis', 'numbered 10');
	await vi.waitFor(() => expect(readOf(monitor, mlflow)).toEqual(['numbered 1']), soon);
	await vi.waitFor(() => expect(readOf(monitor, redis)).toEqual(['numbered 10']), soon);
	monitor.interest.setState({ logs: [redis] });
	await vi.waitFor(() => expect(demo.scenario.openStreams().logs).toBe(1), soon);
	demo.scenario.emitLog('mlflow', 'numbered 2');
	monitor.interest.setState({ logs: [redis, mlflow] });
	await vi.waitFor(() => expect(readOf(monitor, mlflow)).toEqual(['numbered 1', 'numbered 2']), soon);
});

test('a restart is marked, and the log goes on; nothing is lost or doubled', async () => {
	const { demo, monitor } = await watchDemo(mlflow);
	await following(monitor, mlflow);
	demo.scenario.emitLog('mlflow', 'numbered 1');
	demo.scenario.stopContainer('mlflow');
	await vi.waitFor(() => expect(readOf(monitor, mlflow).at(-1)).toMatch(/^-- mlflow has stopped/), soon);
	demo.scenario.startContainer('mlflow');
	await vi.waitFor(() => expect(readOf(monitor, mlflow).at(-1)).toBe('-- mlflow was started again'), soon);
	demo.scenario.emitLog('mlflow', 'numbered 2');
	await vi.waitFor(() => expect(readOf(monitor, mlflow).at(-1)).toBe('numbered 2'), soon);
	expect(readOf(monitor, mlflow).filter(text => text.startsWith('numbered'))).toEqual(['numbered 1', 'numbered 2']);
});

test('a recreated container is followed on', async () => {
	const { demo, monitor } = await watchDemo(mlflow);
	await following(monitor, mlflow);
	demo.scenario.emitLog('mlflow', 'numbered 1');
	await vi.waitFor(() => expect(readOf(monitor, mlflow)).toEqual(['numbered 1']), soon);
	demo.scenario.recreateContainer('mlflow');
	await vi.waitFor(() => expect(readOf(monitor, mlflow).join()).toMatch(/mlflow was recreated/), soon);
	demo.scenario.emitLog('mlflow', 'numbered 2');
	await vi.waitFor(() => expect(readOf(monitor, mlflow).at(-1)).toBe('numbered 2'), soon);
});

test('an engine that was unreachable: a notice says for how long, and lines written meanwhile are there', async () => {
	const { demo, monitor } = await watchDemo(mlflow);
	await following(monitor, mlflow);
	demo.scenario.emitLog('mlflow', 'numbered 1');
	await vi.waitFor(() => expect(readOf(monitor, mlflow)).toEqual(['numbered 1']), soon);
	await demo.scenario.takeDown('docker');
	const stream = () => monitor.store.current().logStreams[streamOf(mlflow)];
	await vi.waitFor(() => expect(stream()?.status).toBe('failed'), soon);
	demo.scenario.emitLog('mlflow', 'numbered 2');
	// A short interruption would get no notice.
	await vi.waitFor(() => expect(Date.now() - (stream()?.since ?? Date.now())).toBeGreaterThan(2200), soon);
	await demo.scenario.bringUp('docker');
	monitor.refresh();
	await vi.waitFor(() => expect(readOf(monitor, mlflow).at(-1)).toBe('numbered 2'), soon);
	expect(readOf(monitor, mlflow)[1]).toMatch(/^-- no connection for \ds \(.*\): the log continues where it stopped$/);
	expect(readOf(monitor, mlflow)).toHaveLength(3);
});

test('where the log no longer holds what was written meanwhile, a mark says that lines may be missing', async () => {
	const { demo, monitor } = await watchDemo(mlflow);
	await following(monitor, mlflow);
	demo.scenario.emitLog('mlflow', 'numbered 1');
	await vi.waitFor(() => expect(readOf(monitor, mlflow)).toEqual(['numbered 1']), soon);
	await demo.scenario.takeDown('docker');
	// The demo keeps 20,000 lines of a log: the line read last is rotated away.
	demo.scenario.emitLog('mlflow', Array.from({ length: 20_500 }, (_, index) => `numbered ${index + 2}`).join('\n'));
	await demo.scenario.bringUp('docker');
	monitor.refresh();
	await vi.waitFor(() => expect(readOf(monitor, mlflow).at(-1)).toBe('numbered 20501'), soon);
	const all = monitor.logs.buffer(streamOf(mlflow)).tail(50_000);
	const mark = all.findIndex(line => line.mark);
	expect(all[mark]?.text).toMatch(
		/^lines may be missing: the log no longer holds lines written after \d\d:\d\d:\d\d UTC$/,
	);
	expect(all[mark - 1]?.text).toBe('numbered 1');
	expect(all[mark + 1]?.text).toBe('numbered 502');
});

test('the log of a task by the REST API, of which only new parts are requested; then that of its next try', async () => {
	const { demo, monitor } = await watchDemo();
	const dagRunId = demo.scenario.triggerRun();
	const task: LogWatch = {
		kind: 'task',
		dagId: 'ml_pipeline_end_to_end',
		dagRunId,
		taskId: 'raw_to_bronze',
		mapIndex: -1,
		tryNumber: null,
		follow: 'task',
	};
	demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'running');
	demo.scenario.emitTaskLog(dagRunId, 'raw_to_bronze', '[2026-11-24T08:37:07.087+0000] {x.py:1} INFO - first');
	demo.scenario.emitTaskLog(dagRunId, 'raw_to_bronze', 'of one record');
	monitor.interest.setState({ logs: [task] });
	const texts = () =>
		monitor.logs
			.buffer(streamOf(task))
			.tail(100)
			.map(line => line.text);
	await vi.waitFor(() => expect(texts().join('\n')).toMatch(/INFO - first/), soon);
	expect(texts()[0]).toBe("raw_to_bronze, try 1 (from Airflow's REST API)");
	demo.scenario.emitTaskLog(dagRunId, 'raw_to_bronze', '[2026-11-24T08:37:08.000+0000] {x.py:1} INFO - second');
	demo.scenario.emitTaskLog(dagRunId, 'raw_to_bronze', '');
	await vi.waitFor(() => expect(texts().join('\n')).toMatch(/of one record\n.*INFO - second/), soon);
	const buffer = monitor.logs.buffer(streamOf(task));
	const second = buffer.tail(100).find(line => line.text.endsWith('second'));
	expect(second?.loggedAt).toBe(Date.UTC(2026, 10, 24, 8, 37, 8));
	demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'failed');
	await vi.waitFor(() => expect(texts().at(-1)).toBe('raw_to_bronze, try 1: failed'), soon);
	expect(texts().filter(text => text.endsWith('first'))).toHaveLength(1);
});

test('a container whose driver keeps no logs says so by its name; the log beside it is followed on', async () => {
	const redis: LogWatch = { kind: 'container', name: 'airflow-redis' };
	demo = await startDemo({ autonomous: false });
	demo.scenario.setLogDriver('airflow-redis', 'none');
	monitor = startMonitor({ config: demoConfig(demo) });
	monitor.interest.setState({ logs: [mlflow, redis] });
	await following(monitor, mlflow);
	const started = monitor;
	await vi.waitFor(
		() => expect(readOf(started, redis)).toEqual(['-- airflow-redis: log driver none keeps no logs']),
		soon,
	);
	const { logStreams, feeds } = monitor.store.current();
	expect(english(logStreams[streamOf(redis)])).toMatchObject({
		status: 'ended',
		note: 'log driver none keeps no logs',
	});
	expect(feeds.logs.status).toBe('live');
	const asked = demo.scenario.requests('docker', '/v1.41/containers/');
	demo.scenario.emitLog('mlflow', 'numbered 1');
	await vi.waitFor(() => expect(readOf(started, mlflow)).toEqual(['numbered 1']), soon);
	expect(demo.scenario.requests('docker', '/v1.41/containers/')).toBeLessThan(asked + 20);
});
