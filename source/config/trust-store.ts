import { createHash, randomBytes } from 'node:crypto';
import { constants, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readRegularFile } from '../clients/regular-file.ts';
import { DescribedError } from '../model/failures/described-error.ts';
import { outsideText } from '../model/text/outside-text.ts';
import { phrase } from '../words/message.ts';

/** A trusted file, with its content at that time. */
export type TrustedFile = {
	readonly path: string;
	/** changed: its current content is not trusted; gone: the file does not exist. */
	readonly state: 'trusted' | 'changed' | 'gone';
};

export const trustSchema = z.object({ path: outsideText });

/**
 * The configuration files that the user trusts, by path and content, as in direnv: a changed file is not trusted any
 * more. One file for each, named by the hash of both: two laketops do not write the same one.
 */
export class TrustStore {
	readonly #folder: string;

	/** Below `$XDG_DATA_HOME/laketop` (XDG base directory specification). */
	constructor(environment: Readonly<Record<string, string | undefined>>) {
		this.#folder = join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'laketop', 'trusted');
	}

	isTrusted(path: string, text: string): boolean {
		try {
			if (!isOnlyOurs(this.#folder)) return false;
			const file = join(this.#folder, nameOf(path, text));
			const stats = lstatSync(file);
			return stats.isFile() && isOnlyOurs(file);
		} catch {
			return false;
		}
	}

	/** Throws a system error if it cannot be stored. Earlier content of this file is not trusted any more. */
	trust(path: string, text: string): void {
		mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
		if (!isOnlyOurs(this.#folder)) {
			throw new DescribedError(
				phrase(['{folder} is writable by other users', '다른 사용자가 {folder}에 쓸 수 있습니다'], {
					folder: this.#folder,
				}),
			);
		}
		this.forget(path);
		const draft = join(this.#folder, `.${randomBytes(8).toString('hex')}`);
		writeFileSync(draft, JSON.stringify({ path: realPath(path) }), { mode: 0o600, flag: 'wx' });
		renameSync(draft, join(this.#folder, nameOf(path, text)));
	}

	/** Returns whether it was trusted. */
	forget(path: string): boolean {
		const of = this.#entries().filter(entry => entry.path === realPath(path));
		for (const { name } of of) rmSync(join(this.#folder, name), { force: true });
		return of.length > 0;
	}

	list(): TrustedFile[] {
		return this.#entries().map(({ name, path }) => {
			try {
				return { path, state: nameOf(path, readRegularFile(path)) === name ? 'trusted' : 'changed' };
			} catch {
				return { path, state: 'gone' };
			}
		});
	}

	#entries(): { name: string; path: string }[] {
		try {
			return readdirSync(this.#folder).flatMap(name => {
				if (!/^[0-9a-f]{64}$/.test(name)) return [];
				try {
					const text = readRegularFile(join(this.#folder, name), { flags: constants.O_NOFOLLOW });
					return [{ name, path: trustSchema.parse(JSON.parse(text)).path }];
				} catch {
					return [];
				}
			});
		} catch {
			return [];
		}
	}
}

function nameOf(path: string, text: string): string {
	return createHash('sha256')
		.update(`${realPath(path)}\n${text}`)
		.digest('hex');
}

function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

function isOnlyOurs(path: string): boolean {
	const { mode, uid } = lstatSync(path);
	return (mode & 0o022) === 0 && uid === process.getuid?.();
}
