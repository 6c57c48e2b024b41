import { afterEach, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { containerStream } from '../../source/model/logs/log-store.ts';
import { runKey } from '../../source/model/state.ts';
import { demoConfig } from '../demo-config.ts';
import { soon } from '../patience.ts';

let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
afterEach(async () => {
	await monitor?.stop();
	await demo?.close();
});

async function watchDemo(): Promise<{ demo: DemoStack; monitor: Monitor }> {
	demo = await startDemo({ autonomous: false });
	monitor = startMonitor({ config: demoConfig(demo) });
	return { demo, monitor };
}

test('all three servers are found and watched without being named', async () => {
	const { monitor } = await watchDemo();
	await vi.waitFor(() => {
		const state = monitor.store.current();
		expect(state.feeds.containers.status).toBe('live');
		expect(state.feeds.pipeline.status).toBe('live');
		expect(state.feeds.experiment.status).toBe('live');
		expect(state.dagTasks.ml_pipeline_end_to_end).toHaveLength(7);
		expect(state.mlflowRuns?.length).toBeGreaterThan(0);
		expect(Object.values(state.containers).some(({ use }) => use?.cpuPercent != null)).toBe(true);
	}, soon);
});

test('a stopped container is seen from the event', async () => {
	const { demo, monitor } = await watchDemo();
	const redis = () =>
		Object.values(monitor.store.current().containers).find(({ container }) => container.name === 'airflow-redis');
	await vi.waitFor(() => expect(redis()?.detail).toBeTruthy(), soon);
	demo.scenario.stopContainer('airflow-redis');
	await vi.waitFor(() => expect(redis()?.container.state).toBe('exited'), soon);
});

test('Airflow unreachable: only its feeds fail, and recover by themselves', async () => {
	const { demo, monitor } = await watchDemo();
	const feeds = () => monitor.store.current().feeds;
	await vi.waitFor(() => expect([feeds().pipeline.status, feeds().experiment.status]).toEqual(['live', 'live']), soon);
	await demo.scenario.takeDown('airflow');
	monitor.refresh();
	await vi.waitFor(() => expect(feeds().pipeline.status).toBe('failed'), soon);
	expect([feeds().containers.status, feeds().experiment.status]).toEqual(['live', 'live']);
	await demo.scenario.bringUp('airflow');
	monitor.refresh();
	await vi.waitFor(() => expect(feeds().pipeline.status).toBe('live'), soon);
});

test('a task of a run that has ended, marked by somebody, is shown as it is: at once after an own change', async () => {
	const { demo, monitor } = await watchDemo();
	const dagId = 'ml_pipeline_end_to_end';
	const dagRunId = demo.scenario.triggerRun();
	demo.scenario.setRunState(dagRunId, 'success');
	const taskInstances = () => monitor.store.current().taskInstances[runKey(dagId, dagRunId)];
	await vi.waitFor(() => expect(taskInstances()).toHaveLength(7), soon);
	// It is known to have ended, and its tasks too.
	const asked = () => demo.scenario.requests('airflow', `/api/v1/dags/${dagId}/dagRuns`);
	const before = asked();
	monitor.refresh();
	await vi.waitFor(() => expect(asked()).toBeGreaterThan(before), soon);
	demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'failed');
	monitor.refresh();
	await vi.waitFor(
		() => expect(taskInstances()?.find(task => task.taskId === 'raw_to_bronze')?.state).toBe('failed'),
		soon,
	);
});

test('the log that is looked at is followed, and goes on after a cut without a line lost or doubled', async () => {
	const { demo, monitor } = await watchDemo();
	monitor.interest.setState({ logs: [{ kind: 'container', name: 'mlflow' }] });
	const buffer = monitor.logs.buffer(containerStream('mlflow'));
	const numbered = () => buffer.tail(1000).flatMap(line => (/^numbered \d+$/.test(line.text) ? [line.text] : []));
	await vi.waitFor(() => expect(monitor.store.current().feeds.logs.status).toBe('live'), soon);
	demo.scenario.emitLog('mlflow', 'numbered 1');
	await vi.waitFor(() => expect(numbered()).toEqual(['numbered 1']), soon);
	demo.scenario.cutLogStreams();
	demo.scenario.emitLog('mlflow', 'numbered 2');
	await vi.waitFor(() => expect(numbered()).toEqual(['numbered 1', 'numbered 2']), soon);
});

test('after the stream of events was cut the containers are listed again: what happened meanwhile is not missed', async () => {
	const { demo, monitor } = await watchDemo();
	const mlflow = () =>
		Object.values(monitor.store.current().containers).find(({ container }) => container.name === 'mlflow');
	await vi.waitFor(() => expect(mlflow()?.detail).toBeTruthy(), soon);
	const lists = () => demo.scenario.requests('docker', '/v1.41/containers/json');
	const before = lists();
	demo.scenario.cutEventStreams();
	demo.scenario.stopContainer('mlflow');
	await vi.waitFor(() => expect(mlflow()?.container.state).toBe('exited'), soon);
	expect(lists()).toBeGreaterThan(before);
});

test('a stopped webserver keeps its address: it comes back where it was', async () => {
	const { demo, monitor } = await watchDemo();
	await vi.waitFor(() => expect(monitor.store.current().feeds.pipeline.status).toBe('live'), soon);
	const address = monitor.clients.airflow?.address;
	expect(new URL(address ?? '').port).toBe(new URL(demo.airflowUrl).port);
	demo.scenario.stopContainer('airflow-webserver');
	await demo.scenario.settled();
	await vi.waitFor(() => expect(monitor.store.current().feeds.pipeline.status).toBe('failed'), soon);
	demo.scenario.cutEventStreams();
	await vi.waitFor(() => {
		const state = monitor.store.current();
		const webserver = Object.values(state.containers).find(({ container }) => container.name === 'airflow-webserver');
		expect(webserver?.container.ports.some(port => port.publicPort !== null)).toBe(false);
	}, soon);
	expect(monitor.clients.airflow?.address).toBe(address);
});
