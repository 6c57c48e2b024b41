import { type FSWatcher, watch } from 'node:fs';
import { access, constants, type FileHandle, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogLine } from '../../model/logs/log-line.ts';
import { openRegularFile } from '../regular-file.ts';
import type { TaskTry } from './airflow.ts';
import { TaskFileDecoder } from './task-file-decoder.ts';

/** Bytes per read. */
const pieceBytes = 64 * 1024;
/**
 * Pause between two looks at the size, ms: folders on other hosts, and some engines' bind mounts, do not report
 * changes.
 */
const lookMs = 400;

/**
 * The path of a try's log below the logs folder: Airflow's default `[logging] log_filename_template`
 * (airflow/config_templates/config.yml, 2.8.0 and 3.3.2). null if a name would lead out of the folder.
 */
export function taskLogPath(task: TaskTry): string | null {
	const { dagId, dagRunId, taskId, mapIndex, tryNumber } = task;
	if ([dagId, dagRunId, taskId].some(name => name === '' || /[/\\\0]/.test(name))) return null;
	return join(
		`dag_id=${dagId}`,
		`run_id=${dagRunId}`,
		`task_id=${taskId}`,
		...(mapIndex >= 0 ? [`map_index=${mapIndex}`] : []),
		`attempt=${tryNumber}.log`,
	);
}

/** The path of the try's log in the first of these folders where it is readable; null: in none. */
export async function findTaskLog(folders: readonly string[], task: TaskTry): Promise<string | null> {
	const name = taskLogPath(task);
	for (const folder of name === null ? [] : folders) {
		const path = join(folder, name ?? '');
		try {
			await access(path, constants.R_OK);
			if ((await stat(path)).isFile()) return path;
		} catch {
			// Missing, not there yet, or not readable: the REST API has it.
		}
	}
	return null;
}

/** When a file was last written, ms since the epoch; 0 if it is gone. */
export async function writtenAt(path: string): Promise<number> {
	try {
		return (await stat(path)).mtimeMs;
	} catch {
		return 0;
	}
}

export type FollowFile = {
	/** Whether the file is complete: the rest is read, and the sequence ends. */
	readonly isOver: () => boolean;
	/** Bytes at its end to start with; undefined: all. */
	readonly lastBytes?: number | undefined;
	readonly lineLimit?: number | undefined;
};

export type FileEvent =
	| { readonly type: 'lines'; readonly lines: readonly LogLine[] }
	/** The beginning was left out, or the file was replaced or truncated and is read from its new beginning. */
	| { readonly type: 'left out'; readonly bytes: number }
	| { readonly type: 'replaced' };

/** The lines of a growing file, as they are written. Throws the system's error if the file cannot be read. */
export async function* followFile(path: string, follow: FollowFile, signal: AbortSignal): AsyncGenerator<FileEvent> {
	const changes = new Changes(path);
	let file = await openRegularFile(path);
	try {
		let decoder = new TaskFileDecoder(follow.lineLimit);
		const piece = Buffer.allocUnsafe(pieceBytes);
		let at = 0;
		const { size } = await file.stat();
		if (follow.lastBytes !== undefined && size > follow.lastBytes) {
			at = await lineStart(file, size - follow.lastBytes);
			yield { type: 'left out', bytes: at };
		}
		while (!signal.aborted) {
			const isOver = follow.isOver();
			const { bytesRead } = await file.read(piece, 0, pieceBytes, at);
			if (bytesRead > 0) {
				at += bytesRead;
				const lines = decoder.push(Buffer.from(piece.subarray(0, bytesRead)));
				if (lines.length > 0) yield { type: 'lines', lines };
				await nextTurn();
				continue;
			}
			const now = await file.stat();
			const named = await stat(path).catch(() => null);
			const isAnother = named !== null && (named.ino !== now.ino || named.dev !== now.dev);
			if (isAnother || now.size < at) {
				yield { type: 'lines', lines: decoder.end() };
				yield { type: 'replaced' };
				if (isAnother) {
					await file.close();
					file = await openRegularFile(path);
				}
				decoder = new TaskFileDecoder(follow.lineLimit);
				at = 0;
				continue;
			}
			if (isOver) break;
			await changes.next(lookMs, signal);
		}
		const last = decoder.end().map(({ unfinished: _, ...line }): LogLine => line);
		if (last.length > 0 && !signal.aborted) yield { type: 'lines', lines: last };
	} finally {
		changes.close();
		await file.close();
	}
}

/** The start of the first line at or after a place. */
async function lineStart(file: FileHandle, from: number): Promise<number> {
	const piece = Buffer.allocUnsafe(pieceBytes);
	const { bytesRead } = await file.read(piece, 0, pieceBytes, from);
	const end = piece.subarray(0, bytesRead).indexOf(0x0a);
	return end === -1 ? from : from + end + 1;
}

/** Reports changes next to a file, if the system does. */
class Changes {
	#watcher: FSWatcher | null = null;
	#changed = false;
	#wake: (() => void) | null = null;

	constructor(path: string) {
		const onFileChange = () => {
			this.#changed = true;
			this.#wake?.();
		};
		try {
			// The folder, because a watch on the file would miss its replacement.
			this.#watcher = watch(dirname(path), { persistent: false }, onFileChange);
			this.#watcher.on('error', () => this.close());
		} catch {
			// No more watches available, or none on this file system: only the size is checked.
		}
	}

	/** Resolves after a change, after this time, or after the signal. */
	async next(ms: number, signal: AbortSignal): Promise<void> {
		if (!this.#changed && !signal.aborted) {
			await new Promise<void>(resolve => {
				const go = () => {
					clearTimeout(timer);
					signal.removeEventListener('abort', go);
					resolve();
				};
				const timer = setTimeout(go, ms);
				this.#wake = go;
				signal.addEventListener('abort', go, { once: true });
			});
			this.#wake = null;
		}
		this.#changed = false;
	}

	close(): void {
		this.#watcher?.close();
		this.#watcher = null;
	}
}
