#!/usr/bin/env node
import nodeModule from 'node:module';
import type { Given } from './command-line/arguments/given.ts';
import type { Command } from './command-line/rows/command.ts';
import type { RunRow } from './command-line/rows/command-row.ts';
import type { Config } from './config/schema.ts';
import { type Language, languageOfLocale } from './words/language.ts';
import type { Message } from './words/message.ts';
import { write, writer } from './words/write.ts';

// Absent in Node 20, which `main` refuses with a message.
nodeModule.enableCompileCache?.();

/** Exit codes: 0 OK, 1 the program failed, 2 usage or configuration; those of the commands are in command-line/rows/command.ts. */
const usageError = 2;

async function main(): Promise<number> {
	const [major = 0] = process.versions.node.split('.').map(Number);
	if (major < 22) {
		const say = writer(languageOfLocale(process.env));
		return complain(
			say(['Node {version} is too old', 'Node {version}은(는) 너무 오래된 버전입니다'], {
				version: process.versions.node,
			}),
			say([
				'laketop requires Node 22 or newer; npm start and npm run demo bring their own',
				'laketop에는 Node 22 이상이 필요합니다. npm start와 npm run demo는 맞는 Node를 직접 가져옵니다',
			]),
		);
	}
	const [{ globalsOf, parseCommandLine }, { UsageError }] = await Promise.all([
		import('./commands/parse.ts'),
		import('./command-line/arguments/given.ts'),
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
		return complainOf(error, await languageFor(globalsOf(process.argv.slice(2))));
	}
}

/** The language of help and errors. */
async function languageFor(given: Given): Promise<Language> {
	const { languageOf } = await import('./command-line/configure/language-of.ts');
	return languageOf(given, process.env, process.cwd());
}

/** The JSON document of a usage error. */
async function printError(error: unknown): Promise<void> {
	const [{ errorDocument }, { systemClock }, { commandNamed }] = await Promise.all([
		import('./command-line/show/show.ts'),
		import('./model/time/clock.ts'),
		import('./commands/parse.ts'),
	]);
	const name = await commandNamed(process.argv.slice(2));
	const document = errorDocument({ command: { name }, io: { clock: systemClock } }, error);
	await print(`${JSON.stringify(document, null, '\t')}\n`);
}

/** Runs a command, which prints and exits. */
async function command(asked: RunRow, given: Given): Promise<number> {
	const [{ runCommand }, { endWhereUnread, writeWithoutWaiting }, { systemClock }] = await Promise.all([
		import('./commands/run.ts'),
		import('./command-line/exit/ending.ts'),
		import('./model/time/clock.ts'),
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
			// The second signal exits at once.
			if (interrupt.signal.aborted) process.exit(exitCode);
			interrupt.abort(exitCode);
			endWhereUnread(exitCode, outputs);
		});
	}
	// An error thrown in a listener: one line instead of Node's stack trace.
	process.on('uncaughtException', error => fail(error));
	return runCommand(asked, given, {
		environment: process.env,
		workingDirectory: process.cwd(),
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		clock: systemClock,
		signal: interrupt.signal,
		uptimeMs: () => performance.now(),
		startDetached: words => void startDetached(words),
	});
}

async function startDetached(words: readonly string[]): Promise<void> {
	const [{ spawn }, { isSea }] = await Promise.all([import('node:child_process'), import('node:sea')]);
	const script = isSea() ? [] : process.argv.slice(1, 2);
	const child = spawn(process.execPath, [...process.execArgv, ...script, ...words], {
		detached: true,
		stdio: 'ignore',
	});
	child.on('error', () => undefined);
	child.unref();
}

