import {
	checkWords,
	Given,
	type OptionValue,
	requires,
	seeHelp,
	UsageError,
	valueProblem,
} from '../command-line/arguments/given.ts';
import { globalsIn, optionOf, type SortedWords, sortWords } from '../command-line/arguments/words.ts';
import type { Command, Option } from '../command-line/rows/command.ts';
import type { CommandRow, RunRow } from '../command-line/rows/command-row.ts';
import { globalOptions } from '../command-line/rows/options.ts';
import { camel } from '../config/option.ts';
import { type Message, phrase } from '../words/message.ts';

export type Parsed =
	| { readonly kind: 'monitor'; readonly given: Given }
	| { readonly kind: 'command'; readonly command: RunRow; readonly given: Given }
	| { readonly kind: 'help'; readonly command: Command | undefined; readonly given: Given }
	| { readonly kind: 'version' };

/**
 * Reads the command line. The table of commands is loaded only when a command is named, or for the help.
 * Throws UsageError.
 */
export async function parseCommandLine(argv: readonly string[]): Promise<Parsed> {
	const globals = sortWords(argv, globalOptions);
	if (globals.command === undefined && globals.rest.length === 0) {
		const { options } = await read(globals, globalOptions, undefined);
		const given = withoutStray(new Given(options, []), undefined);
		if (options.help === true) return { kind: 'help', command: undefined, given };
		if (options.version === true) return { kind: 'version' };
		return { kind: 'monitor', given };
	}
	const { commands, findCommand } = await import('./table.ts');
	const sorted = sortedFor(argv, commands, findCommand);
	const name = sorted.command ?? '';
	if (name === 'help') {
		const [word] = sorted.words;
		const command = word === undefined ? undefined : findCommand(word);
		if (word !== undefined && !command) throw await noCommand(word);
		return { kind: 'help', command, given: globalsOf(argv) };
	}
	const command = findCommand(name);
	if (!command) throw await noCommand(name);
	const { options, words } = await read(sorted, [...globalOptions, ...(command.options ?? [])], command);
	if (options.help === true) return { kind: 'help', command, given: new Given(options, words) };
	if (options.version === true) return { kind: 'version' };
	checkWords(command, words);
	const missing = command.options?.find(option => option.required && options[option.name] === undefined);
	if (missing) {
		const form = ['--', missing.name, missing.value ? ` ${missing.value.name}` : ''].join('');
		throw new UsageError(requires(command.name, form), seeHelp(command.name));
	}
	if ('opensScreen' in command) {
		return { kind: 'monitor', given: new Given({ ...options, ...command.opensScreen }, words) };
	}
	return { kind: 'command', command, given: withoutStray(new Given(options, words), command.name) };
}

/** Throws UsageError for an option that has no meaning without another. */
function withoutStray(given: Given, command: string | undefined): Given {
	if (given.text('stack') === undefined || given.is('demo')) return given;
	throw new UsageError(
		phrase(['option --stack requires --demo', '--stack 옵션은 --demo와 함께 써야 합니다']),
		seeHelp(command),
	);
}

/** Finds the command among the words, with the options of that command. */
function sortedFor(
	argv: readonly string[],
	commands: readonly CommandRow[],
	findCommand: (name: string) => CommandRow | undefined,
): SortedWords {
	const everyOption = [...globalOptions, ...commands.flatMap(command => command.options ?? [])];
	const named = sortWords(argv, everyOption, findCommand).command;
	// One letter may mean different options of different commands.
	const own = (named === undefined ? undefined : findCommand(named))?.options ?? [];
	const found = sortWords(argv, [...globalOptions, ...own, ...everyOption], findCommand);
	// `laketop -- status` names a command as well.
	const [first = '', ...others] = found.rest;
	return found.command === undefined ? { ...found, command: first, rest: others } : found;
}

/** The command of a command line that may be wrong otherwise; empty without one. */
export async function commandNamed(argv: readonly string[]): Promise<string> {
	const { commands, findCommand } = await import('./table.ts');
	return sortedFor(argv, commands, findCommand).command ?? '';
}

/** The global options of a command line that may be wrong otherwise: its error is in the chosen language. */
export function globalsOf(argv: readonly string[]): Given {
	return new Given(globalsIn(sortWords(argv, globalOptions).words, globalOptions), []);
}

type Read = { options: Record<string, OptionValue | undefined>; words: string[] };

