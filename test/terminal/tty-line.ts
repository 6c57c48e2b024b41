/** The line discipline of a pseudo-terminal: cooked, as a shell leaves it, or changed by a program. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';

/** What a shell expects: line editing, echo, Ctrl-C, and translated newlines. */
const cooked = ['icanon', 'echo', 'isig', 'iexten', 'icrnl', 'opost', 'onlcr'];

/** Settings that differ from cooked mode, as printed by stty: `-icanon`, `-echo`. None if the terminal is gone. */
export function notCooked(descriptor: number | 'inherit'): string[] {
	const { stdout, status } = spawnSync('stty', ['-a'], {
		stdio: [descriptor, 'pipe', 'ignore'],
		encoding: 'utf8',
		env: { ...process.env, LC_ALL: 'C' },
	});
	if (status !== 0) {
		return [];
	}
	const settings = new Set(stdout.split(/[\s;]+/));
	return cooked.filter(name => settings.has(`-${name}`)).map(name => `-${name}`);
}

/** The same of a terminal by its path, such as `/dev/pts/3`. */
export function notCookedAt(path: string): string[] {
	// It must never become this process's own controlling terminal.
	const descriptor = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	try {
		return notCooked(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** Puts the terminal at a path into cooked mode. */
export function cook(path: string): void {
	const descriptor = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	try {
		spawnSync('stty', ['sane'], { stdio: [descriptor, 'ignore', 'ignore'] });
	} finally {
		closeSync(descriptor);
	}
}
