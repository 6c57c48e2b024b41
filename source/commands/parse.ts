import meow from 'meow';
import { camel } from '../config/option.ts';
import type { Command, Option } from './command.ts';
import type { CommandRow } from './command-row.ts';
import { optionForm } from './forms.ts';
import { checkWords, Given, type OptionValue, seeHelp, UsageError, valueProblem } from './given.ts';
import { globalOptions } from './options.ts';
import { globalsIn, optionOf, type SortedWords, sortWords } from './words.ts';

export type Parsed =
	| { readonly kind: 'monitor'; readonly given: Given }
	| { readonly kind: 'command'; readonly command: CommandRow; readonly given: Given }
	| { readonly kind: 'help'; readonly command: Command | undefined; readonly given: Given }
	| { readonly kind: 'version' };

/**
 * Reads the command line. The table of commands is loaded only when a command is named, or for the help.
 * Throws UsageError.
 */
export async function parseCommandLine(argv: readonly string[]): Promise<Parsed> {
	const alone = sortWords(argv, globalOptions);
	if (alone.command === undefined && alone.rest.length === 0) {
		const { options } = await read(alone, globalOptions, undefined);
		const given = new Given(options, []);
		if (options.help === true) return { kind: 'help', command: undefined, given };
		if (options.version === true) return { kind: 'version' };
		return { kind: 'monitor', given };
	}
	const { commands, findCommand } = await import('./table.ts');
	const everyOption = [...globalOptions, ...commands.flatMap(command => command.options ?? [])];
	const named = sortWords(argv, everyOption, findCommand).command;
	// A letter may stand for one option of this command and for another of that.
	const own = (named === undefined ? undefined : findCommand(named))?.options ?? [];
	const found = sortWords(argv, [...globalOptions, ...own, ...everyOption], findCommand);
	// `laketop -- status` names a command as well.
	const [first = '', ...others] = found.rest;
	const sorted = found.command === undefined ? { ...found, command: first, rest: others } : found;
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
	if (missing) throw new UsageError(`${command.name} wants ${optionForm(missing)}`, seeHelp(command.name));
	return { kind: 'command', command, given: new Given(options, words) };
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
		// The parser would take any value of a switch for no.
		const option = optionOf(word, known);
		if (option && !option.value && word.includes('=')) {
			throw new UsageError(`the option --${option.name} takes no value`, seeHelp(command?.name));
		}
		if (option && word === `--${option.name}=`) {
			throw new UsageError(`the option --${option.name} wants a value`, seeHelp(command?.name));
		}
	}
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

/** Each may come several times for the parser: whether that is right is said here, in laketop's own words. */
function flagOf(option: Option) {
	return {
		type: option.value ? ('string' as const) : ('boolean' as const),
		isMultiple: true as const,
		...(option.short ? { shortFlag: option.short } : {}),
	};
}

/** The value of an option as the table wants it. Throws UsageError. */
async function checked(option: Option, value: unknown, command: Command | undefined): Promise<OptionValue | undefined> {
	const wrong = (what: string) => new UsageError(what, seeHelp(command?.name));
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	if (list.length === 0) return undefined;
	if (!option.value) return list.at(-1) === true;
	const texts = await Promise.all(list.map(one => ofKind(option, String(one), wrong)));
	if (option.many) return texts;
	if (texts.length > 1) throw wrong(`the option --${option.name} was given more than once`);
	return texts[0];
}

async function ofKind(option: Option, text: string, wrong: (what: string) => UsageError): Promise<string> {
	if (!option.value) return text;
	const problem = await valueProblem(option.value, text);
	if (problem !== null) throw wrong(`--${option.name}: ${problem}`);
	return text;
}

async function noCommand(name: string): Promise<UsageError> {
	const [{ shownCommands }, { didYouMean }] = await Promise.all([import('./table.ts'), import('../model/nearest.ts')]);
	const names = shownCommands.map(command => command.name);
	return new UsageError(
		name === '' ? 'the name of the command is empty' : `there is no command ${name}${didYouMean(name, names)}`,
		seeHelp(),
	);
}

/** An option that is known elsewhere is a common slip: where it belongs is said. */
async function noOption(word: string, known: readonly Option[], command: Command | undefined): Promise<UsageError> {
	const [{ commands }, { didYouMean }] = await Promise.all([import('./table.ts'), import('../model/nearest.ts')]);
	const owners = commands.filter(one => optionOf(word, one.options ?? []));
	if (command === undefined && owners.length > 0) {
		const names = owners.map(owner => owner.name).slice(0, 4);
		return new UsageError(
			`${word} belongs to a command (${names.join(', ')}${owners.length > 4 ? ' …' : ''})`,
			seeHelp(),
		);
	}
	const names = known.map(option => `--${option.name}`);
	const where = command === undefined ? 'there is' : `${command.name} has`;
	const guess = word.startsWith('--') ? didYouMean(word, names) : '';
	return new UsageError(`${where} no option ${word}${guess}`, seeHelp(command?.name));
}
