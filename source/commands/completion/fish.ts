import type { Argument, Command, Option, ValueKind } from '../../command-line/rows/command.ts';
import { globalOptions } from '../../command-line/rows/options.ts';
import { type Language, textIn } from '../../words/language.ts';
import { dynamicKinds } from './bash.ts';

export function fishCompletion(commands: readonly Command[], language: Language): string {
	const names = commands.map(({ name }) => name).join(' ');
	return `# fish completion for laketop
function __laketop_ask
	set -l typed (commandline -opc)
	$typed[1] __complete $argv[1] $typed[2..-1] 2>/dev/null
end

complete -c laketop -f
${globalOptions.map(option => `complete -c laketop ${optionWords(option, language)}`).join('\n')}
${commands.flatMap(command => commandLines(command, names, language)).join('\n')}
`;
}

function commandLines(
	{ name, summary, options = [], arguments: args = [] }: Command,
	names: string,
	language: Language,
): string[] {
	const isUsed = quoted(`__fish_seen_subcommand_from ${name}`);
	return [
		`complete -c laketop -n ${quoted(`not __fish_seen_subcommand_from ${names}`)} -a ${name} -d ${quoted(textIn(summary, language))}`,
		...options.map(option => `complete -c laketop -n ${isUsed} ${optionWords(option, language)}`),
		...args.flatMap(argument => argumentLine(argument, isUsed)),
	];
}

function optionWords({ name, short, value, help }: Option, language: Language): string {
	const words = [`-l ${name}`, ...(short === undefined ? [] : [`-s ${short}`]), `-d ${quoted(textIn(help, language))}`];
	if (value !== undefined && value.otherwise === undefined) {
		words.push(value.kind === 'file' ? '-r -F' : '-x', ...candidates(value.kind, value.choices));
	}
	return words.join(' ');
}

function argumentLine(argument: Argument, isUsed: string): string[] {
	const words = argument.verbatim ? [] : candidates(argument.kind, argument.choices);
	return words.length === 0 ? [] : [`complete -c laketop -n ${isUsed} ${words.join(' ')}`];
}

function candidates(kind: ValueKind, choices: readonly string[] = []): string[] {
	if (kind === 'choice') return [`-a ${quoted(choices.join(' '))}`];
	return dynamicKinds.has(kind) ? [`-a ${quoted(`(__laketop_ask ${kind})`)}`] : [];
}

/** A word in single quotes of fish, which knows two escapes in them. */
function quoted(text: string): string {
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
