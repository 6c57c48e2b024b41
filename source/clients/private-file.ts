import { randomBytes } from 'node:crypto';
import {
	closeSync,
	constants,
	fstatSync,
	lstatSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { readOpenFile } from './regular-file.ts';

/**
 * The text of a file that only its owner may read or write. null if it does not exist, is readable by others, or belongs to
 * somebody else.
 */
export function readPrivateFile(path: string): string | null {
	let file: number | undefined;
	try {
		file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const { mode, uid } = fstatSync(file);
		if ((mode & 0o077) !== 0 || uid !== process.getuid?.()) return null;
		return readOpenFile(file);
	} catch {
		return null;
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

/** Replaces the file in one step. Does nothing if it cannot be written: no caller depends on its content. */
export function writePrivateFile(path: string, text: string): void {
	const draft = `${path}.${randomBytes(8).toString('hex')}`;
	try {
		const folder = dirname(path);
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		// Others could have created it in a place that they may write to, such as a runtime folder under /tmp.
		const { mode, uid } = lstatSync(folder);
		if ((mode & 0o022) !== 0 || uid !== process.getuid?.()) return;
		writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
		renameSync(draft, path);
	} catch {
		try {
			rmSync(draft, { force: true });
		} catch {
			// The temporary file was not created.
		}
	}
}
