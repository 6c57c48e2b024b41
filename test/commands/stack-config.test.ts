import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { official, officialStack, officialUser } from '../given/official-stack.ts';
import { documentOf, patientClock, runLaketop } from './harness.ts';

/** What `laketop config` shows of a stack about which nobody configured anything. */

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({
		autonomous: false,
		containers: officialStack,
		airflowUser: officialUser,
		withoutDags: ['ml_pipeline_end_to_end'],
	});
});
afterAll(() => demo.close());

const limit = { timeout: 120_000 };
const config = (...more: string[]) =>
	runLaketop(['config', '--docker-host', demo.dockerHost, '--project', official.name, ...more], {
		clock: patientClock,
	});

test('each discovered value, what it comes from, and what would override it', limit, async () => {
	const { stdout } = await config('--json');
	const { values } = documentOf(documents.config, stdout);
	const of = (key: string) => values.find(one => one.key === key);
	expect(of('compose_file')).toMatchObject({
		value: '/srv/shop/docker-compose.yaml',
		source: 'labels of the containers of shop',
	});
	expect(of('airflow.url')).toMatchObject({ source: 'published port of shop-airflow-webserver-1', problem: null });
	const source = 'environment of shop-airflow-init-1';
	expect(of('airflow.username')).toMatchObject({ value: 'airflow', source });
	expect(of('airflow.username')?.set_with).toContain('LAKETOP_AIRFLOW_USERNAME');
	expect(of('airflow.password')).toMatchObject({ value: '•••', source });
	expect(of('dag')).toMatchObject({ source: 'the DAG with the newest run' });
	expect(of('dag')?.value).not.toBe('ml_pipeline_end_to_end');
	expect(of('mlflow.url')).toMatchObject({ value: '', source: 'none in this stack', problem: null });
	expect(stdout).not.toContain(officialUser.password);
});

test('in Korean as well, and never the password', limit, async () => {
	const { stdout } = await config('--lang', 'ko');
	expect(stdout).toContain('shop-airflow-init-1의 환경 변수');
	expect(stdout).toContain('가장 최근에 실행된 DAG');
	expect(stdout).not.toContain(officialUser.password);
});

test('what is configured is not looked up', limit, async () => {
	const environment = { LAKETOP_AIRFLOW_USERNAME: 'ops', LAKETOP_DAG: 'mine' };
	const argv = ['config', '--docker-host', demo.dockerHost, '--project', official.name, '--json'];
	const { stdout } = await runLaketop(argv, { clock: patientClock, environment });
	const { values } = documentOf(documents.config, stdout);
	const of = (key: string) => values.find(one => one.key === key);
	expect(of('airflow.username')).toMatchObject({ value: 'ops', source: 'environment LAKETOP_AIRFLOW_USERNAME' });
	expect(of('airflow.password')).toMatchObject({ value: '•••', source: 'default' });
	expect(of('dag')).toMatchObject({ value: 'mine', source: 'environment LAKETOP_DAG' });
});
