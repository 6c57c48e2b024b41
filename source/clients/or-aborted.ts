/**
 * What work comes to, or a rejection with the signal's reason when that is given first: some of dockerode's calls do not
 * listen to it themselves, and others may wait for the same work. It leaves no listener behind, which would keep an answer that was read for as long as the
 * signal lives, all day for that of a feed.
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
