/** A busy host: processes that do nothing but compute, beside what is measured. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { atTheEnd } from './at-the-end.ts';

/** As many runnable processes as a load of 15 has. */
export const busyLoops = 15;

/**
 * How much the measuring process is favoured, in niceness. It would otherwise wait for a processor like what it
 * measures, and add its own time.
 */
const favour = 10;

let isFavoured = false;

/** Starts a program with the niceness that it would have had: a child inherits that of the measuring process. */
export const niceWords = (): readonly string[] => (isFavoured ? ['nice', '-n', String(favour)] : []);

/** Where Linux shares processors between sessions first (sched(7), autogroup), a process is only as nice as its session. */
function setSessionNiceness(niceness: number): void {
	try {
		writeFileSync('/proc/self/autogroup', String(niceness));
	} catch {
		// A kernel without it.
	}
}

/** Throws if this user may not. */
function favourThisProcess(): () => void {
	const usual = getPriority();
	setPriority(usual - favour);
	setSessionNiceness(-favour);
	isFavoured = true;
	return () => {
		isFavoured = false;
		setPriority(usual);
		setSessionNiceness(0);
	};
}

/**
 * Makes the host busy until the returned function is called, or this process ends. Each process has a session of its
 * own, because all of one session would together get the share of one.
 */
export function makeBusy(processes = busyLoops): () => void {
	const loops = Array.from({ length: processes }, () =>
		spawn('sh', ['-c', 'while :; do :; done'], { detached: true, stdio: 'ignore' }),
	);
	const stopLoops = atTheEnd(() => {
		for (const loop of loops) loop.kill('SIGKILL');
	});
	let stopFavour: (() => void) | undefined;
	try {
		stopFavour = favourThisProcess();
	} catch {
		console.log('Times include those of the measuring process: only root may favour it.');
	}
	return () => {
		stopLoops();
		stopFavour?.();
	};
}
