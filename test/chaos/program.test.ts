import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type OpenTerminal, openTerminal } from '../terminal/harness.ts';
import { misbehaviours } from './misbehaviours.ts';
import { serverRows } from './rows/servers.ts';
import { type ServerName, startProxiedDemo } from './watched-stack.ts';

/** The whole program in a pseudo-terminal: a few rows of each kind, one after another on one screen. */
const program = join(import.meta.dirname, '../../dist/cli.js');

let terminal: OpenTerminal | undefined;
let stack: Awaited<ReturnType<typeof startProxiedDemo>> | undefined;
afterEach(async () => {
	await terminal?.dispose();
	await stack?.close();
});

const chosen = ['refused', 'reset-in-body', 'endless-body', 'garbage', 'redirect-relative', 'deep-json', 'wrong-types'];
const allLive = /docker [\d.]+ ✔ +airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/;

test.each(['docker', 'airflow', 'mlflow'] as const)(
	'the program survives what answers as %s',
	async (server: ServerName) => {
		const on = await startProxiedDemo();
		stack = on;
		const term = await openTerminal({
			command: process.execPath,
			args: [program, '--docker-host', on.dockerHost, '--airflow-url', on.airflowUrl, '--mlflow-url', on.mlflowUrl],
			cols: 200,
			rows: 60,
			cwd: '/',
			env: { XDG_CONFIG_HOME: '/nonexistent' },
		});
		terminal = term;
		await term.waitFor(allLive, { timeoutMs: 40_000 });
		for (const row of serverRows.filter(({ id }) => chosen.includes(id))) {
			await on.proxies[server].misbehave(misbehaviours[row.id]);
			// A sentence is broken into rows where the pane ends: its last word is whole.
			const word = row.shows[server]?.split(' ').at(-1) ?? '';
			await term.waitFor(
				screen => {
					const text = screen.join('\n');
					return !allLive.test(text) && /(stale|failing|no answer) since/.test(text) && text.includes(word);
				},
				{ what: `${row.id}: ${word}`, timeoutMs: 40_000 },
			);
			term.write('?');
			await term.waitFor('Keys', { what: `the help, during ${row.id}` });
			term.write('\x1b');
			await on.proxies[server].misbehave(null);
			await term.waitFor(allLive, { what: `all live after ${row.id}`, timeoutMs: 40_000 });
		}
		term.write('q');
		expect(await term.exited).toMatchObject({ exitCode: 0 });
		expect(term.leftovers()).toEqual([]);
	},
	// Real pauses, on a real screen: a minute for the server that is asked least often.
	240_000,
);
