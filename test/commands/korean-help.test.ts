import { expect, test } from 'vitest';
import { globalOptions } from '../../source/command-line/rows/options.ts';
import { commandHelp, generalHelp } from '../../source/commands/help.ts';
import { commands } from '../../source/commands/table.ts';

/** Lines that contain only names, which are not translated. */
const names = [
	/^ {2}laketop /, // an example
	/^ {2}[A-Z_]+(?:,? [A-Z_]+)*,?(?:: (?:Airflow|MLflow)|:)?$/, // environment variables, and whose they are
	/^ *\S+$/, // a path or a value that wraps
	/^ +[a-z\d-]+(?:,? [a-z\d-]+)*,?$/, // a list of values that wraps
];

const pages = [{ name: 'laketop', command: undefined }, ...commands.map(command => ({ name: command.name, command }))];

test.each(pages)('the help of $name is in Korean', ({ command }) => {
	for (const columns of [80, 120]) {
		const help = command === undefined ? generalHelp(columns, 'ko') : commandHelp(command, columns, 'ko');
		const english = help
			.split('\n')
			.filter(line => /[a-z]/i.test(line) && !/\p{Script=Hangul}/u.test(line))
			.filter(line => !names.some(name => name.test(line)));
		expect(english).toEqual([]);
	}
});

/** Names that are the same in every language: of programs, formats, states, and of shells or Docker. */
const foreign = new Set(
	// `gold` is an experiment of an example, `and` a word of MLflow's filter language, `started` and `duration` columns to choose.
	'laketop cron npm roff traceback params ping true newest service model finding run task dag gold and started duration'.split(
		' ',
	),
);
/** Names from the tables: commands, options, values. */
const named = new Set(
	commands.flatMap(command => [
		...[command.name, ...[...(command.options ?? []), ...globalOptions].map(({ name }) => name)].flatMap(name =>
			name.split('-'),
		),
		...[...(command.options ?? []), ...globalOptions].flatMap(({ value }) => value?.choices ?? []),
		...(command.arguments ?? []).flatMap(({ choices = [] }) => choices),
	]),
);

test.each(pages)('the help of $name has no English words of ours between Korean ones', ({ command }) => {
	const help = command === undefined ? generalHelp(500, 'ko') : commandHelp(command, 500, 'ko');
	const words = help
		.split('\n')
		.filter(line => /\p{Script=Hangul}/u.test(line))
		.map(line =>
			line.replace(/^ {2}laketop [ -~]+? {2,}/, ' ').replaceAll(/[\w~$.-]*[/.=_$:-][\w./=_$:*-]*|[A-Z]{2,}\w*/g, ' '),
		)
		.flatMap(line => line.match(/(?<![A-Za-z\d])[a-z]{3,}(?![A-Za-z\d])/g) ?? []);
	expect([...new Set(words)].filter(word => !named.has(word) && !foreign.has(word))).toEqual([]);
});
