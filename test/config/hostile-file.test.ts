import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfigFile } from '../../source/config/config-file.ts';
import { failureOf } from '../english.ts';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The error of a file with this text, and the CPU time of reading it, ms. */
async function read(text: string): Promise<{ said: string; cpuMs: number }> {
	const path = join(folder, 'laketop.yaml');
	writeFileSync(path, text);
	const before = process.cpuUsage();
	const said = await readConfigFile(path).then(
		() => '',
		(error: unknown) => failureOf(error).message,
	);
	const { user, system } = process.cpuUsage(before);
	return { said: said.replace(path, 'laketop.yaml'), cpuMs: (user + system) / 1000 };
}

/** As many as the size limit allows. */
const filled = (piece: string, before = '') =>
	before + piece.repeat(Math.floor((32_000 - before.length) / piece.length));
const tooDeep = 'it is nested deeper than 50 levels';

const hostile = [
	['brackets that no line closes', filled('x: [[[[[[[[[[[[[[\n'), `laketop.yaml:4: ${tooDeep}`],
	['a bracket a line', filled('x: [\n'), `laketop.yaml:51: ${tooDeep}`],
	['brackets that only comments close', filled('[ # ]\n', 'a: '), `laketop.yaml:51: ${tooDeep}`],
	['a deep list', `dag: x\na: ${'['.repeat(20_000)}`, `laketop.yaml:2: ${tooDeep}`],
	['deep groups', `a: ${'{a: '.repeat(5000)}`, `laketop.yaml:1: ${tooDeep}`],
	['lists of lists on a line', filled('- '), `laketop.yaml:1: ${tooDeep}`],
	['keys of keys on a line', filled('? '), `laketop.yaml:1: ${tooDeep}`],
	['more than any file has', 'x: 1\n'.repeat(80_000), 'laketop.yaml: cannot be read (it is larger than 32 kB)'],
	['many mistakes', filled(','), /^laketop\.yaml:1:\d+: /],
	['many closing brackets', filled(']'), /^laketop\.yaml:1:\d+: /],
	['mistakes in a list', `[${filled(',')}`.slice(0, 32_000), /^laketop\.yaml:1:\d+: /],
	['one key again and again', filled('x: 1\n'), 'laketop.yaml:2:1: Map keys must be unique'],
	[
		'aliases that unfold',
		`a0: &a0 [x, x, x]\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]\n`).join('')}`,
		/^laketop\.yaml: Excessive alias count/,
	],
] as const;

test.each(hostile)('%s: one line says where, at once', async (_, text, words) => {
	const { said, cpuMs } = await read(text);
	if (typeof words === 'string') expect(said).toBe(words);
	else expect(said).toMatch(words);
	expect(said).not.toMatch(/call stack|\n/);
	// The worst took 18 s; 0.2 s on an idle core.
	expect(cpuMs).toBeLessThan(5000);
});

test('deep indentation is a one-line error as well, or an unknown key', async () => {
	const block = Array.from({ length: 25 }, (_, line) => `${' '.repeat(line * 100)}${'- '.repeat(50)}\n`).join('');
	expect((await read(block)).said).toMatch(/^laketop\.yaml(:\d+)*: (?!.*call stack)/);
});

test('a large honest file is read: profiles with brackets in texts and comments', async () => {
	const profile = (name: number) =>
		`  stack-${name}: # [ { [\n    dag: "[[["\n    keys: { help: ["[", "{"], quit: Q }\n    airflow:\n      url: http://host-${name}:8080\n`;
	const text = `profiles:\n${Array.from({ length: 200 }, (_, name) => profile(name)).join('')}`;
	expect(text.length).toBeGreaterThan(20_000);
	expect((await read(text)).said).toBe('');
});