async function read(sorted: SortedWords, known: readonly Option[], command: Command | undefined): Promise<Read> {
	for (const word of sorted.words) {
		if (!word.startsWith('--')) continue;
		if (!isKnown(word, known)) throw await noOption(word.replace(/=.*/s, ''), known, command);
		// The parser reads any value of a switch as false.
		const option = optionOf(word, known);
		if (option && !option.value && word.includes('=')) {
			const what = phrase(['option --{name} takes no value', '--{name} 옵션에는 값을 지정할 수 없습니다'], {
				name: option.name,
			});
			throw new UsageError(what, seeHelp(command?.name));
		}
		if (option && word === `--${option.name}=`) {
			const what = phrase(['option --{name} requires a value', '--{name} 옵션에는 값이 필요합니다'], {
				name: option.name,
			});
			throw new UsageError(what, seeHelp(command?.name));
		}
	}
	// Without words there is nothing to parse: a plain start saves what the parser costs, 10 ms.
	if (sorted.words.length === 0) return { options: {}, words: [...sorted.rest] };
	const { default: meow } = await import('meow');
	const cli = meow('', {
		importMeta: import.meta,
		pkg: { name: 'laketop', version: LAKETOP_VERSION },
		argv: [...sorted.words],
		input: 'string',
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: Object.fromEntries(known.map(option => [camel(option.name), flagOf(option)])),
	});
	const options: Read['options'] = {};
	const given: Readonly<Record<string, unknown>> = cli.flags;
	for (const [key, value] of Object.entries(given)) {
		const option = known.find(one => camel(one.name) === key);
		if (!option) throw await noOption(key.length === 1 ? `-${key}` : `--${key}`, known, command);
		options[option.name] = await checked(option, value, command);
	}
	return { options, words: [...cli.input.map(String), ...sorted.rest] };
}

function isKnown(word: string, known: readonly Option[]): boolean {
	if (optionOf(word, known)) return true;
	const positive = optionOf(word.replace(/^--no-/, '--'), known);
	return positive?.negatable === true;
}

/** The parser accepts every option several times, so that `checked` can report a repeated one. */
function flagOf(option: Option) {
	return {
		type: option.value ? ('string' as const) : ('boolean' as const),
		isMultiple: true as const,
		...(option.short ? { shortFlag: option.short } : {}),
	};
}

/** The value of an option, checked against the table. Throws UsageError. */
async function checked(option: Option, value: unknown, command: Command | undefined): Promise<OptionValue | undefined> {
	const wrong = (what: Message) => new UsageError(what, seeHelp(command?.name));
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	if (list.length === 0) return undefined;
	if (!option.value) return list.at(-1) === true;
	const texts = await Promise.all(list.map(one => ofKind(option, String(one), wrong)));
	if (option.many) return texts;
	if (texts.length > 1) {
		throw wrong(
			phrase(['option --{name} was given more than once', '--{name} 옵션을 두 번 이상 지정했습니다'], {
				name: option.name,
			}),
		);
	}
	return texts[0];
}

async function ofKind(option: Option, text: string, wrong: (what: Message) => UsageError): Promise<string> {
	if (!option.value) return text;
	const problem = await valueProblem(option.value, text);
	if (problem !== null)
		throw wrong(phrase(['--{name}: {problem}', '--{name}: {problem}'], { name: option.name, problem }));
	return text;
}

/** Names of panes, and of the same commands elsewhere. */
const otherNames: ReadonlyMap<string, string> = new Map([
	['findings', 'doctor'],
	['pipeline', 'tasks'],
	['mlflow', 'metrics'],
	['ps', 'services'],
	['disk', 'df'],
]);

async function noCommand(name: string): Promise<UsageError> {
	const [{ shownCommands }, { didYouMean }] = await Promise.all([
		import('./table.ts'),
		import('../command-line/arguments/guess.ts'),
	]);
	const names = shownCommands.map(command => command.name);
	return new UsageError(
		name === ''
			? phrase(['the command name is empty', '명령 이름이 비어 있습니다'])
			: phrase(['unknown command "{name}"{guess}', '알 수 없는 명령입니다: "{name}"{guess}'], {
					name,
					guess: didYouMean(otherNames.get(name) ?? name, names),
				}),
		seeHelp(),
	);
}

/** An option of another command is a common slip: the message names the commands that have it. */
async function noOption(word: string, known: readonly Option[], command: Command | undefined): Promise<UsageError> {
	const [{ commands }, { didYouMean }] = await Promise.all([
		import('./table.ts'),
		import('../command-line/arguments/guess.ts'),
	]);
	const owners = commands.filter(one => optionOf(word, one.options ?? []));
	if (command === undefined && owners.length > 0) {
		const names = owners.map(owner => owner.name).slice(0, 4);
		const listed = `${names.join(', ')}${owners.length > 4 ? ' …' : ''}`;
		return new UsageError(
			phrase(
				[
					'option {word} requires a command that has it: {listed}',
					'{word} 옵션은 다음 명령과 함께 써야 합니다: {listed}',
				],
				{ word, listed },
			),
			seeHelp(),
		);
	}
	const names = known.map(option => `--${option.name}`);
	const guess = word.startsWith('--') ? didYouMean(word, names) : '';
	return new UsageError(
		command === undefined
			? phrase(['unknown option {word}{guess}', '알 수 없는 옵션입니다: {word}{guess}'], { word, guess })
			: phrase(['{command} has no option {word}{guess}', '{command}에 {word} 옵션이 없습니다{guess}'], {
					command: command.name,
					word,
					guess,
				}),
		seeHelp(command?.name),
	);
}
