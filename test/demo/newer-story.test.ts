/** What the Airflow 3 demos show of what only Airflow 3 has, and that an operator can act on it. */
import { afterEach, expect, test } from 'vitest';
import { type DemoStack, demoStacks, startDemo } from '../../source/demo/index.ts';
import { handClock, send } from './requests.ts';

let demo: DemoStack;
afterEach(() => demo.close());

test.each([
	['guide-airflow3', 'model_release', 'customer_segments', 'campaign_refresh', 3],
	['official-airflow3', 'price_change', 'supplier_prices', 'price_labels', 5],
	['managed', 'model_release', 'customer_segments', 'campaign_refresh', 3],
] as const)('%s: a question, a backfill, an asset and DAG versions', async (name, asking, producer, consumer, hour) => {
	const clock = handClock(Date.UTC(2026, 10, 24, 9, 41));
	demo = await startDemo({ ...demoStacks[name], now: clock.now });
	const [username, password] =
		name === 'official-airflow3' ? ['shop-admin', 'correct-horse-battery'] : ['admin', 'admin'];
	const login = await fetch(`${demo.airflowUrl}/auth/token`, send('POST', { username, password }));
	const { access_token: token } = JSON.parse(await login.text());
	const ask = async (path: string, options: RequestInit = {}) => {
		const headers = { authorization: `Bearer ${token}`, ...options.headers };
		const answer = await fetch(`${demo.airflowUrl}/api/v2${path}`, { ...options, headers });
		return JSON.parse(await answer.text());
	};
	const pass = (seconds: number) => {
		for (let second = 0; second < seconds; second++) {
			clock.pass(1000);
			demo.scenario.tick();
		}
	};

	// The history: dates at the schedule's minute, named after them; events of the asset, runs that it started, versions.
	const { dag_runs: before } = await ask(`/dags/${producer}/dagRuns?limit=100`);
	expect(before).toHaveLength(8);
	for (const run of before) {
		expect(run.logical_date).toMatch(new RegExp(`T0${hour}:00:00Z$`));
		expect(run).toMatchObject({ run_after: run.logical_date, data_interval_end: run.logical_date, state: 'success' });
		expect(run.dag_run_id).toBe(`scheduled__${run.logical_date.replace('Z', '+00:00')}`);
	}
	const versions = before.map(
		(run: { dag_versions: { version_number: number }[] }) => run.dag_versions[0]?.version_number,
	);
	expect(versions).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
	expect((await ask(`/dags/${producer}/dagVersions`)).total_entries).toBe(2);
	expect((await ask('/assets/events')).total_entries).toBe(8);
	const { dag_runs: started } = await ask(`/dags/${consumer}/dagRuns?limit=100`);
	expect(started[0]).toMatchObject({ run_type: 'asset_triggered', logical_date: null });

	// A question, which is answered.
	pass(30);
	const { hitl_details: questions } = await ask('/dags/~/dagRuns/~/hitlDetails?response_received=false');
	expect(questions).toHaveLength(1);
	const [{ task_instance: waiting }] = questions;
	expect(waiting).toMatchObject({ dag_id: asking, task_id: 'approve', state: 'awaiting_input' });
	const path = `/dags/${asking}/dagRuns/${encodeURIComponent(waiting.dag_run_id)}`;
	await ask(`${path}/taskInstances/approve/-1/hitlDetails`, send('PATCH', { chosen_options: ['Approve'] }));

	// A backfill under way, whose runs are those of the schedule; it is paused and goes on.
	const backfill = async () => (await ask(`/backfills?dag_id=${producer}`)).backfills[0];
	expect(await backfill()).toMatchObject({ is_paused: false, completed_at: null });
	const ofBackfill = async () => {
		const { dag_runs } = await ask(`/dags/${producer}/dagRuns?limit=100&run_type=backfill`);
		return dag_runs as { dag_run_id: string; state: string }[];
	};
	const runs = await ofBackfill();
	expect(runs.length).toBeGreaterThan(4);
	for (const { dag_run_id: id } of runs) {
		expect(id).toMatch(new RegExp(`^(?:scheduled|backfill)__\\d{4}-\\d\\d-\\d\\dT0${hour}:00:00\\+00:00$`));
	}
	const { id } = await backfill();
	await ask(`/backfills/${id}/pause`, { method: 'PUT' });
	pass(40);
	expect((await ofBackfill()).filter(({ state }) => state === 'queued').length).toBeGreaterThan(2);
	await ask(`/backfills/${id}/unpause`, { method: 'PUT' });
	pass(240);
	expect((await backfill()).completed_at).not.toBeNull();
	expect((await ask(path)).state).toBe('success');

	// The asset is made again, which starts what waits for it.
	const { assets } = await ask('/assets');
	const known = (await ask(`/dags/${consumer}/dagRuns?limit=100`)).total_entries;
	await ask(`/assets/${assets[0].id}/materialize`, send('POST', {}));
	pass(60);
	expect((await ask(`/dags/${consumer}/dagRuns?limit=100`)).total_entries).toBe(known + 1);
});
