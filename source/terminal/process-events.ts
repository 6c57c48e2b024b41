export type ProcessEvents = {
	/** A signal ends the process, or its terminal has gone. */
	readonly onEnd: (exitCode: number) => void;
	/** An uncaught error. */
	readonly onCrash: (error: unknown) => void;
	/** The process continues after a stop (SIGCONT). */
	readonly onContinued: () => void;
	/** The size of the terminal changed, if only for a moment (SIGWINCH). */
	readonly onResized: () => void;
};

/** 128 + the number of the signal, as in shells. */
const exitCodes = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/**
 * Listens to signals and to the loss of the terminal; returns a function that stops listening. Not `once`: signal-exit,
 * which Ink uses, exits at once if it finds no other listener.
 */
export function listenToProcess({ onEnd, onCrash, onContinued, onResized }: ProcessEvents): () => void {
	const { stdin, stdout } = process;
	const signals = Object.entries(exitCodes).map(([name, code]) => ({ name, listener: () => onEnd(code) }));
	for (const { name, listener } of signals) process.on(name, listener);
	// A terminal that is lost without a signal (a cut line): writing fails, reading ends.
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
