import { loadConfig } from '../config/load.ts';
import { cleanLines, printableJson } from '../model/clean-text.ts';
import { demoEngine } from '../model/engine-address.ts';
import type { Language } from '../words/language.ts';
import { writer } from '../words/write.ts';
import { exitCodes } from './command.ts';
import type { CommandRow } from './command-row.ts';
import { configOf } from './config-of.ts';
import type { CommandContext } from './context.ts';
import { reportOf, sentenceOf } from './failures.ts';
import type { Given } from './given.ts';
import { type Io, Output, OutputClosed } from './io.ts';
import { languageOf } from './language-of.ts';
import { commands } from './table.ts';

/**
 * Runs a command to its end; returns the exit code. What goes wrong is said on the standard error in one line, with
 * `--json` also as a document on the standard output. Throws what nobody foresaw.
 */
export async function runCommand(command: CommandRow, given: Given, io: Io): Promise<number> {
	const out = new Output(io.stdout);
	const say = (text: string) => {
		// What is repeated of the command line is as hostile as what servers say.
		io.stderr.write(`laketop: ${cleanLines(text)}\n`);
	};
	const signal = AbortSignal.any([io.signal, out.closed]);
	let language: Language = 'en';
	const take = (chosen: Language) => {
		language = chosen;
	};
	try {
		const exitCode = await withConfig(command, given, io, { out, say, signal }, take);
		await out.end();
		return interruption(io) ?? exitCode;
	} catch (error) {
		if (out.failure !== null && !io.signal.aborted) {
			say(`the output cannot be written: ${out.failure}`);
			return exitCodes.failed;
		}
		// Who closed the pipe has what they wanted.
		if (error instanceof OutputClosed || out.closed.aborted) return interruption(io) ?? exitCodes.ok;
		if (io.signal.aborted) return interruption(io) ?? exitCodes.interrupted;
		const report = reportOf(error);
		if (!report) throw error;
		say(sentenceOf(report.failure, language));
		if (given.is('json')) {
			const { errorDocument } = await import('./show.ts');
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

type Around = Pick<CommandContext, 'out' | 'say' | 'signal'>;

async function withConfig(
	command: CommandRow,
	given: Given,
	io: Io,
	around: Around,
	takeLanguage: (language: Language) => void,
): Promise<number> {
	const isDemo = given.is('demo');
	// A broken configuration must not keep a shell from its completion.
	const loading = command.offline
		? loadConfig({ dockerHost: 'unix:///var/run/docker.sock' }, {}, null)
		: configOf(given, io.environment, io.workingDirectory);
	const [module, loaded, language] = await Promise.all([
		command.load(),
		loading,
		command.offline
			? languageOf(given, io.environment, io.workingDirectory)
			: loading.then(({ config }) => config.language),
	]);
	takeLanguage(language);
	for (const warning of loaded.warnings) around.say(warning);
	const context = {
		command,
		commands,
		given,
		io,
		loaded,
		language,
		text: writer(language),
		config: loaded.config,
		compose: io.compose,
		...around,
	};
	if (!isDemo || command.offline) return module.run(context);
	const { startDemo } = await import('../demo/index.ts');
	const demo = await startDemo();
	try {
		const dockerHost = demoEngine(demo.dockerHost);
		const config = { ...loaded.config, dockerHost, demo: true };
		return await module.run({ ...context, compose: demo.compose, config, loaded: { ...loaded, config } });
	} finally {
		await demo.close();
	}
}
