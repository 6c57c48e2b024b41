import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import type { DockerClient } from '../../../source/clients/engine/docker.ts';
import type { DiskUsage } from '../../../source/model/engine/disk-usage.ts';
import type { ContainerInspection } from '../../../source/model/engine/inspection.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Page } from '../../../source/ui/conversation.ts';
import { quoted } from '../../../source/words/message.ts';
import { dagFile, healthy, now, stateOf } from '../../diagnosis/stack.ts';
import { expect } from '../../english.ts';
import { begun, pageOf, refusalOf, withServices } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';
import { inUtc } from '../../in-utc.ts';

inUtc();

const state = stateOf(...healthy);
const mib = 2 ** 20;

const withDocker = (docker: Partial<DockerClient>): Clients =>
	stubOf<Clients>({ docker: stubOf<DockerClient>(docker) });
const withAirflow = (airflow: Partial<AirflowClient>): Clients =>
	stubOf<Clients>({ airflow: stubOf<AirflowClient>(airflow) });
const texts = ({ lines }: Page) => lines.map(({ text }) => text);
/** The lines below a heading, up to the next one. */
function below(page: Page, heading: string): string[] {
	const from = page.lines.findIndex(({ text, bold }) => bold && text === heading);
	const rest = page.lines.slice(from + 1);
	const end = rest.findIndex(({ bold }) => bold);
	return (end === -1 ? rest : rest.slice(0, end)).map(({ text }) => text).filter(text => text !== '');
}

const inspection: ContainerInspection = {
	id: 'abc',
	name: 'mlflow',
	image: 'mlflow:2.9',
	imageId: 'sha256:1',
	command: 'mlflow server',
	user: '',
	workingDirectory: '',
	createdAt: now - 7_200_000,
	startedAt: now - 3_600_000,
	finishedAt: null,
	state: 'running',
	exitCode: 0,
	oomKilled: false,
	error: '',
	restartCount: 2,
	restartPolicy: { name: 'on-failure', maximumRetries: 3 },
	stopSignal: null,
	stopTimeoutMs: null,
	mounts: [
		{ type: 'bind', name: null, source: '/srv/data', destination: '/data', isWritable: true },
		{ type: 'volume', name: 'artifacts', source: '/var/lib/x', destination: '/mlruns', isWritable: false },
	],
	environment: [
		{ name: 'PORT', value: '5000', isMasked: false },
		{ name: 'DB_PASSWORD', value: '***', isMasked: true },
	],
	ports: [
		{ privatePort: 5000, protocol: 'tcp', address: '127.0.0.1', publicPort: 5001 },
		{ privatePort: 9000, protocol: 'udp', address: null, publicPort: null },
		{ privatePort: 80, protocol: 'tcp', address: '', publicPort: 8080 },
	],
	networks: [{ name: 'mlops_default', address: '172.18.0.5', aliases: ['mlflow', 'tracking'] }],
	health: {
		status: 'unhealthy',
		failingStreak: 4,
		test: 'curl -f localhost:5000',
		intervalMs: 30_000,
		timeoutMs: 5000,
		startPeriodMs: 10_000,
		retries: 3,
		probes: [
			{ startedAt: now - 30_000, endedAt: now - 29_000, exitCode: 0, output: 'OK' },
			{ startedAt: now, endedAt: now, exitCode: 7, output: 'connection\nrefused \n' },
		],
	},
	limits: { memoryBytes: 512 * mib, memorySwapBytes: null, cpus: 1.5, processes: null },
	isPrivileged: true,
	logDriver: 'json-file',
	labelCount: 12,
	logOptions: 'max-size=10m',
};

const inspected = (more: Partial<ContainerInspection> = {}) =>
	pageOf(
		begun('inspect', {
			view: { selectedService: 'mlflow' },
			clients: withDocker({ inspection: async () => ({ ...inspection, ...more }) }),
		}),
	);

