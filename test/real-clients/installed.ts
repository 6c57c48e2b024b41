import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** If set, a client that is not installed fails its tests; otherwise they are skipped. `.ci/run` sets it. */
const areRequired = process.env.CLIENTS_REQUIRED === '1';

/** Whether to run the tests of a client: this command works, or is required. */
export function isInstalled(name: string, command: string, args: readonly string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore', timeout: 60_000 });
		return true;
	} catch {
		if (!areRequired) console.warn(`skipped: ${name} is not installed (test/real-clients/requirements.txt)`);
		return areRequired;
	}
}

/** Output of the program. Rejects with its error output if it fails, or takes longer than a minute. */
export async function output(
	command: string,
	args: readonly string[],
	environment: Record<string, string> = {},
): Promise<string> {
	const { stdout } = await promisify(execFile)(command, args, {
		env: { PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C.UTF-8', ...environment },
		timeout: 60_000,
	});
	return stdout;
}
