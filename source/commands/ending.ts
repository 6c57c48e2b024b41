/** Time to end after a signal, ms: shorter than a service manager waits, and short enough for a person. */
const endingMs = 1000;

/** Ends the process in any case, even if a terminal that nobody reads blocks the output. */
export function endInTime(exitCode: number): void {
	setTimeout(() => process.exit(exitCode), endingMs).unref();
}

/**
 * Ends the process if its output is still unread a second after a signal. Other work, such as stopping Docker Compose, may
 * take longer.
 */
export function endWhereUnread(exitCode: number, streams: readonly { readonly writableLength: number }[]): void {
	setInterval(() => {
		if (streams.some(({ writableLength }) => writableLength > 0)) process.exit(exitCode);
	}, endingMs).unref();
}

/**
 * Node writes to a terminal synchronously, as to a file: it blocks while nobody reads (Ctrl-S, a full buffer) and handles
 * no signals meanwhile. libuv has reopened the terminal for this process, so that it can be made non-blocking.
 */
export function writeWithoutWaiting(stream: object): void {
	if (process.platform === 'win32' || !('isTTY' in stream) || stream.isTTY !== true || !('_handle' in stream)) return;
	const handle = stream._handle;
	if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
	if (typeof handle.setBlocking === 'function') handle.setBlocking(false);
}
