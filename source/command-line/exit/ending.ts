/** Time to end after a signal, ms: shorter than a service manager waits, and short enough for a person. */
const endingMs = 1000;

/** Ends the process in any case, even if a terminal that nobody reads blocks the output. */
export function endInTime(exitCode: number): void {
	setTimeout(() => process.exit(exitCode), endingMs).unref();
}

/** Time in which a slow line may take what is left, ms: a service manager waits ten seconds (`docker stop`) or more. */
const longestMs = 8000;

type Output = { readonly writableLength: number };

/**
 * Falls with each byte that is taken, and is zero when all are: Node counts a chunk until all of it is written, libuv what
 * is left of it (`uv_stream_get_write_queue_size`).
 */
function unread(streams: readonly Output[]): number {
	return streams.reduce((sum, stream) => {
		const handle = '_handle' in stream ? stream._handle : null;
		const isCounted = typeof handle === 'object' && handle !== null && 'writeQueueSize' in handle;
		const left = isCounted && typeof handle.writeQueueSize === 'number' ? handle.writeQueueSize : 0;
		return sum + stream.writableLength + left;
	}, 0);
}

/**
 * Ends the process if nobody reads its output after a signal. A slow reader gets some seconds, because the end of the
 * output restores the terminal. Other work, such as stopping Docker Compose, may take longer.
 */
export function endWhereUnread(exitCode: number, streams: readonly Output[]): void {
	let before = unread(streams);
	let turns = 0;
	setInterval(() => {
		turns++;
		const now = unread(streams);
		if (now > 0 && (now >= before || turns * endingMs >= longestMs)) process.exit(exitCode);
		before = now;
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
