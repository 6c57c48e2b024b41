import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/root.ts';

/**
 * The package as users get it: packed, and installed globally without access to a registry. Besides the Node that runs
 * the tests, those in LAKETOP_NODES (paths of `node`, separated by colons) start it.
 */

const nodes = [process.execPath, ...(process.env.LAKETOP_NODES ?? '').split(':').filter(Boolean)];
const folder = mkdtempSync(join(tmpdir(), 'laketop-package-test-'));
const prefix = join(folder, 'prefix');
const installed = join(prefix, 'lib/node_modules/laketop');
let tarball = '';

/** A fresh npm: independent of the one that may have started the tests, and with an empty cache. */
function npm(...args: string[]): void {
	const env = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
	);
	const quiet = ['--offline', '--cache', join(folder, 'cache'), '--no-update-notifier', '--no-audit', '--no-fund'];
	execFileSync('npm', [...args, ...quiet], { cwd: root, env, stdio: 'pipe' });
}

beforeAll(() => {
	// With its scripts: the package contains what prepare has just built.
	npm('pack', '--pack-destination', folder);
	tarball = join(folder, readdirSync(folder).find(name => name.endsWith('.tgz')) ?? '');
	// If prepare ran here too it would fail: the package does not contain what it needs.
	npm('install', '--global', '--prefix', prefix, tarball);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (path: string) =>
	readdirSync(path, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name));

test('one package is installed, and nothing with it', () => {
	expect(readdirSync(join(prefix, 'lib/node_modules')).filter(name => !name.startsWith('.'))).toEqual(['laketop']);
	expect(existsSync(join(installed, 'node_modules'))).toBe(false);
	const manifest: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
	for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
		expect(manifest).not.toHaveProperty(kind);
	}
});

test('the program, its manual page, its schema, its licences and the readmes, no more', () => {
	const files = filesIn(installed).map(file => relative(installed, file));
	expect(files.filter(file => !/^dist\/chunks\/[\w.-]+\.js$/.test(file)).toSorted()).toEqual([
		'LICENSE',
		'dist/cli.js',
		'dist/licences.txt',
		'docs/laketop.1',
		'docs/laketop.schema.json',
		'package.json',
		'readme.ko.md',
		'readme.md',
	]);
	expect(readFileSync(join(prefix, 'share/man/man1/laketop.1'), 'utf8')).toContain('.TH');
	expect(readFileSync(join(installed, 'dist/licences.txt'), 'utf8')).toMatch(/^react \d.*\n\nMIT License$/m);
});

test('it is as light as docs/install.md says', () => {
	// A quarter more than when this was written (1.2 and 4.7 MB): if it is exceeded, ask why.
	expect(statSync(tarball).size).toBeLessThan(1.5e6);
	expect(filesIn(installed).reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(5.9e6);
});

test.each(nodes)('%s runs what was installed', node => {
	// As a shell finds it: by the first line of the file, with this Node as the only one.
	const run = (...args: string[]) =>
		spawnSync(join(prefix, 'bin/laketop'), args, {
			cwd: folder,
			env: { PATH: dirname(node), HOME: folder },
			encoding: 'utf8',
			input: '',
		});
	expect(run('--version')).toMatchObject({ stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '', status: 0 });
	expect(run('--help')).toMatchObject({ stdout: expect.stringContaining('laketop'), stderr: '', status: 0 });
	expect(run('--demo')).toMatchObject({
		stdout: '',
		stderr: expect.stringMatching(/^laketop: .*requires a terminal.*\n$/),
		status: 2,
	});
});
