import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { airflow, bodyOf, handClock, send } from './requests.ts';

const DAG = '/api/v1/dags/ml_pipeline_end_to_end';
let clock = handClock();
let demo: DemoStack;
beforeEach(async () => {
	clock = handClock();
	demo = await startDemo({ now: clock.now, autonomous: false });
});
afterEach(() => demo.close());

const pass = (seconds: number): void => {
	for (let step = 0; step < seconds * 2; step++) {
		clock.pass(500);
		demo.scenario.tick();
	}
};
const json = async (path: string, options?: RequestInit) => bodyOf(await airflow(demo, path, options));
const runPath = (runId: string): string => `${DAG}/dagRuns/${encodeURIComponent(runId)}`;

async function openForm(): Promise<{ cookie: string; token: string; page: string }> {
	const answer = await fetch(`${demo.airflowUrl}/login/`);
	const page = await answer.text();
	const token = /name="csrf_token" type="hidden" value="([^"]+)"/.exec(page)?.[1] ?? '';
	return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', token, page };
}

const submit = (cookie: string, fields: Record<string, string>): Promise<Response> =>
	fetch(`${demo.airflowUrl}/login/`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie },
		body: new URLSearchParams(fields),
	});

test('the form gives a session, with which the API answers', async () => {
	const { cookie, token } = await openForm();
	const withSession = () => fetch(`${demo.airflowUrl}/api/v1/dags`, { headers: { cookie } });
	expect((await withSession()).status).toBe(401);
	const answer = await submit(cookie, { username: 'admin', password: 'admin', csrf_token: token });
	expect([answer.status, answer.headers.get('location')]).toEqual([302, '/home']);
	expect((await withSession()).status).toBe(200);
	demo.scenario.expireSessions();
	expect((await withSession()).status).toBe(401);
});

test('a wrong password leads back to the form, which says so once', async () => {
	const { cookie, token } = await openForm();
	const answer = await submit(cookie, { username: 'admin', password: 'wrong', csrf_token: token });
	expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login/?next=%2Fhome']);
	const again = async () => (await fetch(`${demo.airflowUrl}/login/?next=%2Fhome`, { headers: { cookie } })).text();
	expect(await again()).toContain('Invalid login. Please try again.');
	expect(await again()).not.toContain('Invalid login');
});

test('without the CSRF token the form is refused', async () => {
	const { cookie } = await openForm();
	const answer = await submit(cookie, { username: 'admin', password: 'admin' });
	expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('The CSRF token is missing.')]);
});

test('Basic auth works as well, until the password changes', async () => {
	expect((await airflow(demo, '/api/v1/dags')).status).toBe(200);
	demo.scenario.setPassword('else');
	const refused = await airflow(demo, '/api/v1/dags');
	expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic']);
});

test('the health page reports a stopped scheduler after thirty seconds', async () => {
	const health = async () => (await bodyOf(await fetch(`${demo.airflowUrl}/health`))).scheduler.status;
	demo.scenario.stopContainer('airflow-scheduler');
	pass(20);
	expect(await health()).toBe('healthy');
	pass(15);
	expect(await health()).toBe('unhealthy');
	demo.scenario.startContainer('airflow-scheduler');
	pass(6);
	expect(await health()).toBe('healthy');
});

test('a query or body field that 2.8 does not know is refused', async () => {
	const query = await airflow(demo, `${runPath('x')}/taskInstances?order_by=state`);
	expect([query.status, (await bodyOf(query)).detail]).toEqual([400, 'Extra query parameter(s) order_by not in spec']);
	const body = await airflow(demo, `${DAG}/dagRuns`, send('POST', { bogus: 1 }));
	expect([body.status, (await bodyOf(body)).detail]).toEqual([400, "{'bogus': ['Unknown field.']}"]);
});

test('a page is cut to a hundred without a word, and pages follow each other', async () => {
	const all = await json(`${DAG}/dagRuns?limit=1000&order_by=-execution_date`);
	expect(all.total_entries).toBe(12);
	const second = await json(`${DAG}/dagRuns?limit=5&offset=5&order_by=-execution_date`);
	expect(second.dag_runs).toEqual(all.dag_runs.slice(5, 10));
});

test('a second trigger with the same id or date is a conflict', async () => {
	const made = await json(`${DAG}/dagRuns`, send('POST', { dag_run_id: 'mine', conf: { rows: 5000 } }));
	expect(made).toMatchObject({
		state: 'queued',
		run_type: 'manual',
		external_trigger: true,
		conf: { rows: 5000 },
		start_date: null,
	});
	const again = await airflow(demo, `${DAG}/dagRuns`, send('POST', { dag_run_id: 'mine' }));
	expect([again.status, (await bodyOf(again)).detail]).toEqual([
		409,
		"DAGRun with DAG ID: 'ml_pipeline_end_to_end' and DAGRun ID: 'mine' already exists",
	]);
	const sameDate = await airflow(demo, `${DAG}/dagRuns`, send('POST', { logical_date: made.logical_date }));
	expect(sameDate.status).toBe(409);
	const missing = await airflow(demo, '/api/v1/dags/nope/dagRuns', send('POST', {}));
	expect([missing.status, (await bodyOf(missing)).title]).toEqual([404, 'DAG not found']);
});

