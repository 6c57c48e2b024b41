import { expect, test } from 'vitest';
import { type CheckLine, checkCounts, checkReport } from '../../source/diagnosis/check-report.ts';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import type { Fact } from '../../source/model/observation.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { checkWords } from '../../source/presentation/check-text.ts';
import { quoted } from '../../source/words/message.ts';
import {
	check,
	container,
	detail,
	diagnosisOptions,
	discovered,
	failed,
	healthy,
	now,
	page,
	services,
	stateOf,
} from './stack.ts';

const files = [
	{ path: '/opt/airflow/dags/ml_pipeline_dag.py', mode: '644', isReadable: true },
	{ path: '/opt/airflow/dags/내 파일.py', mode: '600', isReadable: false },
].map(file => ({ ...file, uid: 0, sizeBytes: 1, modifiedAt: now, looksLikeDag: null }));
const inside = (more: { files?: typeof files; exists?: boolean; id?: string | null } = {}) =>
	check({ check: 'dag folder inside', exists: true, id: '1:2', files: files.slice(0, 1), ...more });
const outside = (hostId: string | null) =>
	check({ check: 'dag folder', folder: '/opt/airflow/dags', isMounted: true, host: null, hostId });
const ping = (answers: boolean, ...lines: string[]) => check({ check: 'celery ping', answers, lines, tookMs: 4200 });
const connection = (httpStatus: number | null, problem = '') =>
	check({ check: 'mlflow connection', url: 'http://mlflow:5000', httpStatus, problem });
const broker = (answer: string) =>
	check({
		check: 'broker',
		hang: null,
		answer,
		queues: [{ name: 'default', count: 3, since: now }],
		memoryBytes: 2 ** 20,
		memoryLimitBytes: 0,
		policy: 'noeviction',
		hasFailedToSave: false,
	});

function reportOf(...facts: readonly Fact[]): Record<string, string> {
	const lines = reported(...facts);
	const words = checkWords(lines, 'en');
	return Object.fromEntries(lines.map(({ id }, index) => [id, `${words[index]?.word}: ${words[index]?.answer}`]));
}
const reported = (...facts: readonly Fact[]): CheckLine[] =>
	checkReport(factsOf(stateOf(...healthy, ...facts), now, diagnosisOptions));

test('the ssh connection is reported where one is used', () => {
	expect(reportOf()).not.toHaveProperty('ssh');
	expect(reportOf({ type: 'ssh changed', status: 'connected', problem: null }).ssh).toBe(
		'passed: connected, used for docker',
	);
	const problem = quoted('ssh: Connection refused');
	expect(reportOf({ type: 'ssh changed', status: 'lost', problem }).ssh).toBe('FAILED: ssh: Connection refused');
});

test('passed checks are reported with their results', () => {
	const report = reportOf(ping(true, '->  celery@1: OK', '        pong'), connection(200), outside('1:2'), inside());
	expect(report).toMatchObject({
		'page airflow': 'passed: http://localhost/airflow/health returned 200 in 5ms',
		scheduler: 'passed: last heartbeat 3s ago',
		'celery ping': 'passed: responded after 4.2s: celery@1: OK pong',
		'mlflow connection': 'passed: http://mlflow:5000 returned 200',
		'dag folder inside': 'passed: /opt/airflow/dags: 1 file, all readable; bind mount is current',
		imports: 'passed: 1 DAG, no import errors',
	});
});

test('the page of Airflow 3 is called by its process', () => {
	const server = container('airflow-apiserver', { image: 'apache/airflow:3.3.2', airflowProcess: 'api-server' });
	const rest = services.filter(name => name !== 'airflow-webserver').map(name => container(name));
	const listed: Fact = { type: 'containers listed', containers: [...rest, server] };
	const names = checkWords(reported(listed), 'en').map(({ name }) => name);
	expect(names[0]).toBe('Airflow API server');
});

test.each([
	[
		ping(false, 'Error: No nodes replied within time constraint'),
		'celery ping',
		/^FAILED: no response within 4\.2s: Error: No/,
	],
	[connection(null, 'curl: (7) refused'), 'mlflow connection', /^FAILED: http:\/\/mlflow:5000: curl: \(7\) refused/],
	[connection(403), 'mlflow connection', /^FAILED: .* returned 403/],
	[connection(401), 'mlflow connection', /^passed: .* returned 401/],
	[broker('LOADING Redis is loading'), 'broker', /^FAILED: .*LOADING/],
	[broker('PONG'), 'broker', /^passed: PONG; 3 messages waiting; 1\.0 MiB of memory/],
	[inside({ files }), 'dag folder inside', /^FAILED: .*1 of 2 files not readable/],
	[inside({ exists: false }), 'dag folder inside', /^FAILED: .*does not exist/],
	[page('mlflow', false), 'page mlflow', /^FAILED: .*did not answer within 3 s/],
	[
		check({ check: 'logs folder', isWritable: false, words: 'drwxr-xr-x 0 0' }),
		'logs folder',
		/^FAILED: Airflow cannot write to it: drwxr-xr-x/,
	],
	[
		{
			type: 'check failed',
			check: 'database',
			subject: '',
			message: quoted('psql is not in the container x'),
		} as const,
		'database',
		/^skipped: could not be checked: psql is not/,
	],
] as const)('what is not well says what is wrong: %#', (fact, id, words) => {
	expect(reportOf(fact)[id]).toMatch(words);
});

