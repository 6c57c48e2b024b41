#!/usr/bin/env node
import nodeModule from 'node:module';
import type { Command } from './commands/command.ts';
import type { CommandRow } from './commands/command-row.ts';
import type { Given } from './commands/given.ts';
import type { Config } from './config/schema.ts';
import { keepHeapSmall } from './small-heap.ts';

// Absent in Node 20, which is told below, in words, that it is too old.
nodeModule.enableCompileCache?.();

/** Exit codes: 0 well, 1 the program failed, 2 usage or configuration; the commands' are in commands/command.ts. */
const usageError = 2;

async function main(): Promise<number> {
	const [major = 0] = process.versions.node.split('.').map(Number);
	if (major < 22)
		return complain(
			`Node ${process.versions.node} is too old`,
			'It needs Node 22 or newer; npm start and npm run demo bring their own',
		);
	const [{ parseCommandLine }, { UsageError }] = await Promise.all([
		import('./commands/parse.ts'),
		import('./commands/given.ts'),
	]);
	try {
		const parsed = await parseCommandLine(process.argv.slice(2));
		switch (parsed.kind) {
			case 'version':
				return print(`${LAKETOP_VERSION}\n`);
			case 'help':
				return print(await helpOf(parsed.command, parsed.given));
			case 'command':
				return await command(parsed.command, parsed.given);
			case 'monitor':
				return await monitor(parsed.given);
		}
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		if (process.argv.includes('--json')) await printError(error);
		return complain(error.message, error.fix);
	}
}

/** The document of a mistake on the command line, for whoever wanted JSON. */
async function printError(error: unknown): Promise<void> {
	const [{ errorDocument }, { systemClock }] = await Promise.all([
		import('./commands/show.ts'),
		import('./model/clock.ts'),
	]);
	const name = process.argv.slice(2).find(word => !word.startsWith('-')) ?? '';
	const document = errorDocument({ command: { name }, io: { clock: systemClock } }, error);
	await print(`${JSON.stringify(document, null, '\t')}\n`);
}

/** A headless command: it prints and ends. */
async function command(asked: CommandRow, given: Given): Promise<number> {
	const [{ runCommand }, { endWhereUnread, writeWithoutWaiting }, { systemClock }] = await Promise.all([
		import('./commands/run.ts'),
		import('./commands/ending.ts'),
		import('./model/clock.ts'),
	]);
	const outputs = [process.stdout, process.stderr];
	for (const output of outputs) writeWithoutWaiting(output);
	const interrupt = new AbortController();
	for (const [signal, exitCode] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const) {
		process.on(signal, () => {
			// A second time nothing is waited for.
			if (interrupt.signal.aborted) process.exit(exitCode);
			interrupt.abort(exitCode);
			endWhereUnread(exitCode, outputs);
		});
	}
	// Thrown where no caller stands, in a listener: one line instead of Node's page.
	process.on('uncaughtException', error => fail(error));
	return runCommand(asked, given, {
		environment: process.env,
		workingDirectory: process.cwd(),
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		clock: systemClock,
		signal: interrupt.signal,
	});
}

/** The full-screen program. */
async function monitor(given: Given): Promise<number> {
	const [{ ConfigError }, { render }] = await Promise.all([
		import('./model/config-error.ts'),
		import('./words/message.ts'),
	]);
	const isDemo = given.is('demo');
	const configured = async (profile?: string): Promise<Config | number> => {
		try {
			const { configOf } = await import('./commands/config-of.ts');
			const loaded = await configOf(given, process.env, process.cwd(), profile);
			for (const warning of loaded.warnings) console.error(`laketop: ${warning}`);
			return loaded.config;
		} catch (error) {
			if (error instanceof ConfigError) return complain(error.message, render(error.fix, 'en'));
			throw error;
		}
	};
	let config = await configured();
	if (typeof config === 'number') return config;
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		return complain(
			'the monitor needs a terminal for input and output',
			'Run it in a terminal, not through a pipe; laketop status tells the same in words',
		);
	}
	if (process.env.TERM === 'dumb') {
		return complain(
			'this terminal cannot move its cursor (TERM=dumb)',
			'Set TERM to what the terminal is, for example xterm-256color',
		);
	}
	// Before anything large is loaded.
	keepHeapSmall();
	const { runMonitor } = await import('./commands/monitor.ts');
	while (!isDemo) {
		const left = await runMonitor(config);
		if ('exitCode' in left) return left.exitCode;
		config = 'profile' in left ? await configured(left.profile) : ofProject(config, left.project);
		if (typeof config === 'number') return config;
	}
	const [{ startDemo }, { demoEngine }] = await Promise.all([
		import('./demo/index.ts'),
		import('./model/engine-address.ts'),
	]);
	const demo = await startDemo();
	try {
		const dockerHost = demoEngine(demo.dockerHost);
		const left = await runMonitor({ ...config, dockerHost, demo: true }, demo);
		// A demo is one stack, without profiles.
		return 'exitCode' in left ? left.exitCode : 0;
	} finally {
		await demo.close();
	}
}

/** The same engine and looks for another project: addresses that were given are those of the stack that is left. */
function ofProject(config: Config, project: string): Config {
	const { pages } = config.discovery;
	const { composeFile: _composeFile, ...kept } = config;
	return { ...kept, discovery: { project, ...(pages === undefined ? {} : { pages }) } };
}

async function helpOf(asked: Command | undefined, given: Given): Promise<string> {
	const [{ commandHelp, generalHelp }, { languageOf }] = await Promise.all([
		import('./commands/help.ts'),
		import('./commands/language-of.ts'),
	]);
	const language = await languageOf(given, process.env, process.cwd());
	const columns = process.stdout.columns || 100;
	return asked === undefined ? generalHelp(columns, language) : commandHelp(asked, columns, language);
}

/** The exit code: 1 where it could not be written (a full disk), 0 also where nobody reads it any more (`| head`). */
async function print(text: string): Promise<number> {
	const failures: NodeJS.ErrnoException[] = [];
	process.stdout.on('error', error => failures.push(error));
	await new Promise<void>(resolve => process.stdout.write(text, () => resolve()));
	// A file tells of a full disk a moment later.
	await new Promise(resolve => setImmediate(resolve));
	const failure = failures.find(({ code }) => code !== 'EPIPE');
	if (failure === undefined) return 0;
	console.error(`laketop: the output cannot be written: ${failure.message}`);
	return 1;
}

function complain(what: string, fix: string): number {
	console.error(`laketop: ${what}${what.endsWith('?') ? '' : '.'} ${fix}.`);
	return usageError;
}

// What ends without having come to its end has failed.
process.exitCode = 1;
// No await: the executable is made of a CommonJS script (scripts/executable.ts), which has none at its top.
main().then(
	exitCode => process.exit(exitCode),
	(error: unknown) => fail(error),
);

function fail(error: unknown): never {
	console.error(`laketop: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}
