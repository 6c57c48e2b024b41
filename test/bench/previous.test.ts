import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { previousBuild, previousCommit } from '../../bench/previous.ts';

const folder = mkdtempSync(join(tmpdir(), 'laketop-previous-'));
const whole = join(folder, 'whole');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false'];
const git = (cwd: string, ...words: string[]) =>
	execFileSync('git', [...identity, ...words], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** A commit whose "build" writes a text to dist/. */
function commit(text: string): void {
	writeFileSync(
		join(whole, 'scripts/build.ts'),
		`import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('dist');\nwriteFileSync('dist/cli.js', ${JSON.stringify(text)});\n`,
	);
	git(whole, 'add', '.');
	git(whole, 'commit', '--quiet', '--message', text);
}

beforeAll(() => {
	mkdirSync(join(whole, 'scripts'), { recursive: true });
	git(folder, 'init', '--quiet', '--initial-branch=main', 'whole');
	writeFileSync(join(whole, '.gitignore'), 'node_modules/\ndist/\n');
	writeFileSync(join(whole, 'package-lock.json'), '{}');
	mkdirSync(join(whole, 'node_modules'));
	writeFileSync(join(whole, 'node_modules/package'), 'a package');
	commit('first');
	commit('second');
	commit('third');
});

test('the previous commit is the parent, of a merge the one that was merged into', () => {
	expect(git(whole, 'log', '-1', '--format=%s', previousCommit(whole))).toBe('second');
	git(whole, 'checkout', '--quiet', '-b', 'side', 'HEAD^');
	git(whole, 'commit', '--quiet', '--allow-empty', '--message', 'aside');
	git(whole, 'checkout', '--quiet', 'main');
	git(whole, 'merge', '--quiet', '--no-ff', '--message', 'merged', 'side');
	expect(git(whole, 'log', '-1', '--format=%s', previousCommit(whole))).toBe('third');
	git(whole, 'reset', '--quiet', '--hard', 'HEAD^1');
});

test('a clone without the previous commit is told apart from the first commit, and from no clone', () => {
	git(folder, 'clone', '--quiet', '--depth=1', `file://${whole}`, 'shallow');
	expect(() => previousCommit(join(folder, 'shallow'))).toThrow(/not in this shallow clone: git fetch --deepen=1/);
	git(join(folder, 'shallow'), 'fetch', '--quiet', '--deepen=1');
	expect(previousCommit(join(folder, 'shallow'))).toBe(git(whole, 'rev-parse', 'HEAD^'));
	git(folder, 'clone', '--quiet', whole, 'rooted');
	git(join(folder, 'rooted'), 'checkout', '--quiet', git(whole, 'rev-list', '--max-parents=0', 'HEAD'));
	expect(() => previousCommit(join(folder, 'rooted'))).toThrow(/this is the first one/);
	mkdirSync(join(folder, 'none'));
	expect(() => previousCommit(join(folder, 'none'))).toThrow(/is no clone of the repository/);
});

test('it is built beside the checkout, with its packages, and leaves no change in it', () => {
	const { older, newer } = previousBuild(whole);
	expect(newer).toBe(whole);
	expect(readFileSync(join(older, 'dist/cli.js'), 'utf8')).toBe('second');
	expect(readFileSync(join(older, 'node_modules/package'), 'utf8')).toBe('a package');
	expect(git(whole, 'status', '--porcelain')).toBe('');
});

test('a previous commit that does not build is a worded failure', () => {
	commit('fourth');
	writeFileSync(join(whole, 'scripts/build.ts'), 'process.exit(3);\n');
	git(whole, 'commit', '--quiet', '--all', '--message', 'broken');
	commit('repaired');
	expect(() => previousBuild(whole)).toThrow(/does not build/);
});
