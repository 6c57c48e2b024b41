/** The origin of a fault: the sections of docs/reliability.md, in this order. */
export const chaosGroups = {
	servers: 'Servers',
	terminal: 'Terminal',
	signals: 'Signals',
	input: 'Input',
	files: 'Files',
	environment: 'Environment',
} as const;
export type ChaosGroup = keyof typeof chaosGroups;

/**
 * One fault of the chaos suite, as docs/reliability.md lists it. Rows are plain data, so that the page is made without
 * running a test; the test of a row reads what it expects from the row, so that the page cannot promise anything else.
 */
export type ChaosRow = {
	/** Unique, in kebab-case; the name of the row's test. */
	readonly id: string;
	readonly group: ChaosGroup;
	/** What goes wrong: a noun phrase. */
	readonly fault: string;
	/** What laketop does about it: one or two short sentences. */
	readonly outcome: string;
	/** What the user reads meanwhile, as the row's test waits for it; empty if there is no message. */
	readonly screen: string;
};