test('a run of a paused DAG stays queued until it is unpaused', async () => {
	await airflow(demo, `${DAG}?update_mask=is_paused`, send('PATCH', { is_paused: true }));
	const run = demo.scenario.triggerRun();
	pass(10);
	expect((await json(runPath(run))).state).toBe('queued');
	await airflow(demo, `${DAG}?update_mask=is_paused`, send('PATCH', { is_paused: false }));
	pass(1);
	expect((await json(runPath(run))).state).toBe('running');
});

test('the log of a running task grows, and the token says from where', async () => {
	const run = demo.scenario.triggerRun();
	while (demo.scenario.task(run, 'raw_to_bronze').state !== 'running') pass(1);
	pass(2);
	const path = `${runPath(run)}/taskInstances/raw_to_bronze/logs/1`;
	const first = await json(path);
	expect(first.content).toMatch(/^\[\('[0-9a-f]{12}', (["']).*\1\)\]$/);
	expect(first.content).toContain('*** Found local files:\\n');
	const metadata = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
	expect(metadata(first.continuation_token)).toMatchObject({ end_of_log: false, log_pos: expect.any(Number) });
	const rest = async () => json(`${path}?token=${encodeURIComponent(first.continuation_token)}`);
	expect((await rest()).content).toMatch(/, ''\)\]$/);
	pass(12);
	const last = await rest();
	expect(last.content).toContain('Marking task as SUCCESS');
	expect(last.content).not.toContain('Found local files');
	expect(metadata(last.continuation_token).end_of_log).toBe(true);
	const text = await airflow(demo, path, { headers: { accept: '*/*' } });
	expect(text.headers.get('content-type')).toBe('text/plain');
	expect(await text.text()).toContain('원본 데이터 10000건 수집 완료');
});

test('a task that fails once waits, and succeeds on its second try', async () => {
	demo.scenario.failTaskOnce('raw_to_bronze');
	const run = demo.scenario.triggerRun();
	const states = new Set<string | null>();
	for (let second = 0; second < 40; second++) {
		pass(1);
		states.add(demo.scenario.task(run, 'raw_to_bronze').state);
	}
	expect([...states]).toEqual(expect.arrayContaining(['running', 'up_for_retry', 'success']));
	const task = await json(`${runPath(run)}/taskInstances/raw_to_bronze`);
	expect(task).toMatchObject({ state: 'success', try_number: 2, max_tries: 1 });
	const failed = await json(`${runPath(run)}/taskInstances/raw_to_bronze/logs/1`);
	expect(failed.content).toContain('Traceback (most recent call last):');
});

test('a run that fails for good leaves the rest upstream_failed, and goes on when cleared', async () => {
	const run = demo.scenario.triggerRun({ fail_at: 'bronze_to_silver', fail_times: 2 });
	pass(60);
	expect((await json(runPath(run))).state).toBe('failed');
	const { task_instances } = await json(`${runPath(run)}/taskInstances`);
	const states = Object.fromEntries(
		task_instances.map((task: { task_id: string; state: string }) => [task.task_id, task.state]),
	);
	expect(states).toMatchObject({
		raw_to_bronze: 'success',
		bronze_to_silver: 'failed',
		model_registry: 'upstream_failed',
	});

	const clear = (body: object) =>
		json(`/api/v1/dags/ml_pipeline_end_to_end/clearTaskInstances`, send('POST', { dag_run_id: run, ...body }));
	expect((await clear({})).task_instances).toHaveLength(6);
	expect((await json(runPath(run))).state).toBe('failed');
	await clear({ dry_run: false, reset_dag_runs: true });
	pass(90);
	expect((await json(runPath(run))).state).toBe('success');
	expect(demo.scenario.task(run, 'bronze_to_silver').tryNumber).toBe(3);
});

test('a branch skips what it does not take', async () => {
	const run = demo.scenario.triggerRun({}, 'data_quality_daily');
	pass(60);
	const { task_instances } = await json(
		`/api/v1/dags/data_quality_daily/dagRuns/${encodeURIComponent(run)}/taskInstances`,
	);
	const states = Object.fromEntries(
		task_instances.map((task: { task_id: string; state: string }) => [task.task_id, task.state]),
	);
	expect(states).toMatchObject({ publish_report: 'success', notify_team: 'skipped', done: 'success' });
});

test('any state that a test sets is shown, and stays', async () => {
	const run = demo.scenario.triggerRun();
	demo.scenario.setTaskState(run, 'raw_to_bronze', 'awaiting_input');
	pass(10);
	expect((await json(`${runPath(run)}/taskInstances/raw_to_bronze`)).state).toBe('awaiting_input');
	expect((await json(runPath(run))).state).toBe('running');
});

test('without the worker or the broker tasks wait in the queue', async () => {
	for (const name of ['airflow-worker', 'airflow-redis']) {
		demo.scenario.stopContainer(name);
		const run = demo.scenario.triggerRun();
		pass(15);
		expect(demo.scenario.task(run, 'raw_to_bronze').state).toBe('queued');
		demo.scenario.startContainer(name);
		pass(10);
		expect(demo.scenario.task(run, 'raw_to_bronze').state).toMatch(/running|success/);
	}
});

test('a task whose worker has died is found a minute later, and tried again', async () => {
	const run = demo.scenario.triggerRun();
	pass(4);
	expect(demo.scenario.task(run, 'raw_to_bronze').state).toBe('running');
	demo.scenario.restartContainer('airflow-worker');
	pass(30);
	expect(demo.scenario.task(run, 'raw_to_bronze').state).toBe('running');
	pass(60);
	expect(demo.scenario.task(run, 'raw_to_bronze')).toMatchObject({ state: 'success', tryNumber: 2 });
});
