import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a program ended. With a signal the code is 128 plus its number, as in shells. */
export type Exit = { exitCode: number; signal: NodeJS.Signals | undefined };

const isSignal = (name: string): name is NodeJS.Signals => name in constants.signals;

/** The session leader's report on the program; see session-leader.ts for its format. */
export class ProgramReport {
	private readonly folder = mkdtempSync(join(tmpdir(), 'terminal-'));
	readonly file = join(this.folder, 'report');

	private value(name: string): string | undefined {
		try {
			const line = readFileSync(this.file, 'utf8')
				.split('\n')
				.find(candidate => candidate.startsWith(`${name} `));
			return line?.slice(name.length + 1);
		} catch {
			return undefined;
		}
	}

	pid(): number | undefined {
		const pid = this.value('pid');
		return pid === undefined ? undefined : Number(pid);
	}

	lineNotCooked(): string[] {
		return this.value('line')?.split(' ').filter(Boolean) ?? [];
	}

	exit(): Exit {
		const signal = this.value('signal');
		if (signal !== undefined && isSignal(signal)) {
			return { exitCode: 128 + constants.signals[signal], signal };
		}
		const code = this.value('exit');
		// No end in the report: the whole session was killed.
		return code === undefined ? { exitCode: 137, signal: 'SIGKILL' } : { exitCode: Number(code), signal: undefined };
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
