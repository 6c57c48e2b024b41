import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/commands/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, type Ran, type RunOptions, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(() => demo.close());

const laketop = (words: string[], options: RunOptions = {}): Promise<Ran> =>
	runLaketop([...words, ...addressesOf(demo)], { compose: demo.compose, ...options });
// Each look at everything takes some seconds, and more where the machine is busy.
const limit = { timeout: 120_000 };

test('nothing is wrong: exit code 0, one line', limit, async () => {
	const ran = await laketop(['doctor']);
	expect(ran).toMatchObject({ exitCode: 0, stdout: 'Nothing is wrong\n', stderr: '' });
	const korean = await laketop(['doctor', '--lang', 'ko']);
	expect(korean.stdout).toBe('발견된 문제가 없습니다\n');
});

test('what is wrong, why, and what to do; exit code 1', limit, async () => {
	demo.scenario.stopContainer('airflow-redis');
	demo.scenario.setHealth('airflow-worker', 'unhealthy', '');
	const ran = await laketop(['doctor']);
	expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
	expect(ran.stdout).toMatch(/^airflow-redis has ended {2}since \d\d:\d\d:\d\d/);
	expect(ran.stdout).toMatch(/\nCause: It was stopped by hand\n/);
	expect(ran.stdout).toMatch(/\nWhat follows from it\n {2}airflow-worker is unhealthy\n/);
	expect(ran.stdout).toMatch(/\n {2}1 Start airflow-redis\n {4}\$ docker start airflow-redis\n/);
	// The worker is no finding of its own.
	expect(ran.stdout).not.toMatch(/^airflow-worker is unhealthy/m);
});

test('--json fits its schema', limit, async () => {
	demo.scenario.pauseContainer('mlflow');
	const ran = await laketop(['doctor', '--json', '--lang', 'ko']);
	const document = documentOf(documents.doctor, ran.stdout);
	expect(document).toMatchObject({ state: 'ill', exit_code: 1, project: 'mlops', language: 'ko', deep: false });
	expect(document.findings[0]).toMatchObject({
		id: 'container paused mlflow',
		severity: 'bad',
		cause_key: 'paused.cause',
		title: 'mlflow 컨테이너가 일시 정지되었습니다',
		explained_by: null,
	});
	expect(document.findings[0]?.remedies[0]).toMatchObject({ command: 'docker unpause mlflow', can_mend: true });
	expect(document.findings.filter(({ explained_by }) => explained_by === null)).toHaveLength(1);
});

test('--deep makes the checks that cost something', limit, async () => {
	const ran = await laketop(['doctor', '--deep', '--json']);
	expect(documentOf(documents.doctor, ran.stdout)).toMatchObject({ state: 'well', deep: true, findings: [] });
	expect(demo.scenario.requests('docker', '/v1.41/exec')).toBeGreaterThan(5);
	const { checks } = documentOf(documents.doctor, ran.stdout);
	expect(checks.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
		expect.arrayContaining(['celery ping well', 'road to MLflow well', 'dag folder inside well', 'database well']),
	);
	const shown = await laketop(['doctor', '--deep']);
	expect(shown.stdout).toMatch(/^Nothing is wrong\n\nSTATE +CHECK +FOUND\nok +Airflow page +http/);
	expect(shown.stdout).toMatch(/^ok +Celery ping +answers .*pong/m);
});

test('the engine away: exit code 3', limit, async () => {
	await demo.scenario.takeDown('docker');
	const ran = await laketop(['doctor', '--json']);
	expect(ran.exitCode).toBe(3);
	expect(documentOf(documents.doctor, ran.stdout)).toMatchObject({
		state: 'unreachable',
		findings: [{ id: 'engine unreachable docker' }],
	});
});

test('mend runs the first remedy of what is worst, after a question', limit, async () => {
	demo.scenario.stopContainer('airflow-redis');
	const dry = await laketop(['mend', '--dry-run']);
	expect(dry.stdout).toContain('docker start airflow-redis');
	const ran = await laketop(['mend', 'airflow-redis', '--yes']);
	expect(ran).toMatchObject({ exitCode: 0 });
	expect(ran.stdout).toContain('start airflow-redis: started');
	expect((await laketop(['doctor'])).exitCode).toBe(0);
});

test('mend says what there is where a name fits nothing, and what it cannot do', limit, async () => {
	expect(await laketop(['mend', '--yes'])).toMatchObject({
		exitCode: 2,
		stderr: expect.stringContaining('nothing to mend'),
	});
	demo.scenario.setPassword('other');
	demo.scenario.expireSessions();
	const ran = await laketop(['mend', '--yes']);
	expect(ran.exitCode).toBe(4);
	expect(ran.stderr).toMatch(/laketop cannot mend this by itself: Airflow refuses the login/);
	const other = await laketop(['mend', 'no such', '--yes']);
	expect(other.stderr).toMatch(/There is no finding no such.*There are: airflow api login/);
});
