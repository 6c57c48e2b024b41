import type { Given } from '../command-line/arguments/given.ts';
import { configOf } from '../command-line/configure/config-of.ts';
import { languageOf } from '../command-line/configure/language-of.ts';
import type { CommandContext } from '../command-line/context/context.ts';
import { type Io, Output, OutputClosed } from '../command-line/context/io.ts';
import { cannotWrite, reportOf, sentenceOf } from '../command-line/exit/failures.ts';
import { exitCodes } from '../command-line/rows/command.ts';
import type { RunRow } from '../command-line/rows/command-row.ts';
import { loadConfig } from '../config/load.ts';
import { cleanLines, printableJson } from '../model/text/clean-text.ts';
import type { Language } from '../words/language.ts';
import { type Message, render } from '../words/message.ts';
import { writer } from '../words/write.ts';
import { commands } from './table.ts';

/**
 * Runs a command to its end; returns the exit code. An error is one line on standard error, with `--json` also a document
 * on standard output. Throws unexpected errors.
 */
export async function runCommand(command: RunRow, given: Given, io: Io): Promise<number> {
	const out = new Output(io.stdout);
	// Words of the command line are as untrusted as those of servers.
	const print = (text: string) => void io.stderr.write(`laketop: ${cleanLines(text)}\n`);
	const language = () => languageOf(given, io.environment, io.workingDirectory);
	const signal = AbortSignal.any([io.signal, out.closed]);
	try {
		const exitCode = await withConfig(command, given, io, { out, print, signal });
		await out.end();
		return interruption(io) ?? exitCode;
	} catch (error) {
		if (out.failure !== null && !io.signal.aborted) {
			print(render(cannotWrite(out.failure), await language()));
			return exitCodes.failed;
		}
		// A reader that closed the pipe has all it wanted.
		if (error instanceof OutputClosed || out.closed.aborted) return interruption(io) ?? exitCodes.ok;
		if (io.signal.aborted) return interruption(io) ?? exitCodes.interrupted;
		const report = reportOf(error);
		if (!report) throw error;
		print(sentenceOf(report.failure, await language()));
		if (given.is('json')) {
			const { errorDocument } = await import('../command-line/show/show.ts');
			const document = errorDocument({ command, io }, error);
			await out.write(`${printableJson(document, given.text('watch') ? undefined : '\t')}\n`).catch(() => undefined);
			await out.end().catch(() => undefined);
		}
		return report.exitCode;
	}
}

/** The exit code of the signal that ended the command. */
function interruption(io: Io): number | undefined {
	if (!io.signal.aborted) return undefined;
	return typeof io.signal.reason === 'number' ? io.signal.reason : exitCodes.interrupted;
}

type Around = Pick<CommandContext, 'out' | 'signal'> & { readonly print: (text: string) => void };

async function withConfig(command: RunRow, given: Given, io: Io, { print, ...around }: Around): Promise<number> {
	const isDemo = given.is('demo');
	// An invalid configuration must not break completion in a shell.
	const loading = command.offline
		? loadConfig({ dockerHost: 'unix:///var/run/docker.sock' }, {}, null)
		: configOf(given, io.environment, io.workingDirectory);
	const speaking: Promise<Language> = command.offline
		? languageOf(given, io.environment, io.workingDirectory)
		: loading.then(({ config }) => config.language);
	const [module, loaded, language] = await Promise.all([command.load(), loading, speaking]);
	for (const warning of loaded.warnings) print(render(warning, language));
	const context = {
		command,
		commands,
		given,
		io,
		loaded,
		language,
		text: writer(language),
		say: (message: Message | string) => print(typeof message === 'string' ? message : render(message, language)),
		config: loaded.config,
		compose: io.compose,
		...around,
	};
	if (!isDemo || command.offline) return module.run(context);
	const { startNamedDemo } = await import('../command-line/configure/demo-stack.ts');
	const { demo, config } = await startNamedDemo(given, loaded.config);
	try {
		return await module.run({ ...context, compose: demo.compose, config, loaded: { ...loaded, config } });
	} finally {
		await demo.close();
	}
}
