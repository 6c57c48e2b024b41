import type { Command } from './command.ts';
import type { CommandModule } from './context.ts';

/** A command of the table: what is known before it runs, and how to load its code. */
export type CommandRow = Command & {
	/**
	 * Loads the code: a file beside the row, or the function that a short command calls. A row's file must load nothing
	 * else, because the rows of all commands are loaded to run one of them.
	 */
	readonly load: () => Promise<CommandModule>;
};
