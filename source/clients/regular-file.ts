import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DescribedError } from '../model/failures/described-error.ts';
import type { Text } from '../words/language.ts';
import { phrase } from '../words/message.ts';

/** More than any configuration, secret, certificate or state file has, bytes. */
const defaultLimit = 1_000_000;

/** Opens without blocking: a named pipe would block the program until somebody writes to it. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export type ReadLimit = {
	readonly limitBytes?: number;
	/** For a larger file: its last bytes, from the start of a line, instead of an error. */
	readonly fromEnd?: boolean;
	/** In addition to `O_RDONLY`. */
	readonly flags?: number;
};

/**
 * The text of a file. Throws a worded Error if the path leads to anything else (a named pipe, a device, a folder) or
 * the file is larger than the limit; system errors keep their `code`.
 */
export function readRegularFile(path: string, { limitBytes = defaultLimit, fromEnd = false, ...more }: ReadLimit = {}) {
	// Before it is opened, because opening some devices has side effects.
	demandRegular(statSync(path));
	const file = openSync(path, flags | (more.flags ?? 0));
	try {
		return readOpenFile(file, { limitBytes, fromEnd });
	} finally {
		closeSync(file);
	}
}

/** The same for an open file. */
export function readOpenFile(file: number, { limitBytes = defaultLimit, fromEnd = false }: ReadLimit = {}): string {
	const stats = fstatSync(file);
	demandRegular(stats);
	const skipped = fromEnd ? Math.max(0, stats.size - limitBytes) : 0;
	const pieces: Buffer[] = [];
	let read = 0;
	// Not by its size, which is 0 for files of /proc, and may change.
	while (read <= limitBytes) {
		const piece = Buffer.allocUnsafe(Math.min(65_536, limitBytes + 1 - read));
		const bytes = readSync(file, piece, 0, piece.length, skipped + read);
		if (bytes === 0) break;
		pieces.push(piece.subarray(0, bytes));
		read += bytes;
	}
	if (read > limitBytes && !fromEnd)
		throw new DescribedError(
			phrase(['it is larger than {size}', '크기가 {size}보다 큽니다'], { size: inWords(limitBytes) }),
		);
	const text = Buffer.concat(pieces).toString('utf8');
	return skipped > 0 ? text.slice(text.indexOf('\n') + 1) : text;
}

/** Opens a file that is read as it grows. Throws as `readRegularFile` does. */
export async function openRegularFile(path: string): Promise<FileHandle> {
	demandRegular(statSync(path));
	const file = await open(path, flags);
	try {
		demandRegular(await file.stat());
		return file;
	} catch (error) {
		await file.close();
		throw error;
	}
}

/** The first bytes of a file, as text. Throws as `readRegularFile` does. */
export async function headOfFile(path: string, limitBytes: number): Promise<string> {
	const file = await openRegularFile(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(limitBytes), 0, limitBytes, 0);
		return buffer.toString('utf8', 0, bytesRead);
	} finally {
		await file.close();
	}
}

/** Throws a description if it is not a regular file. */
export function demandRegular(stats: Stats): void {
	if (stats.isFile()) return;
	const what: Text = stats.isDirectory()
		? ['a directory', '디렉터리']
		: stats.isFIFO()
			? ['a named pipe', '명명된 파이프']
			: stats.isSocket()
				? ['a socket', '소켓']
				: ['a device', '장치'];
	throw new DescribedError(
		phrase(['it is {what}, not a regular file', '일반 파일이 아니라 {what}입니다'], { what: phrase(what) }),
	);
}

const inWords = (bytes: number) => (bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1000} kB`);
