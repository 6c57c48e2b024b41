/** What a value is: how it is checked, and what completion offers for it. */
export type ValueKind =
	| 'text'
	| 'file'
	/** A whole number. */
	| 'count'
	/** A whole number, or `all`. */
	| 'lines'
	/** `90`, `90s`, `5m`, `1h30m`: seconds where there is no unit. */
	| 'duration'
	/** An RFC 3339 time, or how long ago (`5m`). */
	| 'moment'
	/** A JavaScript regular expression. */
	| 'pattern'
	| 'choice'
	| 'address'
	| 'dag'
	| 'run'
	| 'task'
	| 'service'
	| 'project'
	| 'profile'
	| 'command';

export type Option = {
	/** As it is written, without the dashes: `docker-host`. One name means one thing in all commands. */
	readonly name: string;
	/** One letter. */
	readonly short?: string;
	/** Left out for an option that is given or not. */
	readonly value?: {
		/** How the help calls it: `ID`. */
		readonly name: string;
		readonly kind: ValueKind;
		/** For kind `choice`. */
		readonly choices?: readonly string[];
		/** The value may be left out, and is this then. */
		readonly otherwise?: string;
	};
	/** May be given several times. */
	readonly many?: true;
	readonly required?: true;
	/** `--no-NAME` takes it back. */
	readonly negatable?: true;
	readonly help: string;
};

export type Argument = {
	readonly name: string;
	readonly kind: ValueKind;
	readonly choices?: readonly string[];
	readonly required?: true;
	/** As many as are given: the last argument only. */
	readonly many?: true;
	/** Everything from here on is taken as it stands, options included: the last argument only. */
	readonly verbatim?: true;
	readonly help: string;
};

export const commandGroups = ['look', 'pipeline', 'stack', 'laketop'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export const groupTitles: Readonly<Record<CommandGroup, string>> = {
	look: 'See how things are',
	pipeline: 'Change DAGs and runs',
	stack: 'Change containers and the stack',
	laketop: 'laketop itself',
};

export type Command = {
	readonly name: string;
	readonly group: CommandGroup;
	/** One line, no full stop. */
	readonly summary: string;
	/** What else is to be known; paragraphs. */
	readonly details?: readonly string[];
	readonly arguments?: readonly Argument[];
	readonly options?: readonly Option[];
	/** It changes the stack: it asks first, and is refused in read-only mode. */
	readonly changes?: true;
	/** Not for people. */
	readonly hidden?: true;
	/** Needs neither configuration nor servers. */
	readonly offline?: true;
	/** Name of the document that `--json` prints (docs/json/NAME.schema.json). */
	readonly json?: string;
	readonly examples: readonly { readonly line: string; readonly does: string }[];
	/** What exit codes mean here, where that is more than the usual. */
	readonly exits?: readonly string[];
};

/** Exit codes of all commands. */
export const exitCodes = {
	/** Healthy, succeeded, done. */
	well: 0,
	/** Degraded or failed. */
	failed: 1,
	/** Wrong usage or configuration, or a name that does not exist. */
	usage: 2,
	unreachable: 3,
	/** Refused, or not authorised. */
	refused: 4,
	interrupted: 130,
} as const;

export const exitCodeWords: readonly (readonly [string, string])[] = [
	['0', 'healthy, succeeded, done'],
	['1', 'degraded or failed'],
	['2', 'wrong usage or configuration; a DAG, run or service of that name does not exist'],
	['3', 'a server is unreachable, its answer was lost or cannot be read, or it failed inside (HTTP 5xx)'],
	['4', 'refused by the server, not authorised, read-only, or declined at the question'],
	['130', 'interrupted (Ctrl-C); 143 and 129 after SIGTERM and SIGHUP'],
];
