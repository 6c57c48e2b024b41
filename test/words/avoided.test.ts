import { expect, test } from 'vitest';
import { commandHelp, generalHelp } from '../../source/commands/help.ts';
import { commands } from '../../source/commands/table.ts';
import { pages, textOf } from '../docs/pages.ts';
import { avoidedWords } from './avoided.ts';
import { catalogue } from './catalogue.ts';

const linesWith = (text: string) =>
	text.split('\n').flatMap(line => avoidedWords(line).map(word => `${word}: ${line.trim()}`));

test('the texts of the program avoid the words of a translation', () => {
	const texts = catalogue();
	expect(texts.length).toBeGreaterThan(1500);
	expect(
		texts.flatMap(({ place, english }) => avoidedWords(english).map(word => `${place}: ${word}: ${english}`)),
	).toEqual([]);
});

test.each([undefined, ...commands])('--help avoids them: $name', command => {
	const help = command === undefined ? generalHelp(100, 'en') : commandHelp(command, 100, 'en');
	expect(linesWith(help)).toEqual([]);
});

test.each(pages)('%s avoids them', page => {
	expect(linesWith(textOf(page))).toEqual([]);
});

test('words are found in every form', () => {
	expect(avoidedWords('The worker is not well, and is told so')).toHaveLength(2);
	expect(avoidedWords('Restarts the worker as well as the scheduler')).toEqual([]);
});
