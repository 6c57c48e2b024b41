/** A container as its log needs it. */
export type LogTarget = {
	readonly id: string;
	/** The engine's word: running, exited … */
	readonly state: string;
	/** null where it was not inspected yet. */
	readonly tty: boolean | null;
	readonly exitCode: number | null;
	/** When it was started, ms since the epoch; null where that is not known. */
	readonly startedAt: number | null;
};

/** Finds the container that bears a name or does a service now, and tells when it is another, or in another state. */
export type LogDirectory = {
	find(): LogTarget | undefined;
	/** Whether what `find` says is up to date. */
	isKnown(): boolean;
	/** Resolves when `find` says something else than this, or the signal is given. */
	change(from: LogTarget | undefined, signal: AbortSignal): Promise<void>;
};