test('an inspection says how the container runs, what it may take, and how its health is checked', async () => {
	const page = await inspected();
	expect(page).toMatchObject({ title: 'Inspect mlflow', copies: 'abc' });
	const all = texts(page).join('\n');
	expect(all).toMatch(/^state +running$/m);
	expect(all).toMatch(/^user +root \(image default\)$/m);
	expect(all).toMatch(/^working directory +\/$/m);
	expect(all).toMatch(/^restart policy +on-failure, at most 3 times, restarted 2 times by the engine$/m);
	expect(all).toMatch(/^log driver +json-file \(max-size=10m\)$/m);
	expect(all).toMatch(/^privileged +yes/m);
	expect(all).not.toMatch(/^finished/m);
	expect(below(page, 'Limits').map(line => line.replace(/ +/, ' '))).toEqual([
		'memory 512 MiB',
		'CPUs 1.5',
		'processes none',
	]);
	expect(below(page, 'Mounts')).toEqual(['bind    /srv/data -> /data', 'volume  artifacts -> /mlruns  (read-only)']);
	expect(below(page, 'Ports')).toEqual([
		'5000/tcp  published at 127.0.0.1:5001',
		'9000/udp',
		'80/tcp  published at 0.0.0.0:8080',
	]);
	expect(below(page, 'Networks')).toEqual(['mlops_default  172.18.0.5  mlflow tracking']);
	expect(below(page, 'Health check').map(line => line.replace(/ {2,}/, ' '))).toEqual([
		'status unhealthy, failed 4 times in a row',
		'test curl -f localhost:5000',
		'interval every 30s, timeout 5s, unhealthy after 3 failures, start period 10s',
		'14:02:51 exit code 0  OK',
		'14:03:21 exit code 7  connection | refused',
	]);
	expect(page.lines.find(({ text }) => text.includes('exit code 7'))?.tone).toBe('bad');
	expect(page.lines.find(({ text }) => text.startsWith('DB_PASSWORD'))?.tone).toBe('muted');
	expect(texts(page).at(-1)).toBe('12 labels');
});

test('an inspection of an exited container says how it exited, and names what it does not have', async () => {
	const page = await inspected({
		state: 'exited',
		exitCode: 137,
		oomKilled: true,
		error: 'no space',
		startedAt: null,
		finishedAt: now - 60_000,
		mounts: [],
		ports: [],
		networks: [{ name: 'none', address: '', aliases: [] }],
		health: null,
		user: '50000:0',
		workingDirectory: '/opt',
		restartPolicy: { name: 'no', maximumRetries: 0 },
		limits: { memoryBytes: null, memorySwapBytes: null, cpus: null, processes: 100 },
		isPrivileged: false,
		logOptions: '',
	});
	const all = texts(page).join('\n');
	expect(all).toMatch(/^state +exited, exit code 137, OOM-killed, no space$/m);
	expect(all).toMatch(/^started +-$/m);
	expect(all).toMatch(/^finished +14:02:21$/m);
	expect(all).toMatch(/^restart policy +no, restarted/m);
	expect(all).toMatch(/^log driver +json-file$/m);
	expect(all).not.toMatch(/privileged/);
	for (const heading of ['Mounts', 'Ports', 'Health check']) expect(below(page, heading), heading).toEqual(['none']);
	expect(below(page, 'Networks')).toEqual(['none  -']);
	expect(below(page, 'Limits').map(line => line.replace(/ +/, ' '))).toEqual([
		'memory none',
		'CPUs none',
		'processes 100',
	]);
});

test.each([
	['unauthorised', 'unauthorised'],
	['timeout', 'unreachable'],
	['not-found', 'nothing'],
] as const)('a page whose server fails (%s) becomes the reason in its words', async (failure, kind) => {
	const clients = withDocker({ inspection: () => Promise.reject(new ClientError(failure, quoted('the engine: no'))) });
	expect(await refusalOf(begun('inspect', { view: { selectedService: 'mlflow' }, clients }))).toEqual({
		refused: 'the engine: no',
		kind,
	});
});

test('without a container there is nothing to inspect', async () => {
	const empty = withServices(state, () => null);
	for (const actionId of ['inspect', 'top', 'shell'])
		expect(await refusalOf(begun(actionId, { state: empty }))).toEqual({
			refused: 'No service selected',
			kind: 'nothing',
		});
});

