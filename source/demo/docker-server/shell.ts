import type { Container } from '../world/containers/container.ts';
import type { World } from '../world/world.ts';
import { toolOutput } from './tools.ts';

/** A program of a command in the demo's container: its input, its output, its end. */
export type Program = {
	input(bytes: Buffer): void;
	/** Input has ended. */
	inputEnded(): void;
};

export type Terminal = {
	readonly tty: boolean;
	size(): { columns: number; rows: number };
	write(text: string, stream?: 'stdout' | 'stderr'): void;
	exit(code: number): void;
};

const shells = new Set(['sh', 'bash', '/bin/sh', '/bin/bash']);

/** The program for `argv`; undefined if the container does not have it. */
export function startProgram(
	world: World,
	container: Container,
	argv: readonly string[],
	terminal: Terminal,
): Program | undefined {
	const [program = '', ...words] = argv;
	const output = toolOutput(world, container, argv);
	if (output) {
		for (const line of output.lines) terminal.write(`${line}\n`);
		terminal.exit(output.exitCode);
		return silent;
	}
	if (shells.has(program)) {
		// Also a script that ends by becoming a shell, such as one that searches for the best one.
		const becomesShell = /\bexec (ba)?sh$/.test(words[1] ?? '');
		if (words[0] !== '-c' || becomesShell) return startShell(world, container, terminal);
		for (const line of (words[1] ?? '').split(/;|&&/)) {
			const code = runLine(world, container, line.trim(), terminal);
			if (code === undefined) continue;
			terminal.exit(code);
			return silent;
		}
		terminal.exit(0);
		return silent;
	}
	if (program === 'cat') return startCat(terminal);
	if (program === 'airflow' && /airflow/.test(container.definition.image)) {
		return startAirflow(world, words, terminal);
	}
	return undefined;
}

const silent: Program = { input: () => undefined, inputEnded: () => undefined };

function startCat(terminal: Terminal): Program {
	return { input: bytes => terminal.write(bytes.toString()), inputEnded: () => terminal.exit(0) };
}

/** Reads lines, echoes them on a terminal, and supports a handful of commands. */
function startShell(world: World, container: Container, terminal: Terminal): Program {
	const host = container.id.slice(0, 12);
	const prompt = () => terminal.tty && terminal.write(`${container.definition.user ? 'airflow' : 'root'}@${host}:~$ `);
	let line = '';
	let ended = false;
	const end = (code: number) => {
		ended = true;
		terminal.exit(code);
	};
	const run = () => {
		const code = runLine(world, container, line.trim(), terminal);
		line = '';
		if (code !== undefined) return end(code);
		prompt();
	};
	prompt();
	return {
		input(bytes) {
			for (const character of bytes.toString()) {
				if (ended) return;
				if (character === '\r' || character === '\n') {
					if (terminal.tty) terminal.write('\r\n');
					run();
				} else if (character === '\u0004' && line === '') end(0);
				else if (character === '\u0003') {
					line = '';
					terminal.write('^C\r\n');
					prompt();
				} else if (character === '\u007f') {
					if (line !== '') terminal.write('\b \b');
					line = line.slice(0, -1);
				} else if (character >= ' ') {
					line += character;
					if (terminal.tty) terminal.write(character);
				}
			}
		},
		inputEnded() {
			if (!ended && !terminal.tty) end(0);
		},
	};
}

/** Runs a line of a shell; the exit code if it ends the shell. */
function runLine(world: World, container: Container, line: string, terminal: Terminal): number | undefined {
	const [command = '', ...words] = line.split(/\s+/);
	const newline = terminal.tty ? '\r\n' : '\n';
	const say = (text: string) => terminal.write(text + newline);
	switch (command) {
		case '':
			return undefined;
		case 'exit':
			return Number(words[0] ?? 0) || 0;
		case 'echo':
			say(words.join(' '));
			return undefined;
		case 'hostname':
			say(container.id.slice(0, 12));
			return undefined;
		case 'date':
			say(new Date(world.time).toUTCString());
			return undefined;
		case 'env':
			for (const entry of container.definition.env) say(entry);
			return undefined;
		case 'stty': {
			const { columns, rows } = terminal.size();
			say(`${rows} ${columns}`);
			return undefined;
		}
		default: {
			const output = toolOutput(world, container, [command, ...words]);
			if (output) for (const text of output.lines) say(text);
			else terminal.write(`bash: ${command}: command not found${newline}`, 'stderr');
			return undefined;
		}
	}
}

/**
 * `airflow db migrate` and `airflow users create`, as far as a first initialisation needs them (airflow/cli, 2.8.0).
 */
function startAirflow(world: World, words: readonly string[], terminal: Terminal): Program {
	const say = (text: string, stream?: 'stderr') => terminal.write(`${text}\n`, stream);
	switch (words.slice(0, 2).join(' ')) {
		case 'db migrate':
			say('DB: postgresql+psycopg2://airflow:***@airflow-postgres:5432/airflow');
			say(
				`Performing upgrade to the metadata database postgresql+psycopg2://airflow:***@airflow-postgres:5432/airflow`,
			);
			say('INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.', 'stderr');
			say('INFO  [alembic.runtime.migration] Will assume transactional DDL.', 'stderr');
			say('Database migrating done!');
			terminal.exit(0);
			return silent;
		case 'users create':
			return createUser(world, words, terminal);
		default:
			say(`airflow command error: argument GROUP_OR_COMMAND: invalid choice: '${words[0] ?? ''}'`, 'stderr');
			terminal.exit(2);
			return silent;
	}
}

/** Prompts for the password twice if the command line does not contain it. */
function createUser(world: World, words: readonly string[], terminal: Terminal): Program {
	const optionOf = (name: string) => words[words.indexOf(name) + 1] ?? '';
	const username = optionOf('--username');
	let typed = '';
	const create = () => {
		const [first, second] = typed.split('\n');
		if (first !== second) {
			terminal.write('Passwords did not match\n', 'stderr');
			return terminal.exit(1);
		}
		if (username === world.airflow.user) terminal.write(`${username} already exist in the db\n`);
		else terminal.write(`User "${username}" created with role "${optionOf('--role')}"\n`);
		terminal.exit(0);
	};
	return {
		input(bytes) {
			typed += bytes.toString();
		},
		inputEnded: create,
	};
}
