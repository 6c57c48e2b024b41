import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { thresholds } from '../../source/diagnosis/thresholds.ts';
import { soon } from '../patience.ts';
import {
	addressesOf,
	documentOf,
	type MovableClock,
	movableClock,
	type Ran,
	type RunOptions,
	runLaketop,
} from './harness.ts';

let demo: DemoStack;
let clock: MovableClock;
beforeEach(async () => {
	clock = movableClock();
	demo = await startDemo({ autonomous: false, now: clock.now });
});
afterEach(() => demo.close());

const laketop = (words: string[], options: RunOptions = {}): Promise<Ran> =>
	runLaketop([...words, ...addressesOf(demo)], { compose: demo.compose, clock, ...options });
/** The container has exited long enough ago that no restart is expected. */
function stop(name: string): void {
	demo.scenario.stopContainer(name);
	clock.skip(thresholds.endedMs);
}

const limit = { timeout: 120_000 };

test('nothing is wrong: exit code 0, what was checked and what was not', limit, async () => {
	const ran = await laketop(['doctor']);
	expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
	expect(ran.stdout).toMatch(
		/^No problems found\n\nSkipped \(runs with --deep\): Celery ping\n\n\d+ passed, 0 failed, 1 skipped\n$/,
	);
	const korean = await laketop(['doctor', '--lang', 'ko']);
	expect(korean.stdout).toMatch(
		/^발견된 문제가 없습니다\n\n건너뛴 점검 \(--deep 옵션으로 점검\): .*\n\n통과 \d+, 실패 0, 건너뜀 1\n$/,
	);
});

test('what is wrong, why, and what to do; exit code 1', limit, async () => {
	stop('airflow-redis');
	demo.scenario.setHealth('airflow-worker', 'unhealthy', '');
	const ran = await laketop(['doctor']);
	expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
	expect(ran.stdout).toMatch(/^airflow-redis exited {2}since \d\d:\d\d:\d\d/);
	expect(ran.stdout).toMatch(/\nCause: Stopped manually\n/);
	expect(ran.stdout).toMatch(/\nConsequences\n {2}airflow-worker is unhealthy\n/);
	expect(ran.stdout).toMatch(/\n {2}1 Start airflow-redis\n {4}\$ docker -H \S+ start airflow-redis\n/);
	// The worker is no finding of its own.
	expect(ran.stdout).not.toMatch(/^airflow-worker is unhealthy/m);
});

test('--json fits its schema', limit, async () => {
	demo.scenario.pauseContainer('mlflow');
	const ran = await laketop(['doctor', '--json', '--lang', 'ko']);
	const document = documentOf(documents.doctor, ran.stdout);
	expect(document).toMatchObject({ state: 'unreachable', exit_code: 3, project: 'mlops', deep: false });
	// A paused MLflow cannot be asked either.
	expect(document.not_checked).toMatchObject([{ name: 'mlflow' }]);
	// JSON is for programs: English in every language.
	expect(ran.stdout).not.toMatch(/\p{Script=Hangul}/u);
	expect(document.findings[0]).toMatchObject({
		id: 'container paused mlflow',
		severity: 'critical',
		cause_key: 'paused.cause',
		explained_by: null,
	});
	expect(document.findings[0]?.fixes[0]).toMatchObject({
		command: expect.stringMatching(/^docker -H \S+ unpause mlflow$/),
		can_fix: true,
	});
	expect(document.findings.filter(({ explained_by }) => explained_by === null)).toHaveLength(1);
});

test('what a fix interrupts is reported before it runs: as text, in Korean, and in JSON', limit, async () => {
	demo.scenario.triggerRun({ pace: 600 });
	demo.scenario.setHealth('airflow-worker', 'unhealthy', '');
	const fixesOf = async () => {
		const ran = await laketop(['doctor', '--json']);
		const { findings } = documentOf(documents.doctor, ran.stdout);
		return findings.find(({ subject }) => subject === 'airflow-worker')?.fixes ?? [];
	};
	const isRestart = ({ command }: { command: string | null }) => command?.endsWith(' restart airflow-worker') ?? false;
	// Until the first task of the run was taken by the worker.
	await vi.waitFor(async () => {
		const restart = (await fixesOf()).find(isRestart);
		expect(restart?.interrupts).toEqual([expect.stringContaining('raw_to_bronze')]);
	}, soon);
	const fixes = await fixesOf();
	const [interrupted = ''] = fixes.find(isRestart)?.interrupts ?? [];
	expect(fixes.filter(one => !isRestart(one) && one.interrupts.length === 0).length).toBeGreaterThan(0);
	const lines = (await laketop(['doctor'])).stdout.split('\n');
	const at = lines.indexOf(`    ${interrupted}`);
	expect(lines[at - 1]).toMatch(/^ {2}\d /);
	expect(lines[at + 1]).toMatch(/^ {4}\$ docker .*restart airflow-worker$/);
	const korean = (await laketop(['doctor', '--lang', 'ko'])).stdout;
	expect(korean).toMatch(/\n {4}.*\p{Script=Hangul}.*raw_to_bronze.*\n {4}\$ docker .*restart airflow-worker\n/u);
});