test('processes stand in columns, and are asked for again while they are looked at', async () => {
	const tables = [
		[['airflow', '1', '/usr/bin/dumb-init -- airflow']],
		[
			['root', '1', 'a'],
			['airflow', '12345', 'b'],
		],
	];
	const clients = withDocker({
		processes: async () => ({ titles: ['UID', 'PID', 'CMD'], rows: tables.shift() ?? [] }),
	});
	const page = await pageOf(begun('top', { view: { selectedService: 'airflow-worker' }, clients }));
	expect(page.title).toBe('Processes of airflow-worker (1)');
	expect(texts(page)).toEqual(['UID      PID  CMD', 'airflow  1    /usr/bin/dumb-init -- airflow']);
	const again = await page.again?.ask();
	expect(again?.title).toBe('Processes of airflow-worker (2)');
	expect(again?.lines.map(({ text }) => text)).toEqual([
		'UID      PID    CMD',
		'root     1      a',
		'airflow  12345  b',
	]);
});

test('what does not run has no processes and no shell', async () => {
	const exited = withServices(state, name => (name === 'mlflow' ? { state: 'exited' } : {}));
	const given = { state: exited, view: { selectedService: 'mlflow' } };
	expect(await refusalOf(begun('top', given))).toMatchObject({ refused: 'mlflow is not running (exited)' });
	expect(await refusalOf(begun('shell', given))).toMatchObject({
		refused: 'mlflow is exited: a shell needs a running container',
	});
});

const usage: DiskUsage = {
	layersBytes: 900 * mib,
	images: [
		{ id: 'sha256:0123456789abcdef', tags: ['mlflow:2'], bytes: 700 * mib, sharedBytes: 200 * mib, containers: 1 },
		{ id: 'sha256:fedcba9876543210', tags: [], bytes: 300 * mib, sharedBytes: 100 * mib, containers: 1 },
	],
	containers: [
		{
			id: 'a',
			name: 'mlflow',
			project: 'mlops',
			service: 'mlflow',
			imageId: 'sha256:0123456789abcdef',
			state: 'running',
			writableBytes: 3 * mib,
		},
		{
			id: 'b',
			name: 'old',
			project: 'mlops',
			service: 'old',
			imageId: 'sha256:fedcba9876543210',
			state: 'exited',
			writableBytes: 5 * mib,
		},
	],
	volumes: [
		{ name: 'mlops_db', project: 'mlops', bytes: 40 * mib, containers: 1 },
		{ name: 'mlops_nfs', project: 'mlops', bytes: null, containers: null },
	],
	buildCache: [],
};

test('disk usage is shown for the engine, and for this stack', async () => {
	const clients = withDocker({ diskUsage: async () => usage });
	const rows = texts(await pageOf(begun('disk', { clients }))).map(text => text.trim().replaceAll(/ +/g, ' '));
	expect(rows[0]).toBe('count in use size reclaimable');
	expect(rows).toContain('containers 2 1 8.0 MiB 5.0 MiB');
	expect(rows).toContain('Share of mlops');
	// The part of its images that no other image shares.
	expect(rows).toContain('images 2 700 MiB');
	expect(rows).toContain('700 MiB mlflow:2');
	// An untagged image is shown by its id.
	expect(rows).toContain('300 MiB fedcba987654');
	expect(rows).toContain('40 MiB mlops_db');
	expect(rows).toContain('unknown mlops_nfs');
	const alone = texts(await pageOf(begun('disk', { clients, ownProject: null })));
	expect(alone).toHaveLength(5);
});

test('the source of a DAG has numbered lines, and is copied without them', async () => {
	const source = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join('\n');
	const clients = withAirflow({ dagSource: async () => `${source}\n` });
	const page = await pageOf(begun('source', { clients }));
	expect(page).toMatchObject({ title: dagFile, copies: `${source}\n` });
	expect(texts(page)[0]).toBe(' 1 line 1');
	expect(texts(page).at(-1)).toBe('10 line 10');
});

