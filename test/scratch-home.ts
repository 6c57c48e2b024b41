import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of the user's own files: a test must neither read nor write those of the user who runs it. */
const folders = {
	XDG_CONFIG_HOME: 'config',
	XDG_DATA_HOME: 'data',
	XDG_STATE_HOME: 'state',
	XDG_CACHE_HOME: 'cache',
	XDG_RUNTIME_DIR: 'runtime',
};

/** An empty home for one run of the tests, removed at its end: HOME and the XDG base directories, as an environment. */
export function scratchHome(): Record<string, string> {
	const home = mkdtempSync(join(tmpdir(), 'laketop-test-home-'));
	process.on('exit', () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
	const places = Object.entries(folders).map(([name, folder]) => [name, join(home, folder)] as const);
	for (const [, folder] of places) mkdirSync(folder, { mode: 0o700 });
	return { HOME: home, ...Object.fromEntries(places) };
}

/** HOME and the XDG base directories of this run, for the environment of a program that a test starts. */
export function homes(): Record<string, string> {
	const names = ['HOME', ...Object.keys(folders)];
	return Object.fromEntries(names.map(name => [name, process.env[name] ?? '']));
}
