/**
 * Takes the place of a shell: holds the terminal's session and runs one program in it. When a session's leader ends,
 * the kernel resets the terminal, so a program that were the leader itself would leave no trace.
 *
 * Arguments: the report's file, the program, its arguments. The report has lines: `pid 12`, then at the end `line
 * -icanon -echo` (settings that are not cooked), and `exit 0` or `signal SIGTERM`.
 */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { notCooked } from './tty-line.ts';

const [report = '', ...command] = process.argv.slice(2);
const say = (line: string) => appendFileSync(report, `${line}\n`);

// Keys such as Ctrl-C signal the whole foreground group, including this process, which has to outlive the program.
for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'] as const) {
	process.on(signal, () => undefined);
}

// The kernel signals only the leader that the terminal is gone; a shell passes it on to its jobs. Listened to before
// the program exists, which may have the terminal closed at once.
let hangUp: () => void = () => undefined;
process.on('SIGHUP', () => hangUp());

// A shell that becomes the program: this way its process is reported before anything that it draws.
const program = spawn('sh', ['-c', 'echo "pid $$" >> "$0"; exec "$@"', report, ...command], { stdio: 'inherit' });
hangUp = () => {
	hangUp = () => undefined;
	program.kill('SIGHUP');
};
program.on('exit', (code, signal) => {
	say(`line ${notCooked('inherit').join(' ')}`);
	say(signal === null ? `exit ${code}` : `signal ${signal}`);
});
