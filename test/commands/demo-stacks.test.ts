/** `laketop demo --stack NAME`, and commands on the demo that it names. */
import { expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { parseCommandLine } from '../../source/commands/parse.ts';
import { type DemoStackName, demoStackNames } from '../../source/demo/stack-names.ts';
import { documentOf, patientClock, runLaketop } from './harness.ts';

const usageError = async (...argv: string[]) => {
	const error = await parseCommandLine(argv).then(
		() => null,
		(problem: unknown) => problem,
	);
	return error instanceof Error && 'what' in error ? error.message : null;
};

test('demo opens the screen, like --demo', async () => {
	const parsed = await parseCommandLine(['demo', '--stack', 'managed']);
	expect(parsed.kind).toBe('monitor');
	if (parsed.kind !== 'monitor') return;
	expect([parsed.given.is('demo'), parsed.given.text('stack')]).toEqual([true, 'managed']);
	const plain = await parseCommandLine(['--stack', 'managed', '--demo']);
	expect(plain.kind === 'monitor' && plain.given.text('stack')).toBe('managed');
});

test('an unknown stack is refused with those that exist', async () => {
	for (const argv of [
		['demo', '--stack', 'k8s'],
		['status', '--demo', '--stack', 'k8s'],
		['--demo', '--stack', 'k8s'],
	])
		expect(await usageError(...argv)).toBe(`--stack: invalid value "k8s" (one of: ${demoStackNames.join(', ')})`);
});

test('--stack has no meaning without a demo', async () => {
	expect(await usageError('status', '--stack', 'podman')).toBe('option --stack requires --demo');
	expect(await usageError('--stack', 'podman')).toBe('option --stack requires --demo');
});

type Expected = {
	readonly project: string | null;
	readonly versions: Readonly<Record<string, string | null>>;
	readonly dag: string;
	readonly services: readonly string[];
};
const ofGuide = ['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-worker', 'mlflow'];
const ofOfficial = ['airflow-init', 'airflow-scheduler', 'airflow-triggerer', 'airflow-worker', 'postgres', 'redis'];
const pipeline = 'ml_pipeline_end_to_end';

/** What `laketop status` reports of each stack. */
const expected: Readonly<Record<DemoStackName, Expected>> = {
	guide: {
		project: 'mlops',
		versions: { docker: '20.10.24+dfsg1', airflow: '2.8.0', mlflow: '2.9.2' },
		dag: pipeline,
		services: [...ofGuide, 'airflow-webserver'],
	},
	'guide-airflow3': {
		project: 'mlops',
		versions: { docker: '20.10.24+dfsg1', airflow: '3.3.2', mlflow: '3.17.2' },
		dag: pipeline,
		services: [...ofGuide, 'airflow-apiserver', 'airflow-dag-processor'],
	},
	'official-airflow2': {
		project: 'shop',
		versions: { docker: '20.10.24+dfsg1', airflow: '2.10.5', mlflow: null },
		dag: 'orders_hourly',
		services: [...ofOfficial, 'airflow-webserver'],
	},
	'official-airflow3': {
		project: 'shop',
		versions: { docker: '20.10.24+dfsg1', airflow: '3.3.2', mlflow: null },
		dag: 'orders_hourly',
		services: [...ofOfficial, 'airflow-apiserver', 'airflow-dag-processor'],
	},
	'mlflow-elsewhere': {
		project: 'mlops',
		versions: { docker: '20.10.24+dfsg1', airflow: '3.3.2', mlflow: '3.17.2' },
		dag: pipeline,
		services: [...ofGuide.filter(name => name !== 'mlflow'), 'airflow-apiserver', 'airflow-dag-processor'],
	},
	managed: {
		project: null,
		versions: { docker: null, airflow: '3.3.2', mlflow: '3.17.2' },
		dag: pipeline,
		services: [],
	},
	podman: {
		project: 'mlops',
		versions: { docker: 'podman 4.3.1', airflow: '2.8.0', mlflow: '2.9.2' },
		dag: pipeline,
		services: [...ofGuide, 'airflow-webserver'],
	},
};

test.each(demoStackNames)('status --demo --stack %s', async name => {
	const ran = await runLaketop(['status', '--demo', '--stack', name, '--json'], { clock: patientClock });
	expect(ran.stderr).toBe('');
	const status = documentOf(documents.status, ran.stdout);
	const { project, versions, dag, services } = expected[name];
	expect(status).toMatchObject({ state: 'healthy', project, pipeline: { dag_id: dag, exists: true } });
	expect(Object.fromEntries(status.sources.map(one => [one.name, one.version]))).toEqual(versions);
	expect([...new Set(status.services.map(one => one.service))].toSorted()).toEqual(services.toSorted());
});

test.each(['tasks', 'graph', 'grid', 'gantt', 'trend', 'source', 'runs'])(
	'%s of a named DAG logs in as the user of the stack',
	async command => {
		const argv = [command, 'orders_hourly', '--demo', '--stack', 'official-airflow3'];
		const ran = await runLaketop(argv, { clock: patientClock });
		expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
	},
);

test.each(['official-airflow2', 'official-airflow3'])('the DAG that is found has its order: %s', async stack => {
	const argv = ['graph', '--demo', '--stack', stack, '--json'];
	const graph = documentOf(documents.graph, (await runLaketop(argv, { clock: patientClock })).stdout);
	expect(graph).toMatchObject({ dag_id: 'orders_hourly', has_edges: true });
	expect(graph.tasks.filter(task => task.downstream_task_ids.length > 0).length).toBeGreaterThan(3);
});

test('each stack is a stack of its own in the completion', async () => {
	const dags = (stack: string) =>
		runLaketop(['__complete', 'dag', 'trigger', '--demo', '--stack', stack], { clock: patientClock });
	expect((await dags('official-airflow3')).stdout).toContain('orders_hourly\n');
	expect((await dags('guide')).stdout).toContain(`${pipeline}\n`);
});
