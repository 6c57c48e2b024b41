import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../source/commands/parse.ts';

/** Programs in printed commands; in a test they only record their calls. */
const programs = [
	'laketop',
	'docker',
	'podman',
	'curl',
	'ssh',
	'sudo',
	'jq',
	'diff',
	'find',
	'timedatectl',
	'chmod',
	'chown',
	'lsof',
	'ss',
	'cat',
];

/**
 * The calls of a POSIX shell when these commands are pasted: programs and words. Nothing is run: every program is a
 * stand-in. Throws if the shell cannot parse a command.
 */
export function pasted(commands: readonly string[]): string[][][] {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-pasted-'));
	try {
		mkdirSync(join(folder, 'bin'));
		for (const program of programs) {
			const file = join(folder, 'bin', program);
			// A file for each call: the programs of a pipeline write at the same time.
			writeFileSync(file, `#!/bin/sh\nprintf '%s\\0' ${program} "$@" > "$CALLS/$$"\n`);
			chmodSync(file, 0o755);
		}
		for (const [index, command] of commands.entries()) {
			mkdirSync(join(folder, `calls-${index}`));
			// The reader decides where the output goes.
			writeFileSync(join(folder, `command-${index}`), `${command.replaceAll(/ > ~\S+/g, '')}\n`);
		}
		// One shell that starts the others: to start each from this process took most of the time.
		const all = commands.map((_, index) => `CALLS=${folder}/calls-${index} /bin/sh command-${index} || exit`);
		writeFileSync(join(folder, 'all'), `${all.join('\n')}\n`);
		const environment = { PATH: join(folder, 'bin'), HOME: folder };
		execFileSync('/bin/sh', ['all'], { cwd: folder, env: environment, input: '', stdio: 'pipe' });
		return commands.map((_, index) => {
			const calls = join(folder, `calls-${index}`);
			return readdirSync(calls).map(call => readFileSync(join(calls, call), 'utf8').split('\0').slice(0, -1));
		});
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Checks that printed commands work unchanged: a shell parses them, and so does laketop's own parser. */
export async function demandPastable(commands: readonly string[]): Promise<void> {
	for (const [index, calls] of pasted(commands).entries()) {
		const command = commands[index] ?? '';
		if (calls.length === 0) throw new Error(`${command}: calls nothing`);
		for (const [program, ...words] of calls) {
			if (program !== 'laketop') continue;
			try {
				await parseCommandLine(words);
			} catch (error) {
				throw new Error(`${command}: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	}
}
