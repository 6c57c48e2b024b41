import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeDocuments } from '../../scripts/made-documents.ts';
import { root } from '../../scripts/root.ts';
import { documents } from '../../source/command-line/json/documents.ts';
import { commands } from '../../source/commands/table.ts';

const folder = join(root, 'docs');

test.each(Object.entries(await madeDocuments()))('docs/%s is as npm run docs makes it', (path, text) => {
	expect(existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : '').toBe(text);
});

test('no schema is left over, and every command with --json has one', () => {
	const names = Object.keys(documents).map(name => `${name}.schema.json`);
	expect(readdirSync(join(folder, 'json')).toSorted()).toEqual(names.toSorted());
	for (const { name, json, options = [] } of commands) {
		expect(json !== undefined, name).toBe(options.some(option => option.name === 'json'));
		if (json !== undefined) expect(Object.keys(documents), name).toContain(json);
	}
});

test('the man page is installed with the package, and groff has nothing to say against it', () => {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	expect(manifest).toMatchObject({ man: ['./docs/laketop.1'], files: expect.arrayContaining(['docs/laketop.1']) });
	const groff = (() => {
		try {
			return execFileSync('groff', ['-man', '-Tutf8', '-ww', '-z', join(folder, 'laketop.1')], {
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'pipe'],
			});
		} catch (error) {
			// Not installed here: nothing to check with.
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
			throw error;
		}
	})();
	expect(groff).toBe('');
});
