import type { Argument, Command, Option } from '../rows/command.ts';

/** A command line sorted before it is parsed. */
export type SortedWords = {
	/** The first word that is neither an option nor its value. */
	readonly command: string | undefined;
	/** The other words, each value joined to its option: `--tail=5`. */
	readonly words: readonly string[];
	/** Words that are not parsed: after `--`, and the verbatim words of a command. */
	readonly rest: readonly string[];
};

/**
 * Finds the command among options that may stand before or after it. The value of an option may begin with a dash
 * (`--conf -`) or be omitted (`--watch`), which parsers treat differently, so that values are joined here.
 * @param find the command of a name: its arguments decide what is verbatim
 */
export function sortWords(
	argv: readonly string[],
	options: readonly Option[],
	find: (name: string) => Command | undefined = () => undefined,
): SortedWords {
	const words: string[] = [];
	let command: string | undefined;
	let verbatimAfter = Number.POSITIVE_INFINITY;
	let seen = 0;
	for (let index = 0; index < argv.length; index++) {
		const word = argv[index] ?? '';
		if (word === '--') return { command, words, rest: argv.slice(index + 1) };
		if (!isOption(word)) {
			if (command === undefined) {
				command = word;
				verbatimAfter = verbatimIndex(find(word)?.arguments ?? []);
			} else {
				words.push(word);
				seen++;
			}
			if (seen >= verbatimAfter) return { command, words, rest: argv.slice(index + 1) };
			continue;
		}
		const option = optionOf(word, options);
		if (!option?.value || word.includes('=')) {
			words.push(word);
			continue;
		}
		const next = argv[index + 1];
		const { otherwise } = option.value;
		const takesNext = next !== undefined && (otherwise === undefined ? next !== '--' : /^\d[\d.]*[smh]?$/.test(next));
		if (takesNext) index++;
		words.push(`--${option.name}=${quoted(takesNext ? next : (otherwise ?? ''))}`);
	}
	return { command, words, rest: [] };
}

/** A lone dash is a word: it means standard input. */
function isOption(word: string): boolean {
	return word.startsWith('-') && word !== '-';
}

export function optionOf(word: string, options: readonly Option[]): Option | undefined {
	const name = word.replace(/^--?/, '').replace(/=.*/s, '');
	return word.startsWith('--')
		? options.find(option => option.name === name)
		: options.find(option => option.short === name);
}

function verbatimIndex(args: readonly Argument[]): number {
	const index = args.findIndex(argument => argument.verbatim);
	return index === -1 ? Number.POSITIVE_INFINITY : index;
}

/** Global options among words that may be incomplete or wrong; everything else is ignored. */
export function globalsIn(
	words: readonly string[],
	globalOptions: readonly Option[],
): Record<string, string | boolean> {
	const options: Record<string, string | boolean> = {};
	for (const word of words) {
		const option = word.startsWith('--') ? optionOf(word, globalOptions) : undefined;
		if (!option) continue;
		const value = /=(.*)/s.exec(word)?.[1];
		if (option.value === undefined) options[option.name] = true;
		else if (value) options[option.name] = value;
	}
	return options;
}

/** The parser removes a pair of quotes around a value: one more pair keeps the user's quotes. */
function quoted(value: string): string {
	return /^(["']).*\1$/s.test(value) ? `"${value}"` : value;
}
