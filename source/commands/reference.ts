import { type Command, commandGroups, exitCodeWords, groupTitles, type Option } from './command.ts';
import { argumentForm, optionForm, usageLine } from './forms.ts';
import { environmentVariables, globalOptions } from './options.ts';
import { shownCommands } from './table.ts';

/** The reference page of the commands, in Markdown. */
export function referencePage(): string {
	const lines = [
		'# Commands',
		'',
		'Made from the table of commands by `npm run docs`; `laketop COMMAND --help` and `man laketop` say the same.',
		'',
		'Output goes to the standard output, talk to the standard error. On a terminal tables have borders and colours; through a pipe they are plain columns under a header line, without colours. With `--json` a command prints a document whose schema is in [json/](json/); when it fails, one of `laketop/error/1`.',
		'',
		'| exit code | means |',
		'|---|---|',
		...exitCodeWords.map(([code, meaning]) => `| ${code} | ${cell(meaning)} |`),
	];
	for (const group of commandGroups) {
		const own = shownCommands.filter(command => command.group === group);
		if (own.length === 0) continue;
		lines.push('', `## ${groupTitles[group]}`);
		for (const command of own) lines.push(...section(command));
	}
	lines.push('', '## Options of every command', '', ...optionTable(globalOptions));
	lines.push('', '## Environment', '', '| variables | mean |', '|---|---|');
	for (const [names, meaning] of environmentVariables) {
		lines.push(`| ${names.replaceAll(/[A-Z_]+/g, '`$&`')} | ${cell(meaning)} |`);
	}
	return `${lines.join('\n')}\n`;
}

function section(command: Command): string[] {
	const lines = ['', `### ${command.name}`, '', `${command.summary}.`, '', '```sh', usageLine(command), '```'];
	for (const paragraph of command.details ?? []) lines.push('', paragraph);
	if (command.json) {
		lines.push('', `\`--json\` prints [${command.json}](json/${command.json}.schema.json).`);
	}
	if (command.arguments?.length) {
		lines.push('', '| argument | |', '|---|---|');
		for (const argument of command.arguments) lines.push(`| \`${argumentForm(argument)}\` | ${cell(argument.help)} |`);
	}
	if (command.options?.length) lines.push('', ...optionTable(command.options));
	if (command.examples.length > 0) {
		lines.push('', '```sh', ...command.examples.flatMap(({ line, does }) => [`# ${does}`, line]), '```');
	}
	for (const exits of command.exits ?? []) lines.push('', `Exit codes: ${exits}`);
	return lines;
}

function optionTable(options: readonly Option[]): string[] {
	return [
		'| option | |',
		'|---|---|',
		...options.map(option => `| \`${cell(optionForm(option))}\` | ${cell(option.help)} |`),
	];
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|');
}
