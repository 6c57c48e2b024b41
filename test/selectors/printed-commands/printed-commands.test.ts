import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shownCommands } from '../../../source/commands/table.ts';
import type { FixAction } from '../../../source/model/finding.ts';
import { initialState } from '../../../source/model/state.ts';
import { planContainers } from '../../../source/operations/containers/containers.ts';
import { commandOfFix } from '../../../source/selectors/printed-commands/fix-command.ts';
import {
	composeCommandFor,
	engineCommand,
	laketopCommand,
	line,
} from '../../../source/selectors/printed-commands/printed-command.ts';
import { listed, replica } from '../../given/containers.ts';
import { demandPastable, pasted } from '../../given/pasted.ts';
import { optionsOf } from '../../given/stack-options.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Names that could confuse a shell or a parser. */
const odd = { dagId: "it's a dag", dagRunId: 'manual__2026-01-01T00:00:00+00:00 $(x)', task: 'divide[2]' };

describe('made by laketop', () => {
	test('every command with odd names is what it was made from', async () => {
		const all = [
			line.services(),
			line.diskUse(),
			line.doctor(),
			line.deepCheck(),
			line.inspect({ service: "a b'c" }),
			line.serviceLog({ service: '-dash' }),
			line.taskLog(odd),
			line.tasks(odd),
			line.tasks({ dagId: '-dag', dagRunId: null }),
			line.questions(odd),
			line.source(odd),
			line.reparse(odd),
			line.clear({ ...odd, which: 'failed' }),
			line.clear({ ...odd, which: 'all' }),
			line.clear({ ...odd, which: ['divide[2]', '-x'] }),
			line.stopRun({ ...odd, dagRunId: '-r' }),
		];
		expect(new Set(all.map(({ words }) => words[0])).size).toBe(
			new Set(Object.keys(line)).size - 2, // Two logs and two doctors are one command.
		);
		const words = ['--project', 'my shop', '--docker-host', 'tcp://10.0.0.1:2375'];
		const stackOptions = optionsOf(...words);
		await demandPastable(all.map(one => laketopCommand({ stackOptions }, one)));
		expect(pasted([laketopCommand({ stackOptions }, line.taskLog(odd))])).toEqual([
			[['laketop', ...words, 'logs', '--dag', odd.dagId, '--run', odd.dagRunId, '--task', 'divide[2]']],
		]);
	});

	test.each<[FixAction, string]>([
		[
			{ kind: 'look', at: 'task log', subject: 'divide[2]', dagId: 'd', dagRunId: 'r' },
			"laketop --project shop logs --dag d --run r --task 'divide[2]'",
		],
		[{ kind: 'look', at: 'run', subject: 'r', dagId: 'd', dagRunId: 'r' }, 'laketop --project shop tasks d --run r'],
		[{ kind: 'look', at: 'question', subject: 't', dagId: 'd', dagRunId: 'r' }, 'laketop --project shop questions d'],
		[{ kind: 'reparse', dagId: 'd' }, 'laketop --project shop reparse d'],
		[{ kind: 'check' }, 'laketop --project shop doctor --deep'],
		[{ kind: 'container', verb: 'restart', container: 'c' }, 'docker -H tcp://h:2375 restart c'],
	])('a fix means the stack that is looked at: %j', (action, command) => {
		const options = optionsOf(
			...(action.kind === 'container' ? ['--docker-host', 'tcp://h:2375'] : ['--project', 'shop']),
		);
		expect(commandOfFix(action, { state: { ...initialState, stackOptions: options } })).toBe(command);
	});
});

describe('for the engine that is watched', () => {
	const answered = (version: string) => ({ docker: { version, address: 'unix:///run/docker.sock', connectedAt: 0 } });
	const podman = { sources: answered('podman 4.3.1') };
	const socket = 'unix:///run/user/1000/podman/podman.sock';
	const stackOptions = optionsOf('--docker-host', socket);

	test.each([
		['Docker', { sources: answered('29.0.0') }, 'docker restart c', 'docker compose up -d'],
		['Podman', podman, 'podman restart c', 'docker compose up -d'],
		[
			'Podman, by an option',
			{ ...podman, stackOptions },
			`podman --url ${socket} restart c`,
			`docker -H ${socket} compose up -d`,
		],
		[
			'Podman that has not answered yet',
			{ sources: {}, engine: { address: socket, origin: 'default socket', isDefault: true } },
			'podman restart c',
			`docker -H ${socket} compose up -d`,
		],
	])('%s', (_name, asked, command, compose) => {
		expect(engineCommand(asked, 'restart', 'c')).toBe(command);
		expect(composeCommandFor(asked, 'up', '-d')).toBe(compose);
	});

	test('plans and fixes print the same program', () => {
		const state = { ...listed(replica('shop', 'airflow-worker')), ...podman };
		const planned = planContainers('restart', Object.values(state.containers), 'shop', state);
		expect(planned).toMatchObject({ command: 'podman restart shop-airflow-worker-1' });
		expect(commandOfFix({ kind: 'container', verb: 'restart', container: 'c' }, { state })).toBe('podman restart c');
	});

	test('no other place writes such a command', () => {
		const files = readdirSync(join(root, 'source'), { recursive: true, encoding: 'utf8' }).filter(
			file => /\.tsx?$/.test(file) && !/^(?:demo|clients)\//.test(file) && !file.endsWith('/printed-command.ts'),
		);
		const written = /shellWords\(\s*'(?:docker|podman)'|[`'"](?:docker|podman) (?:exec|restart|logs|kill|inspect) /;
		expect(files.length).toBeGreaterThan(300);
		expect(files.filter(file => written.test(read(join('source', file))))).toEqual([]);
	});
});

describe('written in help and documents', () => {
	test('the examples of every command', async () => {
		await demandPastable(shownCommands.flatMap(({ examples }) => examples.map(({ line: one }) => one)));
	});

	test('the man page', async () => {
		const unescaped: Readonly<Record<string, string>> = { '\\-': '-', '\\(aq': "'", '\\(dq': '"', '\\e': '\\' };
		const page = read('docs/laketop.1').replaceAll(/\\-|\\\(aq|\\\(dq|\\e/g, text => unescaped[text] ?? '');
		const examples = page.split('\n').filter(text => /^laketop (?!- )/.test(text));
		expect(examples.length).toBeGreaterThan(20);
		await demandPastable(examples);
	});

	test('what messages and errors advise', async () => {
		// The table's own examples are tested above.
		const files = sources('source').filter(file => !/commands\/[\w-]+\/row\.ts$/.test(file));
		const texts = files.flatMap(file => [...read(file).matchAll(/'([^'\n]*\blaketop [a-z][^'\n]*)'/g)]);
		const named = texts.flatMap(([, text = '']) => [
			...text.matchAll(/\blaketop ((?:--[a-z-]+ )*)([a-z-]+)((?: (?:--[a-z-]+|[A-Z]+))*)/g),
		]);
		const names = new Set(shownCommands.map(command => command.name));
		const commands = named.flatMap(([whole, , name = '']) => (names.has(name) ? [whole] : []));
		expect(commands.length).toBeGreaterThan(5);
		await demandPastable(commands);
	});
});

function sources(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter(name => /\.tsx?$/.test(name))
		.map(name => join(folder, name));
}
