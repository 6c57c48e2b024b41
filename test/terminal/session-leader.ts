/**
 * Stands where a shell stands: holds the terminal's session and runs one program in it. When a session's leader ends,
 * the kernel resets the terminal, so a program that were the leader itself would leave no trace of what it left behind.
 *
 * Arguments: the report's file, the program, its arguments. The report is in lines: `pid 12`, then at the end
 * `line -icanon -echo` (settings that are not cooked), and `exit 0` or `signal SIGTERM`.
 */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { notCooked } from './tty-line.ts';

const [report = '', ...command] = process.argv.slice(2);
const say = (line: string) => appendFileSync(report, `${line}\n`);

// Keys such as Ctrl-C signal everything in the foreground, this process too, which has to outlive the program.
for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'] as const) {
	process.on(signal, () => undefined);
}

// The kernel tells the leader alone that the terminal is gone; a shell passes it on to its jobs. Listened to before
// there is a program, which may have the terminal closed by its first word.
let hangUp: () => void = () => undefined;
process.on('SIGHUP', () => hangUp());

// A shell that becomes the program: so its process is reported before anything that it draws.
const program = spawn('sh', ['-c', 'echo "pid $$" >> "$0"; exec "$@"', report, ...command], { stdio: 'inherit' });
hangUp = () => {
	hangUp = () => undefined;
	program.kill('SIGHUP');
};
program.on('exit', (code, signal) => {
	say(`line ${notCooked('inherit').join(' ')}`);
	say(signal === null ? `exit ${code}` : `signal ${signal}`);
});
