import type { ChildProcess } from 'node:child_process';
import channel from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../source/commands/table.ts';
import { runLaketop } from '../commands/harness.ts';
import { type AlteredDemo, startAlteredDemo } from './altered-demo.ts';
import { fillNewer, newerOptions } from './newer-demo.ts';
import { newerReadCommands, readCommands } from './read-commands.ts';
import { walkScreen } from './walk-screen.ts';

/** A secret for each place that one can come from, each different, so that a failure names the place. */
const secretOf = (place: string) => `Zq7-${place}-4711`;
const url = (place: string) => `postgresql://ops:${secretOf(place)}@db:5432/lake`;
const isLeaked = /Zq7-[\w-]+-4711/g;

const airflowPassword = secretOf('airflow-password');
const environment = {
	LAKETOP_AIRFLOW_USERNAME: 'admin',
	LAKETOP_AIRFLOW_PASSWORD: airflowPassword,
	LAKETOP_MLFLOW_TOKEN: secretOf('mlflow-token'),
};

type Fields = { [name: string]: unknown };
const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The responses of a stack that is careless with its secrets. */
function careless(value: unknown, path: string): unknown {
	if (Array.isArray(value)) return value.map(one => careless(one, path));
	if (!isFields(value)) return value;
	const fields = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, careless(one, path)]));
	if (Array.isArray(fields.Env)) fields.Env = [...fields.Env, ...environmentOfContainer];
	if (isFields(fields.Labels))
		fields.Labels = { ...fields.Labels, 'app.secret': secretOf('label'), 'app.db': url('label-url') };
	if (Array.isArray(fields.Cmd)) fields.Cmd = [...fields.Cmd, '--password', secretOf('command')];
	if (typeof fields.Command === 'string') fields.Command += ` --token=${secretOf('listed-command')}`;
	if (typeof fields.Output === 'string') fields.Output += ` Authorization: Bearer ${secretOf('probe')}`;
	if (Array.isArray(fields.Processes))
		fields.Processes = fields.Processes.map((row: unknown) =>
			Array.isArray(row) ? [...row.slice(0, -1), `${row.at(-1)} --password ${secretOf('process')}`] : row,
		);
	if ('conf' in fields)
		fields.conf = {
			db_password: secretOf('conf'),
			source: url('conf-url'),
			deep: [{ api_token: secretOf('deep-conf') }],
		};
	if ('note' in fields) fields.note = `password=${secretOf('note')}\nand ${url('note-url')}`;
	if (isFields(fields.params) && path.includes('/details'))
		fields.params = { ...fields.params, db_password: { __class: 'Param', value: secretOf('param'), schema: {} } };
	if (typeof fields.stack_trace === 'string') fields.stack_trace += `\nConnecting to ${url('stack-trace')}`;
	if (typeof fields.content === 'string' && path.includes('/logs/'))
		fields.content += `\npassword=${secretOf('task-log')}\n`;
	if (isFields(fields.info) && isFields(fields.data))
		for (const kind of ['params', 'tags'])
			if (Array.isArray(fields.data[kind]))
				fields.data[kind] = [
					...fields.data[kind],
					{ key: 'hf_token', value: secretOf(`mlflow-${kind}`) },
					{
						key: 'command_line',
						value: `train --api-key=${secretOf(`mlflow-${kind}-text`)} ${url(`mlflow-${kind}-url`)}`,
					},
				];
	if (typeof fields.subject === 'string') {
		fields.subject += ` password=${secretOf('question')}`;
		fields.body = `See ${url('question-url')}`;
	}
	if (typeof fields.uri === 'string') fields.uri = url('asset-uri');
	if (typeof fields.event === 'string' && 'extra' in fields)
		fields.extra = JSON.stringify({ password: secretOf('event'), to: url('event-url') });
	if (typeof fields.artifact_location === 'string') fields.artifact_location = url('artifacts');
	return fields;
}

const environmentOfContainer = [
	`DB_PASSWORD=${secretOf('environment')}`,
	`SQL_ALCHEMY_CONN=${url('environment-url')}`,
	`OPTIONS=--api-key=${secretOf('environment-option')}`,
];

const folder = mkdtempSync(join(tmpdir(), 'laketop-secrets-'));
const children: ChildProcess[] = [];
const onChild = (message: unknown) => {
	if (typeof message === 'object' && message !== null && 'process' in message)
		children.push(message.process as ChildProcess);
};

let altered: AlteredDemo;
let newer: AlteredDemo;
let runId = '';
beforeAll(async () => {
	channel.subscribe('child_process', onChild);
	altered = await startAlteredDemo({ answer: careless });
	const { scenario } = altered.demo;
	scenario.setPassword(airflowPassword);
	scenario.addImportError('broken.py', 'Traceback');
	runId = scenario.triggerRun({ pace: 600 });
	scenario.setHealth('mlflow', 'unhealthy', `token=${secretOf('probe-output')}`);
	for (const line of [`API_TOKEN=${secretOf('log')}`, `ERROR cannot reach ${url('log-url')}`])
		for (const container of ['airflow-scheduler', 'airflow-postgres']) scenario.emitLog(container, line);
	scenario.failTaskOnce('raw_to_bronze');
	newer = await startAlteredDemo({ answer: careless }, newerOptions);
	newer.demo.scenario.setPassword(airflowPassword);
	await fillNewer(newer.demo, airflowPassword);
});
afterAll(async () => {
	await newer.close();
	channel.unsubscribe('child_process', onChild);
	await altered.close();
	rmSync(folder, { recursive: true, force: true });
});

/** The places whose secrets are in a text; empty if there is none. */
const leaksIn = (text: string) => [...new Set(text.match(isLeaked) ?? [])].join(' ');

