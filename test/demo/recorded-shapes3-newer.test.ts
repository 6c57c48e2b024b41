/** What only Airflow 3 answers, from the embedded server: with the fields and types of recorded responses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { newerDags } from '../given/newer-dags.ts';
import { handClock, send } from './requests.ts';
import { differences } from './shape.ts';

const recorded = (file: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/recorded/airflow-3.3.2/newer', file), 'utf8'));

const clock = handClock();
let demo: DemoStack;
let token = '';
const ask = (path: string, options: RequestInit = {}): Promise<Response> =>
	fetch(`${demo.airflowUrl}/api/v2${path}`, {
		...options,
		headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...options.headers },
	});
const pass = (seconds: number) => {
	for (let second = 0; second < seconds; second++) {
		clock.pass(1000);
		demo.scenario.tick();
	}
};

const days = (() => {
	const midnight = Math.floor(clock.now() / 86_400_000) * 86_400_000;
	const iso = (ago: number) => new Date(midnight - ago * 86_400_000).toISOString().replace('.000', '');
	return { dag_id: 'daily_prices', from_date: iso(4), to_date: iso(2) };
})();
const RUN = '/dags/release/dagRuns/release_7';
const hitl = (task: string) => `${RUN}/taskInstances/${task}/-1/hitlDetails`;

beforeAll(async () => {
	demo = await startDemo({ now: clock.now, autonomous: false, airflow: '3', dags: newerDags });
	const login = await fetch(`${demo.airflowUrl}/auth/token`, send('POST', { username: 'admin', password: 'admin' }));
	token = JSON.parse(await login.text()).access_token;
	await ask('/backfills', send('POST', { ...days, max_active_runs: 3 }));
	pass(20);
	await ask('/dags/release/dagRuns', send('POST', { dag_run_id: 'release_7', logical_date: null }));
	demo.scenario.changeDag('daily_prices', '"""changed"""');
	pass(20);
});
afterAll(() => demo.close());

test.each<[string, () => Promise<Response>]>([
	[
		'backfill.dry-run.json',
		() => ask('/backfills/dry_run', send('POST', { ...days, reprocess_behavior: 'completed' })),
	],
	['backfills.json', () => ask('/backfills?dag_id=daily_prices&limit=100&offset=0&order_by=-id')],
	['dag-versions.json', () => ask('/dags/daily_prices/dagVersions')],
	['dag-source.version-1.json', () => ask('/dagSources/daily_prices?version_number=1')],
	['hitl.waiting.json', () => ask('/dags/~/dagRuns/~/hitlDetails?response_received=false')],
	['task-instances.awaiting.json', () => ask(`${RUN}/taskInstances`)],
	[
		'hitl.answered.json',
		() => ask(hitl('choose'), send('PATCH', { chosen_options: ['eu'], params_input: { share: 1 } })),
	],
	['hitl.detail.json', () => ask(hitl('choose'))],
	['assets.json', () => ask('/assets')],
	['asset-events.json', () => ask('/assets/events')],
	['asset.materialized.json', () => ask('/assets/1/materialize', send('POST', {}))],
])('Airflow 3: %s', async (file, request) => {
	const answer = await request();
	expect(answer.status).toBe(200);
	const inTask = ['.rendered_fields', '.hitl_details[].task_instance.rendered_fields'];
	const maps = [
		...['.conf', '.params', '.params_input', '.hitl_details[].params', '.hitl_details[].params_input'],
		...['.task_instances[].rendered_fields', '.task_instance.rendered_fields', ...inTask],
		...['.assets[].extra', '.asset_events[].extra'],
	];
	expect(differences(recorded(file), JSON.parse(await answer.text()), { maps, apart: [] })).toEqual([]);
});

test.each<[string, () => Promise<Response>]>([
	['error.400.hitl-option.json', () => ask(hitl('approve'), send('PATCH', { chosen_options: ['Maybe'] }))],
	['error.404.asset.json', () => ask('/assets/999/materialize', send('POST', {}))],
	['error.404.backfill.json', () => ask('/backfills/999/pause', { method: 'PUT' })],
	['error.404.backfill-dag.json', () => ask('/backfills', send('POST', { ...days, dag_id: 'no_such_dag' }))],
	['error.404.version.json', () => ask('/dagSources/daily_prices?version_number=9')],
	['error.409.completed.json', () => ask('/backfills/1/pause', { method: 'PUT' })],
])('Airflow 3, word for word: %s', async (file, request) => {
	const answer = await request();
	const { status, contentType, body } = recorded(file);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([status, contentType]);
	expect(JSON.parse(await answer.text())).toEqual(body);
});