test('an earlier result says nothing about a container that has stopped, nor without the engine', () => {
	const passed = [broker('PONG'), ping(true, 'pong')];
	const stopped: Fact = {
		type: 'containers listed',
		containers: services.map(name =>
			container(name, name === 'airflow-redis' ? { state: 'exited', health: 'none' } : {}),
		),
	};
	const exited: Fact = {
		type: 'container inspected',
		detail: detail('airflow-redis', { state: 'exited', health: 'none', exitCode: 137 }),
	};
	expect(reportOf(...passed).broker).toMatch(/^passed/);
	const report = reportOf(...passed, stopped, exited);
	expect(report.broker).toBe('skipped: airflow-redis is not running: exited 137');
	expect(report['celery ping']).toMatch(/^passed/);
	expect(reportOf(...passed, failed('containers', 'unreachable', 'no')).broker).toBe(
		'skipped: the Docker Engine is unreachable',
	);
});

test('a folder that was replaced on the host is not the one that the container sees', () => {
	expect(reportOf(outside('1:9'), inside())['dag folder inside']).toMatch(/FAILED: .*different folders/);
});

test('files are listed with mode and owner, those that cannot be read marked', () => {
	const found = reported(inside({ files })).find(({ id }) => id === 'dag folder inside');
	expect(found?.lines).toEqual([
		' 644     0 /opt/airflow/dags/ml_pipeline_dag.py',
		' 600     0 /opt/airflow/dags/내 파일.py (!)',
	]);
});

test('a missing check has not passed, and is pending while checks run', () => {
	const lines = checkReport(factsOf(initialState, now, diagnosisOptions));
	expect(checkCounts(lines)).toMatchObject({ passed: 0, failed: 0 });
	expect(new Set(checkWords(lines, 'en', true).map(({ answer }) => answer))).toEqual(new Set(['pending']));
	expect(checkWords(lines, 'ko').every(({ word }) => word === '건너뜀')).toBe(true);
});

test('what was not checked says why: the engine, an address that is a guess, Airflow that does not answer', () => {
	const away = factsOf({ ...initialState, ...noEngine }, now, diagnosisOptions);
	const answers = new Set(checkWords(checkReport(away), 'en').map(({ answer }) => answer));
	expect(answers).toEqual(new Set(['the Docker Engine is unreachable']));
	const guessed = reportOf(discovered(undefined, 'guess'));
	expect(guessed['page mlflow']).toBe('skipped: its address is a guess');
	expect(guessed.imports).toBe('skipped: its address is a guess');
	expect(reportOf(failed('dags', 'server', 'HTTP 500')).imports).toBe('skipped: Airflow does not respond');
});

test('a stack without MLflow has no connection to it to check', () => {
	const airflow = stateOf().stack?.servers.airflow;
	if (!airflow) throw new Error('the stack has no Airflow');
	const none = { url: null, origin: 'unknown', container: null, gap: 'no container' } as const;
	const state = stateOf({ ...discovered(), servers: { airflow, mlflow: none } } as Fact);
	const lines = checkReport(factsOf({ ...state, checks: {} }, now, diagnosisOptions));
	const skipped = checkWords(lines, 'en').filter(({ answer }) => answer === 'not part of this stack');
	expect(skipped.map(({ name }) => name)).toEqual(['MLflow server', 'Connection from worker to MLflow']);
});

/** The engine did not respond, and the addresses of Airflow and MLflow are guesses. */
const noEngine = {
	feeds: stateOf(failed('containers', 'unreachable', 'no')).feeds,
	stack: stateOf(discovered(undefined, 'guess')).stack,
};

test('a finding that no single check shows is counted as failed until it is acknowledged', () => {
	const known = { ...stateOf(), checkedAt: { light: now, deep: null } };
	const countFailed = (state: StackState) => checkCounts(checkReport(factsOf(state, now, diagnosisOptions))).failed;
	expect(countFailed(known)).toBe(0);
	const findings = diagnose(stateOf(failed('containers', 'unreachable', 'no')), now, diagnosisOptions);
	expect(findings.map(({ id }) => id)).toEqual(['engine unreachable docker']);
	const acknowledgement = { note: '', by: 'somebody', acknowledgedAt: now, until: null };
	expect(countFailed({ ...known, findings })).toBe(1);
	const acknowledgements = findings.map(({ id: findingId }) => ({ ...acknowledgement, findingId }));
	expect(countFailed({ ...known, findings, acknowledgements })).toBe(0);
});