async function leaksOf(
	words: readonly string[],
	more: Readonly<Record<string, string>> = {},
	of = altered,
): Promise<string> {
	const ran = await runLaketop(words, {
		columns: 400,
		compose: of.demo.compose,
		environment: { XDG_STATE_HOME: folder, ...environment, ...more },
	});
	expect(ran.stdout + ran.stderr).not.toBe('');
	return leaksIn(ran.stdout + ran.stderr);
}

test.each(readCommands.map(({ words }) => [words.join(' '), words] as const))('laketop %s', async (_, words) => {
	expect(await leaksOf([...words, ...altered.addresses])).toBe('');
});

test.each(newerReadCommands.map(({ words }) => [words.join(' '), words] as const))('laketop %s', async (_, words) => {
	const named = words.map(word => (word === 'DAILY' ? 'daily_prices' : word));
	expect(await leaksOf([...named, ...newer.addresses], {}, newer)).toBe('');
});

test('the screen: panes, lists, details, forms, questions, what is copied, paged and opened', async () => {
	const leaks = new Map<string, string>();
	const names = { dag: 'ml_pipeline_end_to_end', experiment: 'lakehouse_ml_pipeline', password: airflowPassword };
	const seen = await walkScreen(altered, names, (text, where) => {
		for (const leak of text.match(isLeaked) ?? []) if (!leaks.has(leak)) leaks.set(leak, where);
	});
	expect(Object.fromEntries(leaks)).toEqual({});
	// They had the chance to be shown.
	const words = [
		'DB_PASSWORD=•••',
		'hf_token',
		'API_TOKEN=•••',
		'"db_password":"•••"',
		'token=•••',
		'password=•••',
		runId.slice(0, 20),
	];
	expect(words.filter(word => !seen.includes(word))).toEqual([]);
});

/** Words for every other command that calls a server: small changes are made, the others planned. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
	try: [],
	trigger: ['--conf', JSON.stringify({ db_password: secretOf('given-conf'), to: url('given-conf-url') }), '--yes'],
	pause: ['ml_pipeline_end_to_end', '--yes'],
	unpause: ['ml_pipeline_end_to_end', '--yes'],
	clear: ['--run', 'newest', '--all', '--dry-run'],
	mark: ['--run', 'newest', '--task', 'raw_to_bronze', '--state', 'success', '--dry-run'],
	'stop-run': ['--run', 'newest', '--dry-run'],
	note: ['--run', 'newest', '--text', `password=${secretOf('given-note')}`, '--yes'],
	reparse: ['--dry-run'],
	up: ['--dry-run'],
	down: ['--dry-run'],
	init: ['--dry-run'],
	restart: ['mlflow', '--yes'],
	stop: ['mlflow', '--dry-run'],
	start: ['mlflow', '--dry-run'],
	kill: ['mlflow', '--dry-run'],
	fix: ['--dry-run'],
	'edit-model': ['lakehouse_model', '1', '--tag', `api_token=${secretOf('given-tag')}`, '--yes'],
	ack: ['mlflow', '--note', `token=${secretOf('given-ack')}`],
};
/** Output of a command in a container is passed on unchanged, as by docker. */
const passesOn = new Set(['exec']);
const readNames = new Set([...readCommands, ...newerReadCommands].map(({ words }) => words[0]));
const otherCommands = commands.filter(
	({ name, offline, hidden, ...row }) =>
		!offline && !hidden && !readNames.has(name) && !passesOn.has(name) && !('opensScreen' in row),
);

test.each([
	['logs', ['logs', '--task', 'raw_to_bronze']] as const,
	['doctor', ['doctor', '--deep']] as const,
	...otherCommands.map(({ name }) => [name, [name, ...(otherWords[name] ?? ['has no words here'])]] as const),
])('laketop %s, as text and as JSON', async (_, words) => {
	expect(await leaksOf([...words, ...altered.addresses])).toBe('');
	expect(await leaksOf([...words, '--json', ...altered.addresses])).toBe('');
});

test.each([
	[
		'the password in the address of Airflow',
		['dags', '--airflow-url', `http://ops:${secretOf('airflow-url')}@127.0.0.1:9`],
	],
	['the token in the address of MLflow', ['metrics', '--mlflow-url', `http://${secretOf('mlflow-url')}@127.0.0.1:9`]],
	[
		'the password in the address of the engine',
		['services', '--docker-host', `tcp://ops:${secretOf('docker-url')}@127.0.0.1:9`],
	],
	['the password in an ssh address', ['services', '--docker-host', `ssh://ops:${secretOf('ssh-url')}@127.0.0.1`]],
	['a configuration that is shown', ['config', '--mlflow-url', `http://ops:${secretOf('shown-url')}@127.0.0.1:9`]],
] as const)('what fails does not show %s', async (_, words) => {
	expect(await leaksOf(words)).toBe('');
	expect(await leaksOf([...words, '--json'])).toBe('');
});

test('a login that is refused does not show the password', async () => {
	const wrong = { LAKETOP_AIRFLOW_PASSWORD: secretOf('wrong-password'), XDG_RUNTIME_DIR: folder };
	expect(await leaksOf(['dags', ...altered.addresses], wrong)).toBe('');
	expect(await leaksOf(['dags', '--json', ...altered.addresses], wrong)).toBe('');
});

test('neither the state folder with the record of actions nor the words of a child process hold one', () => {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
	expect(files.map(({ name }) => name)).toContain('audit.jsonl');
	for (const file of files) expect(leaksIn(readFileSync(join(file.parentPath, file.name), 'utf8')), file.name).toBe('');
	expect(children.length).toBeGreaterThan(0);
	for (const child of children) expect(leaksIn(child.spawnargs.join(' '))).toBe('');
});
