/**
 * The result of work, or a rejection with the signal's reason if it aborts first: some of dockerode's calls do not
 * listen to signals, and others may wait for the same work. It leaves no listener behind, which would keep a response
 * in memory for as long as the signal lives: all day for that of a feed.
 */
export async function orAborted<Answer>(signal: AbortSignal | undefined, work: Promise<Answer>): Promise<Answer> {
	if (!signal) return await work;
	let stop = () => {};
	const aborted = new Promise<never>((_resolve, reject) => {
		const listener = () => reject(signal.reason);
		if (signal.aborted) listener();
		signal.addEventListener('abort', listener, { once: true });
		stop = () => signal.removeEventListener('abort', listener);
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		stop();
	}
}
