/** The facts about a container that its log needs. */
export type LogTarget = {
	readonly id: string;
	/** The engine's state: running, exited … */
	readonly state: string;
	/** null before the inspection. */
	readonly tty: boolean | null;
	readonly exitCode: number | null;
	/** Start of the container, ms since the epoch; null if unknown. */
	readonly startedAt: number | null;
};

/** Finds the current container of a name or service, and reports when it is another one or in another state. */
export type LogDirectory = {
	find(): LogTarget | undefined;
	/** Whether the result of `find` is up to date. */
	isKnown(): boolean;
	/** Resolves when `find` returns something else, or after the signal. */
	change(from: LogTarget | undefined, signal: AbortSignal): Promise<void>;
};
