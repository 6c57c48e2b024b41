import { wrapText } from '../presentation/text.ts';
import { type Command, commandGroups, exitCodeWords, groupTitles, type Option } from './command.ts';
import { argumentForm, optionForm, usageLine } from './forms.ts';
import { environmentVariables, globalOptions } from './options.ts';
import { shownCommands } from './table.ts';

const widest = 100;

/** Two columns: what is written, and what it does, wrapped beside it. */
function twoColumns(rows: readonly (readonly [string, string])[], width: number): string[] {
	const left = Math.min(30, Math.max(...rows.map(([term]) => term.length)) + 2);
	return rows.flatMap(([term, meaning]) => {
		const [first = '', ...more] = wrapText(meaning, Math.max(20, width - left - 2));
		const indent = ' '.repeat(left + 2);
		const rest = more.map(line => indent + line);
		if (term.length > left - 2) return [`  ${term}`, indent + first, ...rest];
		return [`  ${term.padEnd(left)}${first}`, ...rest];
	});
}

function optionRows(options: readonly Option[]): [string, string][] {
	const hasShort = options.some(option => option.short !== undefined);
	return options.map(option => [
		`${option.short === undefined && hasShort ? '    ' : ''}${optionForm(option)}`,
		option.help,
	]);
}

/** `laketop --help` */
export function generalHelp(columns: number): string {
	const width = Math.min(widest, columns);
	const lines = [
		'One terminal for a lakehouse and its MLOps stack: containers, pipeline, logs, models.',
		'Without a command: the full-screen monitor. Without options it finds the stack by itself',
		'(Docker Compose labels, published ports).',
		'',
		'Usage',
		'  laketop [options]',
		'  laketop COMMAND [arguments] [options]',
	];
	for (const group of commandGroups) {
		const own = shownCommands.filter(command => command.group === group);
		if (own.length === 0) continue;
		lines.push(
			'',
			groupTitles[group],
			...twoColumns(
				own.map(({ name, summary }) => [name, summary]),
				width,
			),
		);
	}
	lines.push('', 'Options, before or behind the command', ...twoColumns(optionRows(globalOptions), width));
	lines.push('', 'Environment');
	for (const [names, meaning] of environmentVariables) {
		for (const line of wrapText(`${names}: ${meaning}`, width - 4)) lines.push(`  ${line}`);
	}
	lines.push('', 'Exit codes', ...twoColumns(exitCodeWords, width));
	lines.push('', 'laketop COMMAND --help tells more of a command.');
	return `${lines.join('\n')}\n`;
}

/** `laketop COMMAND --help` */
export function commandHelp(command: Command, columns: number): string {
	const width = Math.min(widest, columns);
	const wrapped = (text: string, indent = '') => wrapText(text, width - indent.length).map(line => indent + line);
	const lines = [...wrapped(`${command.summary}.`), '', 'Usage', `  ${usageLine(command)}`];
	for (const paragraph of command.details ?? []) lines.push('', ...wrapped(paragraph));
	if (command.changes) {
		lines.push(
			'',
			...wrapped(
				'It asks before it changes anything. --yes answers the question, --dry-run only says what it would do; without a terminal one of them is wanted.',
			),
		);
	}
	if (command.arguments?.length) {
		const rows = command.arguments.map(one => [argumentForm(one), one.help] as const);
		lines.push('', 'Arguments', ...twoColumns(rows, width));
	}
	if (command.options?.length) lines.push('', 'Options', ...twoColumns(optionRows(command.options), width));
	if (command.examples.length > 0) {
		lines.push('', 'Examples');
		for (const { line, does } of command.examples) lines.push(...wrapped(`# ${does}`, '  '), `  ${line}`);
	}
	if (command.exits?.length) lines.push('', 'Exit codes', ...command.exits.flatMap(text => wrapped(text, '  ')));
	lines.push('', 'laketop --help lists the options of all commands.');
	return `${lines.join('\n')}\n`;
}
