import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';

/**
 * Reports within about a second that the reader of a pipe has gone, even while nothing is written. Node cannot detect
 * this; `tail -f` of GNU coreutils can, and is killed by SIGPIPE then (src/tail.c, check_output_alive). It ends with this
 * process, so that it keeps no pipe open. Without such a tail, the next written line detects it.
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
