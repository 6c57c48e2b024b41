import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';

/**
 * Says, within about a second, when whoever read a pipe has gone, also while nothing is written: Node cannot ask that
 * of a pipe. `tail -f` of GNU coreutils can, and is killed by SIGPIPE then (src/tail.c, check_output_alive). It ends with
 * this process, so that it keeps no pipe open. Where there is no such tail, the next line that is written shows it.
 */
export function watchReader(stream: object, onGone: () => void): void {
	const fd = 'fd' in stream ? stream.fd : undefined;
	if (process.platform !== 'linux' || typeof fd !== 'number' || !fstatSync(fd).isFIFO()) return;
	const tail = spawn('tail', ['-f', `--pid=${process.pid}`, '/dev/null'], { stdio: ['ignore', fd, 'ignore'] });
	tail.on('error', () => undefined);
	tail.on('exit', (_code, signal) => {
		if (signal === 'SIGPIPE') onGone();
	});
	tail.unref();
	process.on('exit', () => tail.kill());
}
