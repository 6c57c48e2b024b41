import { type Command, commandGroups, exitCodeWords, groupTitles, type Option } from './command.ts';
import { argumentForm, optionForm, usageLine } from './forms.ts';
import { environmentVariables, globalOptions } from './options.ts';

/**
 * The man page, in roff (man(7)). A line that begins with a dot or an apostrophe would be a request, a dash a hyphen.
 */
export function manPage(version: string, commands: readonly Command[]): string {
	const lines = [
		`.TH LAKETOP 1 "" "laketop ${text(version)}" "User Commands"`,
		'.SH NAME',
		'laketop \\- one terminal for a lakehouse and its MLOps stack',
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
			'Watches a Docker Compose stack of Airflow and MLflow, and the lakehouse beside it: containers, pipeline, logs and models. Without a command it is a full-screen monitor; ? shows its keys. With one it prints and ends, for scripts and cron. Without options it finds the stack by itself, by Compose labels and published ports.',
		),
	];
	for (const group of commandGroups) {
		const own = commands.filter(command => command.group === group && !command.hidden);
		if (own.length === 0) continue;
		lines.push(`.SH "${text(groupTitles[group]).toUpperCase()}"`);
		for (const command of own) lines.push(...commandSection(command));
	}
	lines.push('.SH OPTIONS', text('Of the monitor and of every command, before or behind its name.'));
	for (const option of globalOptions) lines.push(...optionItem(option));
	lines.push('.SH ENVIRONMENT');
	for (const [names, meaning] of environmentVariables) lines.push('.TP', `.B ${text(names)}`, sentence(meaning));
	lines.push('.SH "EXIT STATUS"');
	for (const [code, meaning] of exitCodeWords) lines.push('.TP', `.B ${code}`, sentence(meaning));
	lines.push('.SH FILES');
	for (const [path, meaning] of files) lines.push('.TP', `.I ${text(path)}`, sentence(meaning));
	lines.push('.SH "SEE ALSO"', '.BR docker (1),', '.BR airflow (1)');
	return `${lines.join('\n')}\n`;
}

const files = [
	['./laketop.yaml, ~/.config/laketop/laketop.yaml', 'configuration; the first that exists is read'],
	['~/.local/state/laketop/audit.jsonl', 'what was changed: who, when, what, outcome; a line of JSON each'],
] as const;

function commandSection(command: Command): string[] {
	const lines = [`.SS "${text(usageLine(command))}"`, sentence(command.summary)];
	for (const paragraph of command.details ?? []) lines.push('.PP', text(paragraph));
	for (const argument of command.arguments ?? []) {
		lines.push('.TP', `.I ${text(argumentForm(argument))}`, sentence(argument.help));
	}
	for (const option of command.options ?? []) lines.push(...optionItem(option));
	for (const { line, does } of command.examples) {
		lines.push('.PP', `${sentence(does)}`, '.PP', '.RS', '.nf', text(line), '.fi', '.RE');
	}
	for (const exits of command.exits ?? []) lines.push('.PP', `Exit status: ${text(exits)}`);
	return lines;
}

function optionItem(option: Option): string[] {
	return ['.TP', `.B ${text(optionForm(option))}`, sentence(option.help)];
}

function sentence(words: string): string {
	return /[.!?]$/.test(words) ? text(words) : `${text(words)}.`;
}

/** Text that roff prints as it stands. */
function text(words: string): string {
	const escaped = words
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('"', '\\(dq')
		.replaceAll("'", '\\(aq');
	const printable = escaped.replaceAll('…', '\\&...').replaceAll('≥', '>=');
	return /^[.']/.test(printable) ? `\\&${printable}` : printable;
}
