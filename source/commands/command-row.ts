import type { Command } from './command.ts';
import type { CommandModule } from './context.ts';

/** A command of the table: what is known of it before it runs, and where its code is. */
export type CommandRow = Command & {
	/**
	 * Loads its code, a file beside the row or what a short command calls. Nothing else in a row's file may: the rows of
	 * all commands are loaded to run one of them.
	 */
	readonly load: () => Promise<CommandModule>;
};
