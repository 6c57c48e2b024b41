export type ProcessEvents = {
	/** A signal ends the process, or its terminal is gone; with the exit code. */
	readonly onEnd: (exitCode: number) => void;
	/** A fault of the program's own. */
	readonly onCrash: (error: unknown) => void;
	/** The process goes on after it was stopped. */
	readonly onContinued: () => void;
	/** The terminal had another size, if only for a moment (SIGWINCH). */
	readonly onResized: () => void;
};

/** 128 + the signal's number, as shells have it. */
const exitCodes = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/**
 * Listens to what the system says to the process; returns what ends that. Not `once`: signal-exit, which Ink uses, ends
 * the process on the spot when it finds nobody else listening by the time that it is called.
 */
export function listenToProcess({ onEnd, onCrash, onContinued, onResized }: ProcessEvents): () => void {
	const { stdin, stdout } = process;
	const signals = Object.entries(exitCodes).map(([name, code]) => ({ name, listener: () => onEnd(code) }));
	for (const { name, listener } of signals) process.on(name, listener);
	// The terminal is gone without a word (a cut line): writing to it fails, reading from it ends.
	const onLost = () => onEnd(exitCodes.SIGHUP);
	stdout.on('error', onLost);
	for (const event of ['error', 'end'] as const) stdin.on(event, onLost);
	process.on('SIGCONT', onContinued);
	process.on('SIGWINCH', onResized);
	process.on('uncaughtException', onCrash);
	return () => {
		for (const { name, listener } of signals) process.off(name, listener);
		stdout.off('error', onLost);
		for (const event of ['error', 'end'] as const) stdin.off(event, onLost);
		process.off('SIGCONT', onContinued);
		process.off('SIGWINCH', onResized);
		process.off('uncaughtException', onCrash);
	};
}
