import { type Text, textIn } from '../../words/language.ts';
import { type Command, commandGroups, exitCodeWords, groupTitles, type Option } from '../rows/command.ts';
import { environmentVariables, globalOptions } from '../rows/options.ts';
import { argumentForm, optionForm, usageLine } from './forms.ts';

const english = (words: Text) => textIn(words, 'en');

/** The man page in roff, see man(7). */
export function manPage(version: string, commands: readonly Command[]): string {
	const lines = [
		`.TH LAKETOP 1 "" "laketop ${text(version)}" "User Commands"`,
		'.SH NAME',
		'laketop \\- terminal monitor for a lakehouse and its MLOps stack',
		'.SH SYNOPSIS',
		'.B laketop',
		'.RI [ options ]',
		'.br',
		'.B laketop',
		'.I command',
		'.RI [ arguments ]',
		'.RI [ options ]',
		'.SH DESCRIPTION',
		text(
			'Monitors a Docker Compose stack of Airflow and MLflow and its lakehouse: containers, pipeline, logs and models. Without a command, it opens the full-screen monitor; ? shows its keys. With a command, it prints a result and exits, for scripts and cron. Without options, it discovers the stack from Compose labels and published ports.',
		),
	];
	for (const group of commandGroups) {
		const own = commands.filter(command => command.group === group && !command.hidden);
		if (own.length === 0) continue;
		lines.push(`.SH "${text(english(groupTitles[group])).toUpperCase()}"`);
		for (const command of own) lines.push(...commandSection(command));
	}
	lines.push('.SH OPTIONS', text('Options of the monitor and of every command, before or after its name.'));
	for (const option of globalOptions) lines.push(...optionItem(option));
	lines.push('.SH ENVIRONMENT');
	for (const [names, meaning] of environmentVariables)
		lines.push('.TP', `.B ${text(names)}`, sentence(english(meaning)));
	lines.push('.SH "EXIT STATUS"');
	for (const [code, meaning] of exitCodeWords) lines.push('.TP', `.B ${code}`, sentence(english(meaning)));
	lines.push('.SH FILES');
	for (const [path, meaning] of files) lines.push('.TP', `.I ${text(path)}`, sentence(meaning));
	lines.push('.SH "SEE ALSO"', '.BR docker (1),', '.BR airflow (1)');
	return `${lines.join('\n')}\n`;
}

const files = [
	['./laketop.yaml, ~/.config/laketop/laketop.yaml', 'Config file; only the first that exists is read'],
	[
		'~/.local/state/laketop/audit.jsonl',
		'Audit file: who changed what, when, and the outcome; one JSON document per line',
	],
] as const;

function commandSection(command: Command): string[] {
	const lines = [`.SS "${text(usageLine(command))}"`, sentence(english(command.summary))];
	for (const paragraph of command.details ?? []) lines.push('.PP', text(english(paragraph)));
	for (const argument of command.arguments ?? []) {
		lines.push('.TP', `.I ${text(argumentForm(argument))}`, sentence(english(argument.help)));
	}
	for (const option of command.options ?? []) lines.push(...optionItem(option));
	for (const { line, does } of command.examples) {
		lines.push('.PP', sentence(english(does)), '.PP', '.RS', '.nf', text(line), '.fi', '.RE');
	}
	for (const exits of command.exits ?? []) lines.push('.PP', `Exit status: ${text(english(exits))}`);
	return lines;
}

function optionItem(option: Option): string[] {
	return ['.TP', `.B ${text(optionForm(option))}`, sentence(english(option.help))];
}

function sentence(words: string): string {
	return /[.!?]$/.test(words) ? text(words) : `${text(words)}.`;
}

/** Escapes text: a line that begins with a dot or an apostrophe would be a request, a dash a hyphen. */
function text(words: string): string {
	const escaped = words
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('"', '\\(dq')
		.replaceAll("'", '\\(aq');
	const printable = escaped.replaceAll('…', '\\&...').replaceAll('≥', '>=');
	return /^[.']/.test(printable) ? `\\&${printable}` : printable;
}
