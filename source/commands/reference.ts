import { argumentForm, optionForm, usageLine } from '../command-line/help/forms.ts';
import { type Command, commandGroups, exitCodeWords, groupTitles, type Option } from '../command-line/rows/command.ts';
import { environmentVariables, globalOptions } from '../command-line/rows/options.ts';
import { type Text, textIn } from '../words/language.ts';
import { shownCommands } from './table.ts';

const english = (text: Text) => textIn(text, 'en');

/** The reference page of the commands, in Markdown. */
export function referencePage(): string {
	const lines = [
		'# Commands',
		'',
		'Generated from the table of commands by `npm run docs`. `laketop COMMAND --help` and `man laketop` show the same text.',
		'',
		'Results go to standard output, messages to standard error. On a terminal, tables have borders and colours. Through a pipe, they are plain columns under a header line. With `--json`, a command prints a document whose schema is in [json/](json/); on failure it prints a `laketop/error/1` document.',
		'',
		'| exit code | meaning |',
		'|---|---|',
		...exitCodeWords.map(([code, meaning]) => `| ${code} | ${cell(english(meaning))} |`),
	];
	for (const group of commandGroups) {
		const own = shownCommands.filter(command => command.group === group);
		if (own.length === 0) continue;
		lines.push('', `## ${english(groupTitles[group])}`);
		for (const command of own) lines.push(...section(command));
	}
	lines.push('', '## Options of every command', '', ...optionTable(globalOptions));
	lines.push('', '## Environment variables', '', '| variables | meaning |', '|---|---|');
	for (const [names, meaning] of environmentVariables) {
		lines.push(`| ${names.replaceAll(/[A-Z_]+/g, '`$&`')} | ${cell(english(meaning))} |`);
	}
	return `${lines.join('\n')}\n`;
}

function section(command: Command): string[] {
	const lines = ['', `### ${command.name}`, '', `${english(command.summary)}.`, '', '```sh', usageLine(command), '```'];
	for (const paragraph of command.details ?? []) lines.push('', english(paragraph));
	if (command.json) {
		lines.push('', `\`--json\` prints [${command.json}](json/${command.json}.schema.json).`);
	}
	if (command.arguments?.length) {
		lines.push('', '| argument | |', '|---|---|');
		for (const argument of command.arguments) {
			lines.push(`| \`${argumentForm(argument)}\` | ${cell(english(argument.help))} |`);
		}
	}
	if (command.options?.length) lines.push('', ...optionTable(command.options));
	if (command.examples.length > 0) {
		lines.push('', '```sh', ...command.examples.flatMap(({ line, does }) => [`# ${english(does)}`, line]), '```');
	}
	for (const exits of command.exits ?? []) lines.push('', `Exit codes: ${english(exits)}`);
	return lines;
}

function optionTable(options: readonly Option[]): string[] {
	return [
		'| option | |',
		'|---|---|',
		...options.map(option => `| \`${cell(optionForm(option))}\` | ${cell(english(option.help))} |`),
	];
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|');
}
