import { expect, test } from 'vitest';
import { live } from './program-on-stack.ts';

/** Findings on the screen, and their fixes; the whole program against servers that the test controls. */

test('a stopped container is found, opened, fixed from there, and gone', async () => {
	const { on, term } = await live();
	expect(term.text()).not.toContain('5 Findings');
	on.scenario.stopContainer('airflow-redis');
	await term.waitFor(/✖ 1 finding \(critical\)/, { timeoutMs: 20_000 });
	await term.waitFor(/5 Findings ─ 1 critical/);
	await term.waitFor(/✖ critical +airflow-redis exited: Stopped manually/);
	term.write('5');
	term.press('enter');
	await term.waitFor(/Reason: Restart policy unless-stopped .* exit code 0/);
	await term.waitFor(/1 Start airflow-redis/);
	term.press('enter');
	await term.waitFor(/1 Start airflow-redis +docker [\s\S]*Enter chooses/);
	term.write('1');
	await term.waitFor(/Start airflow-redis\?/);
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/✔ No problems found/, { timeoutMs: 30_000 });
	await term.waitFor(lines => !/\d finding/.test(lines[0] ?? ''));
	term.press('esc');
	await term.waitFor(/1 Services/);
	term.write('1');
	await term.waitFor(lines => !lines.join('\n').includes('5 Findings'));
});

test('M acknowledges a finding with a note: it stays listed, and the header counts it no more', async () => {
	const { on, term } = await live(['--read-only']);
	on.scenario.stopContainer('airflow-redis');
	await term.waitFor(lines => /1 finding/.test(lines[0] ?? ''), { timeoutMs: 20_000 });
	term.write('5');
	term.write('M');
	await term.waitFor(/1 Until it clears[\s\S]*Enter chooses/);
	term.press('enter');
	await term.waitFor(/Note for others on this host/);
	term.write('moving hosts');
	term.press('enter');
	await term.waitFor(/acked +airflow-redis .*until it clears: moving hosts/);
	await term.waitFor(lines => !/\d finding/.test(lines[0] ?? ''));
	await term.waitFor(/1 acknowledged/);
});

test('in Korean, and read-only: fixes are shown and not run', async () => {
	const { on, term } = await live(['--lang', 'ko', '--read-only']);
	on.scenario.pauseContainer('mlflow');
	await term.waitFor(/mlflow 컨테이너가 일시 중지되었습니다/, { timeoutMs: 20_000 });
	term.write('5F');
	await term.waitFor(/laketop이 읽기 전용으로 실행 중/);
	term.press('enter');
	await term.waitFor(/mlflow 컨테이너의 일시 중지를 해제하세요/);
	expect(on.scenario.requests('docker', '/v1.41/containers/')).toBeGreaterThan(0);
	expect(Object.keys(on.scenario.requestCounts('docker')).some(key => /unpause/.test(key))).toBe(false);
});

test('r checks everything, and a fix that is a look leads to its place', async () => {
	const { on, term } = await live();
	term.write('5r');
	// The page opens at once, and fills while checks are made.
	await term.waitFor(/Check results/);
	await term.waitFor(/\d+ passed, 0 failed, 0 skipped/, { timeoutMs: 40_000 });
	await term.waitFor(/passed +Celery ping +responded after .*pong/);
	await term.waitFor(/passed +Connection from worker to MLflow +http:\/\/mlflow:5000 returned 200/);
	await term.waitFor(/644 +0 \/opt\/airflow\/dags\/ml_pipeline_dag\.py/);
	term.press('esc');
	await term.waitFor(lines => !lines.join('\n').includes('Check results'));
	on.scenario.setHealth('airflow-worker', 'unhealthy', 'no heartbeat');
	await term.waitFor(/airflow-worker is unhealthy: The health check fails: no heartbeat/, { timeoutMs: 20_000 });
	term.write('F');
	await term.waitFor(/1 Read the log of airflow-worker[\s\S]*Enter chooses/);
	term.write('1');
	await term.waitFor(/▸3 Logs ─ airflow-worker/);
});
