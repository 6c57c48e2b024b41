import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { demo, open, shell } from '../terminal/commands-on-demo.ts';

/** Commands whose output is not read: a closed pipe, a full device, a terminal that nobody reads. */

test('a closed pipe ends it quietly, also while it follows', async () => {
	const status = await shell('laketop status "$@" | head -1; echo "$' + '{PIPESTATUS[0]}"');
	expect(status.stderr).toBe('');
	expect(status.stdout).toMatch(/^mlops .*\n0\n$/);
	// Nothing follows the first line, so no write can show that the reader is gone.
	demo.scenario.emitLog('mlflow', 'the last line');
	const intoHead = '"$@" | head -1; echo "$' + '{PIPESTATUS[0]}"';
	for (const follows of ['logs mlflow -f --tail 1', 'services --watch 600']) {
		const following = await shell(`laketop ${follows} ${intoHead}`);
		expect(following.stderr).toBe('');
		expect(following.stdout).toMatch(/^.*\n0\n$/);
	}
});

test.each(['--version', '--help', 'config', 'man'])(
	'%s on a full disk: exit code 1, and one line says so',
	async words => {
		const full = await shell(`laketop ${words} > /dev/full; echo "$?"`);
		expect(full.stdout).toBe('1\n');
		expect(full.stderr).toMatch(/^laketop: cannot write the output: no space left on the disk\n$/);
	},
);

/** Bytes that a process has written so far. */
const writtenBy = (pid: number) => Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);

/** It has written something, and its output is no longer read. */
async function untilStalled(pid: number): Promise<void> {
	let before = 0;
	const isStill = () => {
		const now = writtenBy(pid);
		const isSame = now === before && now > 4096;
		before = now;
		return isSame;
	};
	await expect.poll(isStill, { timeout: 20_000, interval: 300 }).toBe(true);
}

function isGone(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return false;
	} catch {
		return true;
	}
}

test.skipIf(process.platform !== 'linux').each([
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
] as const)('%s ends a command whose terminal nobody reads', async (signal, exitCode) => {
	const term = await open('logs mlflow -f');
	await term.waitFor(/\S/);
	term.stopReading();
	// More than the buffers of a terminal and of Node.
	for (let times = 0; times < 4000; times++) demo.scenario.emitLog('mlflow', 'x'.repeat(200));
	await untilStalled(term.pid);
	const before = performance.now();
	term.signal(signal);
	await expect.poll(() => isGone(term.pid), { timeout: 10_000 }).toBe(true);
	// A second of its own; the rest is for a busy machine.
	expect(performance.now() - before).toBeLessThan(5000);
	term.goOnReading();
	expect((await term.exited).exitCode).toBe(exitCode);
});
