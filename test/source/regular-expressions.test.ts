import { expect, test } from 'vitest';
import { stubOf } from '../given/stub.ts';
import { noteMade, sites } from './made-expressions.ts';
import { type Found, literals, slowness } from './regular-expressions.ts';

/** Loads modules, and calls functions, that make expressions with `new RegExp(…)`. */
async function madeExpressions(): Promise<Found[]> {
	const { stop } = noteMade();
	try {
		const { maskText } = await import('../../source/model/secrets/secrets.ts');
		await import('../../source/model/secrets/secret-patterns.ts');
		await import('../../source/model/airflow/airflow-process.ts');
		await import('../../source/words/write.ts');
		for (const words of [
			'docker login',
			'airflow users',
			'helm login',
			'redis-cli',
			'sqlcmd',
			'ldapsearch',
			'lftp',
			'smbclient',
		])
			for (const option of 'apPuUw') maskText(`${words} -${option} x`);
		const { clipboardSequence } = await import('../../source/ui/clipboard.ts');
		clipboardSequence('text', { STY: '1.screen' });
		const { hostMemoryCheck } = await import('../../source/checks/host-memory.ts');
		await hostMemoryCheck.look(
			stubOf<Parameters<typeof hostMemoryCheck.look>[0]>({}),
			'',
			new AbortController().signal,
		);
		const { compilePattern, literalPattern } = await import('../../source/model/text/pattern.ts');
		compilePattern('a[b-c]\\d$');
		literalPattern('(a+)+$');
	} finally {
		made = stop();
	}
	return made.map(one => ({ ...one, line: 0 }));
}
let made: ReturnType<ReturnType<typeof noteMade>['stop']> = [];

const all = [...literals(), ...(await madeExpressions())];

/** Expressions that never read a text on which they would be slow, and why. */
const harmless: readonly string[] = [
	// `lineHead` cuts a line at 400 characters before it looks for a level.
	'model/logs/log-format.ts ^(?:[^\\s"\'=]{1,60}[ \\t|:-]+)',
	// `jsonLosses` reads only valid JSON: each string in it ends.
	'model/text/json-losses.ts "(?:',
];
const isHarmless = ({ file, source }: Found) => harmless.some(one => `${file} ${source}`.startsWith(one));

test('no regular expression of the source can be kept busy by a text', () => {
	expect(all.length).toBeGreaterThan(300);
	const slow = all
		.filter(one => !isHarmless(one))
		.flatMap(one => slowness(one).map(why => `${one.file}:${one.line} ${why}: /${one.source}/${one.flags}`));
	expect(slow).toEqual([]);
});

test('every expression that the source makes of text was looked at', () => {
	for (const [file, count] of sites()) {
		const ofFile = made.filter(one => one.file === file);
		expect([file, ofFile.length >= count], `${file} makes ${count}`).toEqual([file, true]);
	}
	expect([...sites().values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(6);
});

/** Texts on which an expression can start repeatedly without coming to an end. */
function attacks(source: string): string[] {
	const plain = source
		.replace(/\(\?(?:<?[!=]|:|<\w+>)/g, '(')
		.replace(/\\[bBdDsSwWpP]\{?[^}]{0,0}/g, ' ')
		.replace(/\\(.)/g, '$1');
	const pieces = new Set(['a', ' ', '1', '\n', '"', ...plain.split(/[()[\]{}|*+?^$.]+/), ...plain]);
	const words = [...pieces].filter(piece => piece !== '').slice(0, 16);
	return [...words, ...words.map(word => `${word}a`)];
}

/** CPU time of this process for all matches in a number of characters, ms: other programs do not count. */
function timeOf({ source, flags }: Found, attack: string, characters: number): number {
	const text = attack.repeat(Math.ceil(characters / attack.length));
	const expression = new RegExp(source, flags);
	const started = process.cpuUsage();
	if (flags.includes('g')) text.replace(expression, '');
	else expression.exec(text);
	return process.cpuUsage(started).user / 1000;
}

/** Most are very fast: for the others the fastest of three counts. */
function isQuadratic(one: Found, attack: string): boolean {
	if (timeOf(one, attack, 5000) < 1) return false;
	const best = (characters: number) => Math.min(...[0, 1, 2].map(() => timeOf(one, attack, characters)));
	// Not with less: up to the limits of its parts an expression takes ever longer.
	const few = best(20_000);
	if (few < 3 || best(80_000) / few < 9) return false;
	// Repeated, as the first rounds are slower than the next.
	return best(160_000) / best(40_000) > 9;
}

test('four times the text takes no sixteen times as long', () => {
	const slow = all
		.filter(one => !isHarmless(one))
		.flatMap(one =>
			attacks(one.source)
				.filter(attack => isQuadratic(one, attack))
				.map(attack => `${one.file}:${one.line} ${JSON.stringify(attack)}: /${one.source}/${one.flags}`),
		);
	expect(slow).toEqual([]);
}, 120_000);
