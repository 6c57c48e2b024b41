import { expect, test } from 'vitest';
import { commandHelp, generalHelp } from '../../source/commands/help.ts';
import { commands } from '../../source/commands/table.ts';

/** Lines of names only, which no language translates. */
const names = [
	/^ {2}laketop /, // an example
	/^ {2}(?:[A-Z_]+,? ?)+:?$/, // environment variables
	/^ +\S+$/, // a path or a value that wraps
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
