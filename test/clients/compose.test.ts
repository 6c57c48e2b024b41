import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ComposeProcess } from '../../source/clients/compose.ts';
import { composeUser, pageService } from '../../source/clients/compose-user.ts';
import type { Container } from '../../source/model/engine/container.ts';
import { type ComposeProject, composeProjectOf } from '../../source/model/stack/compose-project.ts';
import { failureOf } from '../english.ts';
import { soon } from '../patience.ts';

/** Compose as a process: the test's own programs replace docker and docker-compose. */
let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-compose-'));
	writeFileSync(join(folder, 'docker-compose-mlops.yml'), 'services: {}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const host = { kind: 'unix' as const, address: 'unix:///srv/docker.sock', origin: 'test', tlsDirectory: null };
const { signal } = new AbortController();

function program(name: string, script: string): void {
	writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
	chmodSync(join(folder, name), 0o755);
}

/** A docker with the plugin: answers the version, and does `script` for all else. */
function dockerWithCompose(script: string, version = '2.29.7'): void {
	program('docker', `case "$*" in "compose version --short") echo ${version}; exit 0;; esac\n${script}`);
}

function composeOn(
	given: Partial<ComposeProject> = {},
	path = `${folder}${delimiter}/usr/bin${delimiter}/bin`,
	engineSocket?: () => Promise<string | null>,
) {
	const project: ComposeProject = {
		name: 'mlops',
		files: [join(folder, 'docker-compose-mlops.yml')],
		directory: folder,
		origin: 'labels',
		...given,
	};
	const environment = {
		PATH: path,
		HOME: folder,
		LAKETOP_AIRFLOW_PASSWORD: 'sesame',
		COMPOSE_PROJECT_NAME: 'another',
		DOCKER_CONTEXT: 'another',
	};
	return new ComposeProcess(host, () => project, environment, engineSocket);
}

test.each([
	['/run/laketop/2', 'unix:///run/laketop/2'],
	[null, 'unix:///srv/docker.sock'],
])('a socket that leads to the engine (%s) saves Compose a login', async (socket, address) => {
	dockerWithCompose('env');
	const lines: string[] = [];
	const compose = composeOn({}, undefined, async () => socket);
	expect(await compose.run(['up'], line => lines.push(line), signal)).toBe(0);
	expect(lines).toContain(`DOCKER_HOST=${address}`);
});

test('the words, the engine, and none of our secrets reach the process', async () => {
	dockerWithCompose('echo "words: $*"; env | sort');
	const lines: string[] = [];
	const compose = composeOn();
	expect(await compose.run(['up', '-d', 'mlflow'], line => lines.push(line), signal)).toBe(0);
	const file = join(folder, 'docker-compose-mlops.yml');
	expect(lines[0]).toBe(`words: compose --ansi never --progress plain -f ${file} -p mlops up -d mlflow`);
	expect(lines).toContain('DOCKER_HOST=unix:///srv/docker.sock');
	expect(lines.join('\n')).not.toMatch(/sesame|COMPOSE_PROJECT_NAME|DOCKER_CONTEXT/);
	expect(compose.command(['stop'])).toBe(`docker -H unix:///srv/docker.sock compose -f ${file} -p mlops stop`);
});

test.each([
	['unix:///var/run/docker.sock', 'docker compose'],
	['unix:///run/podman/podman.sock', 'docker -H unix:///run/podman/podman.sock compose'],
])('the printed command reaches the engine that was found at %s', (address, start) => {
	const found = { ...host, address, foundBy: { kind: 'default' as const } };
	const project = {
		name: 'mlops',
		files: [join(folder, 'compose.yaml')],
		directory: folder,
		origin: 'labels' as const,
	};
	const compose = new ComposeProcess(found, () => project, {});
	expect(compose.command(['stop'])).toBe(`${start} -f ${folder}/compose.yaml -p mlops stop`);
});

test('output and errors are clean lines, passed on as they arrive, with the exit code', async () => {
	dockerWithCompose(
		`printf ' Container a  Starting\\n' >&2; printf '\\033[2J\\033[31mred\\033[0m\\r\\n'; printf 'half\\rwhole\\nlast'; exit 17`,
	);
	const lines: string[] = [];
	expect(await composeOn().run(['up'], line => lines.push(line), signal)).toBe(17);
	expect(lines.toSorted()).toEqual(['Container a  Starting', 'last', 'red', 'whole']);
});

test('input reaches only this process', async () => {
	dockerWithCompose('read -r first; read -r second; [ "$first" = "$second" ] && echo same');
	const lines: string[] = [];
	await composeOn().run(['run', 'x'], line => lines.push(line), signal, { input: 'sesame\nsesame\n' });
	expect(lines).toEqual(['same']);
});

test('the signal interrupts it as Ctrl-C does, and it is waited for', async () => {
	dockerWithCompose(
		`trap 'echo stopping; sleep 0.2; echo stopped; exit 130' INT; echo ready; while :; do sleep 0.05; done`,
	);
	const cancel = new AbortController();
	const lines: string[] = [];
	const running = composeOn().run(['up'], line => lines.push(line), cancel.signal);
	await vi.waitFor(() => expect(lines).toContain('ready'), soon);
	cancel.abort();
	expect(await running).toBe(130);
	expect(lines).toEqual(['ready', 'stopping', 'stopped']);
});

test('docker without the plugin: docker-compose is taken, without what it does not know', async () => {
	program('docker', `echo "docker: 'compose' is not a docker command." >&2; exit 1`);
	program('docker-compose', `case "$*" in "version --short") echo 1.29.2; exit 0;; esac\necho "words: $*"`);
	const lines: string[] = [];
	const compose = composeOn();
	expect(await compose.available()).toBe('1.29.2');
	await compose.run(['stop'], line => lines.push(line), signal);
	expect(lines[0]).toMatch(/^words: --ansi never -f /);
});

test('neither is installed: reported, with what works without them', async () => {
	const compose = composeOn({}, join(folder, 'nowhere'));
	expect(await compose.available()).toBeNull();
	const failure = failureOf(await compose.run(['stop'], () => undefined, signal).catch(error => error));
	expect(failure.message).toMatch(/neither docker compose nor docker-compose/);
	expect(failure.fix).toMatch(/Single containers can be/);
	// Installed meanwhile, it is found.
	dockerWithCompose('exit 0');
	expect(await composeOn().available()).toBe('2.29.7');
});

test('a Compose file that is gone is named', async () => {
	dockerWithCompose('echo never');
	const compose = composeOn({ files: [join(folder, 'gone.yml')] });
	expect(compose.missingFiles()).toEqual([join(folder, 'gone.yml')]);
	const failure = failureOf(await compose.run(['stop'], () => undefined, signal).catch(error => error));
	expect(failure).toMatchObject({
		kind: 'not-found',
		message: `The Compose file ${join(folder, 'gone.yml')} does not exist`,
	});
});

/** Compose 2.29.7, shortened: `docker compose --profile '*' config --format json`. */
const config = {
	name: 'tryit',
	networks: { default: { name: 'tryit_default', ipam: {} } },
	services: {
		'airflow-init': {
			command: null,
			entrypoint: null,
			environment: { _AIRFLOW_WWW_USER_PASSWORD: 'pa$$word', _AIRFLOW_WWW_USER_USERNAME: 'me', EMPTY: null },
			image: 'apache/airflow:3.3.2',
		},
		'airflow-apiserver': { command: ['api-server'], entrypoint: null, image: 'apache/airflow:3.3.2' },
		notebook: { command: null, entrypoint: null, image: 'jupyter', profiles: ['extra'] },
		standby: { image: 'redis:7', deploy: { replicas: 0, resources: {}, placement: {} } },
		other: { image: 'redis:7', scale: 0 },
	},
};
const printing = (value: unknown) =>
	`case "$*" in *config*) echo 'variable is not set' >&2; cat <<'EOF'\n${JSON.stringify(value, null, 2)}\nEOF\n;; esac`;

test('the services of the files: replicas, profiles, process and login', async () => {
	dockerWithCompose(printing(config));
	const services = await composeOn().services(signal);
	expect(services.map(({ name, replicas, profiles }) => [name, replicas, profiles])).toEqual([
		['airflow-init', 1, []],
		['airflow-apiserver', 1, []],
		['notebook', 1, ['extra']],
		['standby', 0, []],
		['other', 0, []],
	]);
	expect(services[0]?.login).toEqual({ username: 'me', password: 'pa$word' });
	expect(services[1]).toMatchObject({ airflowProcess: 'api-server', login: null });
});

test('services that cannot be read: the last line of Compose says why', async () => {
	dockerWithCompose('echo "yaml: line 3: no" >&2; exit 15');
	const failure = failureOf(
		await composeOn()
			.services(signal)
			.catch(error => error),
	);
	expect(failure.message).toContain('yaml: line 3: no');
	dockerWithCompose('echo "{"');
	expect(
		failureOf(
			await composeOn()
				.services(signal)
				.catch(error => error),
		).kind,
	).toBe('protocol');
});

test('the user of Airflow in the files; Compose is not started where they cannot name one', async () => {
	dockerWithCompose(printing(config));
	expect(await composeUser(composeOn(), signal)).toBeNull();
	writeFileSync(join(folder, 'docker-compose-mlops.yml'), 'x: _AIRFLOW_WWW_USER_USERNAME\n');
	expect(await composeUser(composeOn(), signal)).toEqual({ username: 'me', password: 'pa$word' });
	expect(await pageService(composeOn(), signal)).toBe('airflow-apiserver');
	dockerWithCompose('exit 1');
	expect(await composeUser(composeOn(), signal)).toBeNull();
	expect(await composeUser(composeOn({ files: [join(folder, 'gone.yml')] }), signal)).toBeNull();
});

const recorded = join(import.meta.dirname, '../fixtures/recorded/docker-20.10/containers.json');

test('the project of containers: its files and folder by their labels, else configured, else the usual file', async () => {
	const { containersAnswer } = await import('../../source/clients/engine/docker-answers.ts');
	const containers: Container[] = containersAnswer.parse(JSON.parse(readFileSync(recorded, 'utf8')));
	const options = { project: 'mlops', currentDirectory: '/home/me' };
	const noted = composeProjectOf(containers, options);
	expect(noted).toMatchObject({ name: 'mlops', origin: 'labels', directory: '/srv/lakehouse' });
	expect(noted.files).toEqual(['/srv/lakehouse/docker-compose-mlops.yml']);
	expect(composeProjectOf(containers, { ...options, composeFiles: ['other/stack.yml'] })).toEqual({
		name: 'mlops',
		files: ['/home/me/other/stack.yml'],
		directory: '/home/me/other',
		origin: 'configured',
	});
	expect(composeProjectOf([], { ...options, project: null })).toEqual({
		name: null,
		files: ['/home/me/docker-compose-mlops.yml'],
		directory: '/home/me',
		origin: 'default',
	});
	const [first] = containers;
	if (!first) throw new Error('no container');
	const several = { ...first, configFiles: 'a.yml,/etc/b.yml', workingDirectory: '/srv/x' };
	expect(composeProjectOf([several], options).files).toEqual(['/srv/x/a.yml', '/etc/b.yml']);
});