test('no source without Airflow or without the DAG', async () => {
	expect(await refusalOf(begun('source', { clients: stubOf<Clients>({ airflow: null }) }))).toMatchObject({
		kind: 'unreachable',
	});
	expect(await refusalOf(begun('source', { clients: withAirflow({}), view: { dagId: 'gone' } }))).toEqual({
		refused: 'Airflow has no DAG gone. Run laketop dags to list the DAGs',
		kind: 'nothing',
	});
});

test('a DAG file that imports says so below its output; one that does not is read from its end', async () => {
	const trial = (end: { exitCode: number; lines: string[] }) =>
		pageOf(begun('try-file', { clients: withDocker({ runIn: async () => ({ tookMs: 2400, ...end }) }) }));
	const good = await trial({ exitCode: 0, lines: ['hello'] });
	expect(good).toMatchObject({ title: `python ${dagFile}`, fromEnd: false });
	expect(texts(good)).toEqual(['hello', '', 'Imported without errors in 2.4s']);
	expect(good.lines.at(-1)?.tone).toBe('good');
	const bad = await trial({ exitCode: 1, lines: [] });
	expect(bad.fromEnd).toBe(true);
	expect(texts(bad)).toEqual(['Import failed: Python exited with code 1 after 2.4s']);
	expect(bad.lines.at(-1)?.tone).toBe('bad');
});

test('a DAG file is tried only where it is known and the scheduler runs', async () => {
	const without = { ...state, dags: (state.dags ?? []).map(dag => ({ ...dag, fileLocation: null })) };
	expect((await refusalOf(begun('try-file', { state: without }))).refused).toBe(
		'No data about this DAG from Airflow yet',
	);
	const stopped = withServices(state, name => (name === 'airflow-scheduler' ? { state: 'exited' } : {}));
	expect((await refusalOf(begun('try-file', { state: stopped }))).refused).toBe(
		'airflow-scheduler is not running (exited)',
	);
	const gone = withServices(state, name => (name === 'airflow-scheduler' ? null : {}));
	expect((await refusalOf(begun('try-file', { state: gone }))).refused).toMatch(/^There is no scheduler container/);
});

function scratch(): string {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-record-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

test('the audit log is shown newest first, with failures and unknown outcomes marked', async () => {
	const auditFile = join(scratch(), 'audit.jsonl');
	const entry = (at: string, event: string, message: string) =>
		JSON.stringify({
			at,
			user: 'ops',
			by: 'screen',
			project: 'mlops',
			action: 'restart',
			targets: ['container mlflow'],
			event,
			message,
		});
	writeFileSync(
		auditFile,
		[
			entry('2026-11-24T14:00:00Z', 'started', ''),
			entry('2026-11-24T14:00:05Z', 'failed', 'timed out'),
			entry('2026-11-24T14:01:00Z', 'unknown', 'answer lost'),
		].join('\n'),
	);
	const page = await pageOf(begun('audit', { auditFile }));
	expect(page).toMatchObject({ title: auditFile, copies: auditFile });
	expect(page.lines).toEqual([
		{ text: '14:01:00  ops  unknown  restart container mlflow: answer lost', tone: 'active' },
		{ text: '14:00:05  ops  failed   restart container mlflow: timed out', tone: 'bad' },
		{ text: '14:00:00  ops  started  restart container mlflow', tone: undefined },
	]);
	const korean = await pageOf(begun('audit', { auditFile, language: 'ko' }));
	expect(korean.lines.map(({ text }) => text.split(/ {2,}/)[2])).toEqual(['불명', '실패', '시작']);
});

test('no audit file yet: shown with its path, except for a demo; an unreadable one says why', async () => {
	const folder = scratch();
	const auditFile = join(folder, 'none.jsonl');
	expect((await refusalOf(begun('audit', { auditFile }))).refused).toBe(`No changes recorded yet (${auditFile})`);
	expect((await refusalOf(begun('audit', { auditFile, isDemo: true }))).refused).toBe('No changes recorded yet');
	mkdirSync(join(folder, 'taken'));
	expect((await refusalOf(begun('audit', { auditFile: join(folder, 'taken') }))).refused).toMatch(
		/^Cannot read .*taken: /,
	);
});
