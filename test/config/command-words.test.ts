import { expect, test } from 'vitest';
import { commandWords } from '../../source/config/command-words.ts';

test.each([
	['gcloud auth print-access-token', ['gcloud', 'auth', 'print-access-token']],
	["  aws --query 'Web Token'  --x ", ['aws', '--query', 'Web Token', '--x']],
	["sh -c 'a | b > c'", ['sh', '-c', 'a | b > c']],
	['a --b="c d"e', ['a', '--b=c de']],
	['a "" \'\'', ['a', '', '']],
	['a "\\$x \\\\ \\n"', ['a', '$x \\ \\n']],
	['a b\\ c', ['a', 'b c']],
	['a b~c d#e {f} [g]', ['a', 'b~c', 'd#e', '{f}', '[g]']],
])('%s', (text, words) => {
	expect(commandWords(text)).toEqual(words);
});

test.each(['', '  ', 'a | b', 'a && b', 'a $B', 'a "$B"', 'a `b`', 'a *', "a 'b", 'a "b', 'a \\', '~/a'])(
	'only a shell could run %s',
	text => expect(commandWords(text)).toBeNull(),
);