test('--deep makes the checks that cost something', limit, async () => {
	const ran = await laketop(['doctor', '--deep', '--json']);
	expect(documentOf(documents.doctor, ran.stdout)).toMatchObject({ state: 'healthy', deep: true, findings: [] });
	expect(demo.scenario.requests('docker', '/v1.41/exec')).toBeGreaterThan(5);
	const { checks } = documentOf(documents.doctor, ran.stdout);
	expect(checks.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
		expect.arrayContaining([
			'celery ping passed',
			'mlflow connection passed',
			'dag folder inside passed',
			'database passed',
		]),
	);
	const shown = await laketop(['doctor', '--deep']);
	expect(shown.stdout).toMatch(/^No problems found\n\nSTATE +CHECK +RESULT\npassed +Airflow webserver +http/);
	expect(shown.stdout).toMatch(/^passed +Celery ping +responded after .*pong/m);
});

test('the engine unreachable: exit code 3', limit, async () => {
	await demo.scenario.takeDown('docker');
	const ran = await laketop(['doctor', '--json']);
	expect(ran.exitCode).toBe(3);
	expect(documentOf(documents.doctor, ran.stdout)).toMatchObject({
		state: 'unreachable',
		findings: [{ id: 'engine unreachable docker' }],
	});
});

test('fix runs the first fix of what is worst, after a question', limit, async () => {
	stop('airflow-redis');
	const dry = await laketop(['fix', '--dry-run']);
	expect(dry.stdout).toMatch(/docker -H unix:\S+ start airflow-redis/);
	const ran = await laketop(['fix', 'airflow-redis', '--yes']);
	expect(ran).toMatchObject({ exitCode: 0 });
	expect(ran.stdout).toContain('Start airflow-redis: started');
	expect((await laketop(['doctor'])).exitCode).toBe(0);
});

test('fix says what there is where a name fits nothing, and what it cannot do', limit, async () => {
	expect(await laketop(['fix', '--yes'])).toMatchObject({
		exitCode: 2,
		stderr: expect.stringContaining('nothing to fix'),
	});
	demo.scenario.setPassword('other');
	demo.scenario.expireSessions();
	const ran = await laketop(['fix', '--yes']);
	expect(ran.exitCode).toBe(4);
	expect(ran.stderr).toMatch(/laketop cannot fix this: Airflow rejects laketop's login/);
	const other = await laketop(['fix', 'no such', '--yes']);
	expect(other.stderr).toMatch(/no finding "no such".*Findings: airflow api login/);
});

test('what is wrong at once is reported at once, by doctor and by status', limit, async () => {
	demo.scenario.addImportError('/opt/airflow/dags/bad.py', 'Traceback\nSyntaxError: invalid syntax');
	const doctor = documentOf(documents.doctor, (await laketop(['doctor', '--json'])).stdout);
	const status = documentOf(documents.status, (await laketop(['status', '--json'])).stdout);
	expect(doctor.findings.map(({ rule }) => rule)).toEqual(['import error']);
	expect([doctor.state, doctor.exit_code]).toEqual(['degraded', 1]);
	expect([status.state, status.exit_code]).toEqual(['degraded', 1]);
	expect(status.problems).toEqual([`${doctor.findings[0]?.title}: ${doctor.findings[0]?.cause}`]);
});

test('a server that cannot be asked: not checked, and no "nothing is wrong"', limit, async () => {
	demo.scenario.setPassword('other');
	demo.scenario.expireSessions();
	const ran = await laketop(['doctor']);
	expect(ran.exitCode).toBe(4);
	expect(ran.stdout).toMatch(/\nNot checked\n {2}Airflow .* rejects user admin/);
	const project = await runLaketop(['doctor', '--docker-host', demo.dockerHost, '--project', 'nosuch', '--json']);
	expect(project.exitCode).toBe(3);
	const document = documentOf(documents.doctor, project.stdout);
	expect(document.not_checked.map(({ name }) => name)).toEqual(['airflow', 'mlflow']);
	expect(document.findings.map(({ rule }) => rule)).toEqual(['stack missing']);
});
