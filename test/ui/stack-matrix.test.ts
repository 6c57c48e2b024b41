/** Every generation of the servers with every other, on the embedded servers: start, overview, one action on each server. */
import { afterEach, expect, test, vi } from 'vitest';
import { airflowVersions, mlflowVersions } from '../../source/demo/world/versions.ts';
import { soon } from '../patience.ts';
import { type ScreenOnStack, screenOnStack } from './screen-on-stack.tsx';

const airflows = ['2', '2.10', '3'] as const;
const mlflows = ['none', '2', '3'] as const;
const engines = ['docker-29', 'podman-4.3', 'none'] as const;
type Stack = {
	readonly airflow: (typeof airflows)[number];
	readonly mlflow: (typeof mlflows)[number];
	readonly engine: (typeof engines)[number];
	/** Where MLflow runs, and whether it wants a login. */
	readonly place?: 'elsewhere' | 'locked' | 'elsewhere, locked';
};
const all = airflows.flatMap(airflow =>
	mlflows.flatMap(mlflow => engines.map((engine): Stack => ({ airflow, mlflow, engine }))),
);
const places: readonly (Stack & Required<Pick<Stack, 'place'>>)[] = [
	{ airflow: '2', mlflow: '2', engine: 'docker-29', place: 'locked' },
	{ airflow: '2.10', mlflow: '2', engine: 'docker-29', place: 'elsewhere' },
	{ airflow: '3', mlflow: '3', engine: 'podman-4.3', place: 'elsewhere, locked' },
	{ airflow: '3', mlflow: '3', engine: 'none', place: 'locked' },
];

let open: ScreenOnStack | undefined;
afterEach(async () => {
	await open?.close();
	open = undefined;
});

const engineWords = { 'docker-29': 'docker 29.0.0 ✔', 'podman-4.3': 'podman 4.3.1 ✔' } as const;

test.each(all)('Airflow $airflow, MLflow $mlflow, $engine', check);
test.each(places)('Airflow $airflow, MLflow $mlflow $place, $engine', check);

async function check(stack: Stack): Promise<void> {
	const isOfficial = stack.mlflow === 'none';
	const here = await screenOnStack({
		airflow: stack.airflow,
		engine: stack.engine,
		// What only Airflow 3 has changes nothing of the overview.
		hasNewer: true,
		...(stack.mlflow === 'none' ? { shape: 'official' as const } : { mlflow: stack.mlflow }),
		mlflowAt: stack.place?.includes('elsewhere') ? 'elsewhere' : 'project',
		mlflowLogin: stack.place?.includes('locked') ?? false,
	});
	open = here;
	await here.untilAllIsThere();
	checkOverview(here, stack, isOfficial);
	expect(here.changes()).toEqual([]);
	const expected: string[] = [];
	if (stack.engine !== 'none') expected.push(await restart(here, isOfficial));
	expected.push(await trigger(here, stack, isOfficial));
	expect(here.changes().toSorted()).toEqual(expected.toSorted());
}

/** The panes that apply, with what each server has; nothing is wrong. */
function checkOverview(here: ScreenOnStack, { airflow, mlflow, engine, place }: Stack, isOfficial: boolean): void {
	const frame = here.frame();
	const [header = ''] = frame.split('\n');
	expect(here.state().findings).toEqual([]);
	expect(header).toContain(`airflow ${airflowVersions[airflow]} ✔`);
	if (mlflow !== 'none') expect(header).toContain(`mlflow ${mlflowVersions[mlflow]} ✔`);
	expect(frame).toMatch(isOfficial ? /✔ publish_report/ : /✔ model_registry/);
	expect(frame).toMatch(mlflow === 'none' ? /none in this stack/ : /lakehouse_model v\d+/);
	const dagIds = here.state().dags?.map(({ dagId }) => dagId) ?? [];
	expect(dagIds.includes(isOfficial ? 'price_change' : 'model_release')).toBe(airflow === '3');
	const panes = Object.keys(here.controls.screen.getState().panes);
	if (engine === 'none') {
		expect(panes).not.toContain('services');
		expect(header).not.toMatch(/docker|podman/);
		expect(here.demo.scenario.requestCounts('docker')).toEqual({});
		return;
	}
	const services = Object.values(here.state().containers).map(({ container }) => container.service);
	expect(services.includes('mlflow')).toBe(mlflow !== 'none' && !place?.includes('elsewhere'));
	expect(header).toContain(engineWords[engine]);
	expect(header).toContain(isOfficial ? 'shop' : 'mlops');
	expect(frame).toMatch(isOfficial ? /airflow-worker 2\/2 +✔ healthy/ : /airflow-worker +✔ healthy/);
	if (isOfficial) expect(frame).toMatch(/airflow-init +✔ done/);
}

/** Selects the broker, and restarts it. Returns the request that has to be the only change. */
async function restart(here: ScreenOnStack, isOfficial: boolean): Promise<string> {
	const broker = isOfficial ? 'shop-redis-1' : 'airflow-redis';
	here.type('1');
	await vi.waitFor(() => expect(here.controls.view().focus).toBe('services'), soon);
	for (let rows = 0; rows < 20 && here.controls.view().selectedService !== broker; rows++) here.controls.press('j');
	expect(here.controls.view().selectedService).toBe(broker);
	const startOf = () =>
		Object.values(here.state().containers).map(({ container, detail }) => [container, detail?.startedAt] as const);
	const before = new Map(startOf().map(([{ id }, startedAt]) => [id, startedAt]));
	here.type('r');
	await here.sees(/Yes, do it/);
	here.type('y');
	await vi.waitFor(() => {
		const moved = startOf().flatMap(([{ id, name }, at]) => (at === before.get(id) ? [] : [name]));
		expect(moved).toEqual([broker]);
	}, soon);
	const [{ id } = { id: '' }] = Object.values(here.state().containers)
		.map(({ container }) => container)
		.filter(({ name }) => name === broker);
	const [request = ''] = here.changes().filter(one => one.includes(id));
	expect(request).toMatch(/^docker: POST \S+\/containers\/[0-9a-f]+\/restart \(1\)$/);
	return request;
}

/** Triggers the shown DAG. Returns the request that has to be the only change. */
async function trigger(here: ScreenOnStack, { airflow }: Stack, isOfficial: boolean): Promise<string> {
	const dagId = isOfficial ? 'orders_hourly' : 'ml_pipeline_end_to_end';
	const runs = () => here.state().dagRuns[dagId] ?? [];
	const before = new Set(runs().map(({ dagRunId }) => dagRunId));
	here.type('2');
	here.type('t');
	await here.sees(new RegExp(`Trigger ${dagId}: params`));
	here.type('\r');
	await here.sees(/Yes, do it/);
	here.type('y');
	await vi.waitFor(() => expect(runs().filter(({ dagRunId }) => !before.has(dagRunId))).toHaveLength(1), soon);
	const [made] = runs().filter(({ dagRunId }) => !before.has(dagRunId));
	expect(made).toMatchObject({ runType: 'manual' });
	expect(here.demo.scenario.task(made?.dagRunId ?? '', isOfficial ? 'extract_orders' : 'raw_to_bronze')).toBeDefined();
	return `airflow: POST /api/${airflow === '3' ? 'v2' : 'v1'}/dags/${dagId}/dagRuns (1)`;
}
