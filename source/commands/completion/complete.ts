import { Given } from '../../command-line/arguments/given.ts';
import { globalsIn, sortWords } from '../../command-line/arguments/words.ts';
import { configOf } from '../../command-line/configure/config-of.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { type Command, exitCodes } from '../../command-line/rows/command.ts';
import { globalOptions } from '../../command-line/rows/options.ts';
import { askStack, isKnownKind, type Question } from './candidates.ts';
import { keptNamesIn, keptNamesPath, refreshMs } from './kept-names.ts';

/** A question, and the global options of the command line that it is about. */
type TypedQuestion = Question & { readonly given: Given };

/** From the Tab key to the candidates, ms: the shell is blocked meanwhile, and a longer silence reads as a failure. */
const patienceMs = 220;
/**
 * A server that is reachable responds in a few milliseconds; it gets at least this time, however slowly the process
 * started.
 */
const leastMs = 60;
/** A second Tab lists what the first has completed: the same answer, without asking again. */
const freshMs = 5000;

/**
 * `laketop __complete KIND WORDS…`: candidates, one per line. WORDS are the words of the command line so far, whose global
 * options select the stack. Silent on any failure: a message would land in the prompt. With `refresh` before KIND, a
 * process in the background asks a slow server, for the next time.
 */
export async function run(context: CommandContext): Promise<number> {
	const [first = '', ...more] = context.given.words;
	const isRefresh = first === 'refresh';
	const [kind = '', ...words] = isRefresh ? more : [first, ...more];
	try {
		const question = await questionOf(context, kind, words);
		if (isRefresh) await ask(context, question, refreshMs);
		else await offer(context, question, words);
	} catch {
		// No candidates.
	}
	return exitCodes.ok;
}

async function offer(context: CommandContext, question: TypedQuestion, words: readonly string[]): Promise<void> {
	const { io, out } = context;
	const write = (names: readonly string[]) => out.write(names.map(name => `${name}\n`).join(''));
	if (question.kind === 'profile') return write(question.config.profiles);
	if (!isKnownKind(question.kind)) return;
	const kept = keptNamesOf(context, question);
	const known = kept.read();
	if (known !== null && known.ageMs < freshMs) return write(known.names);
	const waitMs = Math.max(leastMs, patienceMs - (io.uptimeMs?.() ?? 0));
	const silence = io.clock.sleep(waitMs, context.signal).then(() => null);
	const names = await Promise.race([ask(context, question, refreshMs).catch(() => null), silence]);
	if (names !== null) return write(names);
	if (known !== null) await write(known.names);
	if (kept.startAsking()) io.startDetached?.(['__complete', 'refresh', question.kind, ...words]);
}

/** Asks the servers and stores their answer; null if they did not answer. */
async function ask(context: CommandContext, question: TypedQuestion, timeoutMs: number): Promise<string[] | null> {
	const names = question.config.demo
		? await askDemo(context, question, timeoutMs)
		: await askStack(context, question, timeoutMs);
	if (names !== null) keptNamesOf(context, question).keep(names);
	return names;
}

/** The demo that the command will run on is not there yet; another one has the same names. */
async function askDemo(context: CommandContext, question: TypedQuestion, timeoutMs: number): Promise<string[] | null> {
	const { startNamedDemo } = await import('../../command-line/configure/demo-stack.ts');
	const { demo, config } = await startNamedDemo(question.given, question.config);
	try {
		return await askStack({ ...context, compose: demo.compose }, { ...question, config }, timeoutMs);
	} finally {
		await demo.close();
	}
}

async function questionOf(
	{ commands, io }: CommandContext,
	kind: string,
	words: readonly string[],
): Promise<TypedQuestion> {
	const findCommand = (name: string) => commands.find(command => command.name === name);
	const typed = sortWords(words, everyOption(commands), findCommand);
	const given = new Given(globalsIn(typed.words, globalOptions), []);
	const { config } = await configOf(given, io.environment, io.workingDirectory);
	const command = typed.command === undefined ? undefined : findCommand(typed.command);
	const dagAt = (command?.arguments ?? []).findIndex(one => one.kind === 'dag' || one.kind === 'asking-dag');
	const named = typed.words.filter(one => !one.startsWith('-'));
	const dagId = dagAt < 0 ? undefined : named[dagAt];
	const run = typedValue(typed.words, 'run');
	const dagRunId = run === undefined || run === 'newest' ? null : run;
	return {
		kind,
		given,
		config: given.is('demo') ? { ...config, demo: true } : config,
		dagId: dagId || config.dag,
		subject: named[0] ?? null,
		dagRunId,
		asked: { dag: dagId ?? null, dagRunId, task: typedValue(typed.words, 'task') ?? null },
	};
}

const everyOption = (commands: readonly Command[]) => [
	...globalOptions,
	...commands.flatMap(command => command.options ?? []),
];

/** The value of an option in a command line. */
function typedValue(words: readonly string[], name: string): string | undefined {
	return words.find(word => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** What the answer depends on: the question and the stack. */
function keptNamesOf({ io }: CommandContext, { kind, given, config, dagId, dagRunId, asked, subject }: TypedQuestion) {
	const { dockerHost, discovery, airflow, experiment, folderProject, demo } = config;
	const question = JSON.stringify([
		kind,
		dockerHost.address,
		discovery,
		airflow.username,
		kind === 'mlflow-run' || kind === 'metric' ? experiment : null,
		folderProject,
		demo,
		demo ? given.text('stack') : null,
		['run', 'task', 'xcom'].includes(kind) ? dagId : null,
		kind === 'task' || kind === 'xcom' ? dagRunId : null,
		kind === 'xcom' || /^model-/.test(kind) ? subject : null,
		kind.startsWith('asking-') || kind === 'option' || kind === 'answer-param' ? asked : null,
	]);
	const kept = keptNamesIn(keptNamesPath(io.environment), io.clock.now);
	return {
		read: () => kept.read(question),
		keep: (names: readonly string[]) => kept.keep(question, names),
		startAsking: () => kept.startAsking(question),
	};
}
