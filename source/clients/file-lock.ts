import { randomBytes } from 'node:crypto';
import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A writer holds the lock for some ms; one that is older was left by a process that died. */
const lockStaleMs = 10_000;
const lockPauseMs = 20;

export type LockPatience = {
	/** So long one and the same holder of the lock is waited for. */
	readonly waitMs?: number;
	/** Between two looks at the lock. */
	readonly sleep?: (ms: number) => Promise<unknown>;
};

/** What the caller says where the lock stayed with another one, or could not be taken at all. */
export type LockProblems<Problem> = {
	readonly held: (lock: string) => Problem;
	readonly failed: (error: unknown) => Problem;
};

/**
 * Does work on a file while no other laketop writes to it; resolves with why it could not be done, or null. Waits for as
 * long as the lock changes hands: gives up on one holder alone.
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
			// Another one may have taken it from a process that slept.
			if (holderOf(lock) === own) rmSync(lock, { force: true });
		}
	} catch (error) {
		return problems.failed(error);
	}
}

/** Takes the lock where nobody has it: a link that leads nowhere, since it is there with its text in one step. */
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

/** What the holder of a lock wrote into it: when it began, ms since the epoch, and a word of its own; empty: nobody. */
function holderOf(lock: string): string {
	try {
		return readlinkSync(lock);
	} catch {
		return '';
	}
}

/** By the clock that writers share, the time in the lock: that of the file system may differ from it by hours. */
function isStale(holder: string): boolean {
	return Date.now() - Number.parseInt(holder, 10) > lockStaleMs;
}

/** Takes the lock of a dead process away; gives it back if somebody else has it by now. */
function remove(lock: string, stale: string): void {
	const aside = `${lock}.${randomBytes(8).toString('hex')}`;
	try {
		renameSync(lock, aside);
	} catch {
		// Another one was faster.
		return;
	}
	const found = holderOf(aside);
	rmSync(aside, { force: true });
	if (found !== stale) taken(lock, found);
}
