import { createServer, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { noEngine } from '../../source/model/engine/engine-address.ts';
import { pauseCommand, poolCommand, triggerCommand } from '../../source/selectors/printed-commands/airflow-command.ts';
import { commandOfFix } from '../../source/selectors/printed-commands/fix-command.ts';
import { actionsFor } from '../../source/ui/actions/table.ts';
import { render } from '../../source/words/message.ts';
import { soon } from '../patience.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

/** Resolves when every pane has its facts, and the first checks are made. */
async function untilAllIsThere(): Promise<void> {
	await vi.waitFor(() => {
		const { taskInstances, mlflowRuns, modelVersions, dags, checkedAt, endpoints } = here.monitor.store.current();
		expect(Object.keys(taskInstances).length).toBeGreaterThan(0);
		expect([mlflowRuns, modelVersions, dags].every(list => list?.length)).toBe(true);
		expect(endpoints.every(({ check }) => check?.ok)).toBe(true);
		expect(checkedAt.light).not.toBeNull();
	}, soon);
}

/** Airflow and MLflow without an engine, each below a path of one host, as managed ones are. */
let demo: DemoStack;
let here: OnDemo;
let proxy: Awaited<ReturnType<typeof proxyTo>>;

async function proxyTo(targets: Readonly<Record<string, string>>) {
	const paths: string[] = [];
	const server = createServer((request, response) => {
		const [prefix, target] = Object.entries(targets).find(([one]) => request.url?.startsWith(`${one}/`)) ?? [];
		paths.push(request.url ?? '');
		if (prefix === undefined || target === undefined) return response.writeHead(404).end('nothing here');
		const path = request.url?.slice(prefix.length) ?? '/';
		const onward = httpRequest(new URL(path, target), { method: request.method, headers: request.headers }, answer => {
			response.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		paths,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

beforeEach(async () => {
	demo = await startDemo({ autonomous: false, airflow: '3' });
	proxy = await proxyTo({ '/team/deployment': demo.airflowUrl, '/team/mlflow': demo.mlflowUrl });
	here = await controllerOnDemo({
		demo,
		config: {
			dockerHost: noEngine('--docker-host none'),
			discovery: { airflowUrl: `${proxy.url}/team/deployment`, mlflowUrl: `${proxy.url}/team/mlflow` },
		},
	});
});
afterEach(async () => {
	await here.close();
	proxy.close();
	await demo.close();
});

test('panes, keys and header are those of a stack without containers', async () => {
	await untilAllIsThere();
	const { header, panes } = here.controls.screen.getState();
	here.text();
	expect(Object.keys(panes)).not.toContain('services');
	expect(here.controls.view().focus).toBe('pipeline');
	expect(here.controls.screen.getState().header?.text).toMatch(/127\.0\.0\.1:\d+\/team\/deployment .*airflow 3/);
	expect(header?.text).not.toContain('docker');
	for (const key of ['shift-tab', 'tab', 'tab', 'tab', 'tab', 'tab', '1']) {
		here.controls.press(key);
		expect(here.controls.view().focus).not.toBe('services');
	}
	const ids = actionsFor({ hasEngine: false }).map(({ id }) => id);
	expect(ids).toContain('trigger');
	// In the log of a task it opens the page of the task.
	expect(ids).toContain('inspect');
	for (const id of ['pane-services', 'restart', 'stop', 'start', 'kill', 'shell', 'top', 'stack', 'disk', 'try-file'])
		expect(ids).not.toContain(id);
	here.controls.resize(80, 24);
	here.text();
	expect(Object.keys(here.controls.screen.getState().panes).toSorted()).toEqual(['logs', 'mlflow', 'pipeline']);
});

test('every request is below the paths, and none goes to the engine', async () => {
	await untilAllIsThere();
	expect(proxy.paths.filter(path => !/^\/team\/(deployment|mlflow)\//.test(path))).toEqual([]);
	expect(demo.scenario.requestCounts('docker')).toEqual({});
});

test('a change is shown as a request, and the log of a task is read from the REST API', async () => {
	await untilAllIsThere();
	const state = here.monitor.store.current();
	const dag = `${proxy.url}/team/deployment/api/v2/dags/etl`;
	expect(pauseCommand(state, 'etl', true)).toMatch(new RegExp(`^curl .* -X PATCH ${dag} .*"is_paused":true`));
	expect(triggerCommand(state, 'etl', 'manual__1', '{"rows":5}')).toMatch(
		new RegExp(`^curl .* -X POST ${dag}/dagRuns .*"dag_run_id":"manual__1","logical_date":null,"conf":{"rows":5}`),
	);
	expect(poolCommand(state, 'a b', 3)).toMatch(
		/-X PATCH '?\S+\/api\/v2\/pools\/a%20b\?update_mask=slots'? .*"slots":3/,
	);
	here.controls.press('2');
	here.controls.press('l');
	await here.sees(/model_registry, try 1: success/);
	expect(proxy.paths.filter(path => /^\/team\/deployment\/api\/v2\/.*\/logs\/1/.test(path))).not.toEqual([]);
});

test('findings and the report name no service', async () => {
	await untilAllIsThere();
	const { scenario } = demo;
	const failed = scenario.triggerRun({ rows: 5 });
	scenario.setTaskState(failed, 'raw_to_bronze', 'failed');
	scenario.setRunState(failed, 'failed');
	scenario.addImportError('/opt/airflow/dags/broken.py', 'ModuleNotFoundError: No module named great_expectations');
	scenario.stopContainer('airflow-scheduler');
	await scenario.takeDown('mlflow');
	here.monitor.refresh();
	const findings = () => here.monitor.store.current().findings;
	await vi.waitFor(() => expect(findings().length).toBeGreaterThan(2), soon);
	const words = findings().flatMap(finding => [
		finding.title,
		finding.cause,
		...finding.impact,
		...finding.evidence.map(({ message }) => message),
		...finding.fixes.map(({ message }) => message),
	]);
	const texts = [...words, ...here.monitor.checkReport().map(({ answer }) => answer)].map(one => render(one, 'en'));
	expect(texts.filter(text => /airflow-\w|docker|container|mlflow log/i.test(text))).toEqual([]);
	const commands = findings().flatMap(({ fixes }) =>
		fixes.flatMap(({ action }) => commandOfFix(action, { state: here.monitor.store.current() }) ?? []),
	);
	expect(commands.filter(command => /docker|airflow-/.test(command))).toEqual([]);
});
