import { randomBytes } from 'node:crypto';
import { constants, copyFileSync, linkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DescribedError } from '../model/failures/described-error.ts';
import { phrase } from '../words/message.ts';
import { demandRegular } from './regular-file.ts';

/**
 * Throws if `writeNewFile` would refuse to write there now: a file that is not to be replaced, or no regular file. System
 * errors keep their `code`.
 */
export function demandWritable(path: string, replaces: boolean): void {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === undefined) return;
	demandRegular(stats);
	if (!replaces) throw new DescribedError(phrase(['it already exists', '이미 있습니다']));
}

/**
 * Writes a file in one step: others see the whole file or none of it. An existing file is replaced only if asked, also
 * one that appears meanwhile; a symbolic link to it stays. Throws as `demandWritable`.
 */
export function writeNewFile(path: string, text: string, replaces: boolean): void {
	demandWritable(path, replaces);
	const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
	const target = isThere ? realpathSync(path) : path;
	const draft = draftOf(target);
	try {
		writeFileSync(draft, text, { flag: 'wx' });
		if (replaces) renameSync(draft, target);
		else linkNew(draft, target);
	} finally {
		rmSync(draft, { force: true });
	}
}

/**
 * The same for bytes that arrive over time: the file appears when all are there. Returns their number. Throws as
 * `demandWritable`, and what the bytes throw.
 */
export async function writeStream(path: string, bytes: AsyncIterable<Uint8Array>, replaces: boolean): Promise<number> {
	demandWritable(path, replaces);
	const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
	const target = isThere ? realpathSync(path) : path;
	const draft = draftOf(target);
	let size = 0;
	try {
		const file = await open(draft, 'wx');
		try {
			for await (const part of bytes) {
				await file.writeFile(part);
				size += part.length;
			}
		} finally {
			await file.close();
		}
		if (replaces) renameSync(draft, target);
		else linkNew(draft, target);
		return size;
	} finally {
		rmSync(draft, { force: true });
	}
}

const draftOf = (target: string): string =>
	join(dirname(target), `.${basename(target).slice(0, 50)}.${randomBytes(8).toString('hex')}`);

/** Unlike a rename, a link fails if the file exists. */
function linkNew(draft: string, target: string): void {
	try {
		linkSync(draft, target);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error;
		// Some file systems have no links (FAT, shared folders of virtual machines).
		copyFileSync(draft, target, constants.COPYFILE_EXCL);
	}
}
