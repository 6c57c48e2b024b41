/** A service manager waits longer, a person does not: what has not ended after a signal by then, ms, is cut off. */
const endingMs = 1000;

/** Ends the process in any case: also where a terminal that nobody reads keeps what is written from going out. */
export function endInTime(exitCode: number): void {
	setTimeout(() => process.exit(exitCode), endingMs).unref();
}

/**
 * Ends the process when what it has written is not taken a second after a signal. What is still being done otherwise,
 * such as Docker Compose stopping, has its time.
 */
export function endWhereUnread(exitCode: number, streams: readonly { readonly writableLength: number }[]): void {
	setInterval(() => {
		if (streams.some(({ writableLength }) => writableLength > 0)) process.exit(exitCode);
	}, endingMs).unref();
}

/**
 * Node writes to a terminal as a file: it stands still while nobody reads (Ctrl-S, a full buffer), and no signal is
 * noticed meanwhile. libuv has opened the terminal for this process alone, so that it can be told not to wait.
 */
export function writeWithoutWaiting(stream: object): void {
	if (process.platform === 'win32' || !('isTTY' in stream) || stream.isTTY !== true || !('_handle' in stream)) return;
	const handle = stream._handle;
	if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
	if (typeof handle.setBlocking === 'function') handle.setBlocking(false);
}
