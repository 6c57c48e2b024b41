/** Faults that lines of a running container's log point to. */
export const signs = [
	'broker rejects writes',
	'broker unreachable',
	'database unreachable',
	'connections exhausted',
	'not migrated',
	'zombie',
	'logs not writable',
	'mlflow unreachable',
	'host refused',
	'disk full',
	'killed',
	'artifacts not writable',
	'import timeout',
	'mlflow database locked',
	'send timed out',
	'send broken',
] as const;
export type Sign = (typeof signs)[number];

/** A sign in the log of a container, and how often it came lately. */
export type SignState = {
	/** Name of the container. */
	readonly container: string;
	readonly sign: Sign;
	readonly line: string;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly count: number;
};
