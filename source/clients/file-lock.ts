import { randomBytes } from 'node:crypto';
import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A writer holds the lock for some ms; an older one was left by a dead process. */
const lockStaleMs = 10_000;
const lockPauseMs = 20;

export type LockPatience = {
	/** How long to wait for one and the same holder of the lock, ms. */
	readonly waitMs?: number;
	/** Pause between two looks at the lock. */
	readonly sleep?: (ms: number) => Promise<unknown>;
};

/** The caller's problems: the lock stayed with another process, or could not be created. */
export type LockProblems<Problem> = {
	readonly held: (lock: string) => Problem;
	readonly failed: (error: unknown) => Problem;
};

/**
 * Works on a file while no other laketop writes to it; resolves with the reason why that failed, or null. Waits as long
 * as the lock changes hands, and gives up only if one holder keeps it.
 */
export async function withLock<Problem>(
	path: string,
	{ waitMs = 3000, sleep = pause }: LockPatience,
	work: () => Problem | null,
	problems: LockProblems<Problem>,
): Promise<Problem | null> {
	const lock = `${path}.lock`;
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		const own = `${Date.now()} ${randomBytes(8).toString('hex')}`;
		let holder = '';
		for (let waitedMs = 0; !taken(lock, own); waitedMs += lockPauseMs) {
			const found = holderOf(lock);
			if (found !== holder) waitedMs = 0;
			holder = found;
			if (waitedMs >= waitMs) return problems.held(lock);
			await sleep(lockPauseMs);
		}
		try {
			return work();
		} finally {
			// Another process may have taken it from one that slept.
			if (holderOf(lock) === own) rmSync(lock, { force: true });
		}
	} catch (error) {
		return problems.failed(error);
	}
}

/** Takes the lock if it is free: a dangling link, because it is created with its text in one step. */
function taken(lock: string, own: string): boolean {
	try {
		symlinkSync(own, lock);
		return true;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		const holder = holderOf(lock);
		if (isStale(holder)) remove(lock, holder);
		return false;
	}
}

/** The text of the lock: its start, ms since the epoch, and a random word; empty: free. */
function holderOf(lock: string): string {
	try {
		return readlinkSync(lock);
	} catch {
		return '';
	}
}

/** By the time in the lock, from a clock that all writers share: that of the file system may differ by hours. */
function isStale(holder: string): boolean {
	return Date.now() - Number.parseInt(holder, 10) > lockStaleMs;
}

/** Removes the lock of a dead process; restores it if another process has taken it meanwhile. */
function remove(lock: string, stale: string): void {
	const aside = `${lock}.${randomBytes(8).toString('hex')}`;
	try {
		renameSync(lock, aside);
	} catch {
		// Another process was faster.
		return;
	}
	const found = holderOf(aside);
	rmSync(aside, { force: true });
	if (found !== stale) taken(lock, found);
}
