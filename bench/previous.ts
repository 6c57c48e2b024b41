/** A build of the commit before the checked out one. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { atTheEnd } from './at-the-end.ts';
import type { Builds } from './compare.ts';

const root = join(import.meta.dirname, '..');

/** Output of a command in a folder, without its messages. */
function run(folder: string, command: string, ...words: string[]): string {
	return execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** undefined if the command failed. */
function tryToRun(folder: string, command: string, ...words: string[]): string | undefined {
	try {
		return run(folder, command, ...words);
	} catch {
		return undefined;
	}
}

/**
 * The commit before HEAD; of a merge, the one on the branch that was merged into.
 *
 * @throws with the reason if this clone does not have it
 */
export function previousCommit(checkout: string): string {
	if (tryToRun(checkout, 'git', 'rev-parse', '--verify', '--quiet', 'HEAD') === undefined)
		throw new Error(`no previous commit to compare with: ${checkout} is no clone of the repository`);
	const commit = tryToRun(checkout, 'git', 'rev-parse', '--verify', '--quiet', 'HEAD^1^{commit}');
	if (commit !== undefined) return commit;
	const isShallow = run(checkout, 'git', 'rev-parse', '--is-shallow-repository') === 'true';
	throw new Error(
		isShallow
			? 'the previous commit is not in this shallow clone: git fetch --deepen=1'
			: 'no previous commit to compare with: this is the first one',
	);
}

/** Hard links are enough, because a build changes no package; copies where the file system has no links. */
function takePackages(from: string, to: string): void {
	if (tryToRun(from, 'cp', '-al', 'node_modules', to) !== undefined) return;
	rmSync(join(to, 'node_modules'), { recursive: true, force: true });
	cpSync(join(from, 'node_modules'), join(to, 'node_modules'), { recursive: true, verbatimSymlinks: true });
}

/**
 * Checks out and builds the previous commit in a folder of its own, with the packages of this checkout, until this
 * process ends. Compared with it is what is built here.
 *
 * @throws with the reason if there is none, or it does not build
 */
export function previousBuild(checkout = root): Builds {
	const commit = previousCommit(checkout);
	// In git's own folder, where no tool of this checkout looks; also in that of a further working tree.
	const gitFolder = resolve(checkout, run(checkout, 'git', 'rev-parse', '--git-dir'));
	const folder = mkdtempSync(join(gitFolder, 'previous-'));
	atTheEnd(() => {
		rmSync(folder, { recursive: true, force: true });
		tryToRun(checkout, 'git', 'worktree', 'prune');
	});
	run(checkout, 'git', 'worktree', 'add', '--quiet', '--force', '--detach', folder, commit);
	if (tryToRun(checkout, 'git', 'diff', '--quiet', commit, '--', 'package-lock.json') === undefined)
		console.log('The packages have changed: the previous commit is built with those of this one.');
	takePackages(checkout, folder);
	try {
		run(folder, process.execPath, 'scripts/build.ts');
	} catch (error) {
		throw new Error('the previous commit does not build with the packages of this one', { cause: error });
	}
	console.log(`Old is ${run(folder, 'git', 'log', '-1', '--format=%h %s')}`);
	return { older: folder, newer: checkout };
}
