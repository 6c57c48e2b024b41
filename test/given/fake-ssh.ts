import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { vi } from 'vitest';

/** A program named ssh, first in PATH, that behaves as the real one where laketop uses it; see `ssh-program.ts`. */
export type FakeSsh = {
	/** The arguments of every call so far, except those that only ask for settings. */
	calls(): string[];
	/** Process id of the newest login. */
	loginPid(): number;
	/** What it does from now on: the engine's socket, why a login or a command fails, the user's own shared login. */
	set(name: 'engine' | 'context' | 'refusal' | 'command' | 'code' | 'controlpath', value: string): void;
	remove(): void;
};

export function fakeSsh(): FakeSsh {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-ssh-'));
	const program = join(import.meta.dirname, 'ssh-program.ts');
	const node = `'${process.execPath}' --disable-warning=ExperimentalWarning --experimental-strip-types`;
	writeFileSync(join(folder, 'ssh'), `#!/bin/sh\nexec ${node} '${program}' '${folder}' "$@"\n`);
	chmodSync(join(folder, 'ssh'), 0o755);
	vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
	const read = (name: string) =>
		existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim() : '';
	return {
		calls: () =>
			read('calls')
				.split('\n')
				.filter(line => line !== '' && !line.startsWith('-G ')),
		loginPid: () => Number(read('login')),
		set: (name, value) => writeFileSync(join(folder, name), value),
		remove() {
			vi.unstubAllEnvs();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
