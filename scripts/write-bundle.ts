import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OutputFile } from 'esbuild';

const shebang = '#!/usr/bin/env node\n';

/**
 * Puts a bundle into its folder so that a program which is started meanwhile finds either the old or the new one:
 * chunks first (their names carry a hash), then the entry in one step, and only then are chunks of before removed.
 */
export async function writeBundle(files: readonly OutputFile[], outdir: string): Promise<void> {
	const entry = join(outdir, 'cli.js');
	const kept = new Set(files.map(file => file.path));
	for (const file of files) {
		if (file.path !== entry) {
			await writeInOneStep(file.path, file.contents);
		}
	}
	const main = files.find(file => file.path === entry);
	if (main !== undefined) {
		const text = main.text.startsWith('#!') ? main.text : shebang + main.text;
		await writeInOneStep(entry, text, 0o755);
	}
	for (const old of await readdir(outdir, { recursive: true, withFileTypes: true })) {
		const path = join(old.parentPath, old.name);
		if (old.isFile() && !kept.has(path)) {
			await rm(path, { force: true });
		}
	}
}

async function writeInOneStep(path: string, contents: Uint8Array | string, mode = 0o644): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const unfinished = `${path}.${process.pid}.tmp`;
	await writeFile(unfinished, contents, { mode });
	await rename(unfinished, path);
}