/** The full-screen program. */
async function monitor(given: Given): Promise<number> {
	const [{ ConfigError }, { render }] = await Promise.all([
		import('./model/failures/config-error.ts'),
		import('./words/message.ts'),
	]);
	const isDemo = given.is('demo');
	const configured = async (profile?: string): Promise<Config | number> => {
		try {
			const { configOf } = await import('./command-line/configure/config-of.ts');
			const loaded = await configOf(given, process.env, process.cwd(), profile);
			for (const warning of loaded.warnings) console.error(`laketop: ${render(warning, loaded.config.language)}`);
			return loaded.config;
		} catch (error) {
			if (error instanceof ConfigError) return complainOf(error, await languageFor(given));
			throw error;
		}
	};
	let config = await configured();
	if (typeof config === 'number') return config;
	const say = writer(config.language);
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		return complain(
			say([
				'the monitor requires a terminal for input and output',
				'모니터를 실행하려면 입력과 출력이 터미널이어야 합니다',
			]),
			say([
				'Run it in a terminal, not through a pipe. Use laketop status for plain text',
				'파이프가 아닌 터미널에서 실행하세요. 일반 텍스트는 laketop status로 볼 수 있습니다',
			]),
		);
	}
	if (process.env.TERM === 'dumb') {
		return complain(
			say(['this terminal cannot move its cursor (TERM=dumb)', '이 터미널은 커서를 움직일 수 없습니다(TERM=dumb)']),
			say([
				'Set TERM to the type of the terminal, for example xterm-256color',
				'TERM을 터미널 종류로 설정하세요. 예: xterm-256color',
			]),
		);
	}
	const { runMonitor } = await import('./terminal/monitor.ts');
	while (!isDemo) {
		const left = await runMonitor(config);
		if ('exitCode' in left) return left.exitCode;
		config = 'profile' in left ? await configured(left.profile) : ofProject(config, left.project);
		if (typeof config === 'number') return config;
	}
	const { startNamedDemo } = await import('./command-line/configure/demo-stack.ts');
	const { demo, config: onDemo } = await startNamedDemo(given, config);
	try {
		const left = await runMonitor(onDemo, demo);
		// The demo is one stack, without profiles.
		return 'exitCode' in left ? left.exitCode : 0;
	} finally {
		await demo.close();
	}
}

/** The configuration for another project: the given addresses belong to the previous one. */
function ofProject(config: Config, project: string): Config {
	const { pages } = config.discovery;
	const { composeFiles: _composeFiles, ...kept } = config;
	return { ...kept, discovery: { project, ...(pages === undefined ? {} : { pages }) } };
}

async function helpOf(asked: Command | undefined, given: Given): Promise<string> {
	const [{ commandHelp, generalHelp }, language] = await Promise.all([
		import('./commands/help.ts'),
		languageFor(given),
	]);
	const columns = process.stdout.columns || 100;
	return asked === undefined ? generalHelp(columns, language) : commandHelp(asked, columns, language);
}

/** The exit code: 1 if the output could not be written (a full disk), 0 if the reader has gone (`| head`). */
async function print(text: string): Promise<number> {
	const failures: NodeJS.ErrnoException[] = [];
	process.stdout.on('error', error => failures.push(error));
	await new Promise<void>(resolve => process.stdout.write(text, () => resolve()));
	// A file reports a full disk a moment later.
	await new Promise(resolve => setImmediate(resolve));
	const failure = failures.find(({ code }) => code !== 'EPIPE');
	if (failure === undefined) return 0;
	const [{ cannotWrite }, { describe }] = await Promise.all([
		import('./command-line/exit/failures.ts'),
		import('./model/failures/described-error.ts'),
	]);
	const what = cannotWrite(describe(failure));
	console.error(`laketop: ${write(what.text, what.params, languageOfLocale(process.env))}`);
	return 1;
}

function complain(what: string, fix: string): number {
	console.error(`laketop: ${what}${what.endsWith('?') ? '' : '.'} ${fix}.`);
	return usageError;
}

type Explained = { readonly what: Message; readonly fix: Message };

function complainOf({ what, fix }: Explained, language: Language): number {
	return complain(write(what.text, what.params, language), write(fix.text, fix.params, language));
}

// A process that exits before main has finished has failed.
process.exitCode = 1;
// No top-level await: the executable is built from a CommonJS script (scripts/executable.ts).
main().then(
	exitCode => process.exit(exitCode),
	(error: unknown) => fail(error),
);

function fail(error: unknown): never {
	console.error(`laketop: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}
