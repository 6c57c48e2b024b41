import type { OptionValue } from '../arguments/given.ts';
import type { CommandModule } from '../context/context.ts';
import type { Command } from './command.ts';

/** A command of the table that prints and exits: what is known before it runs, and how to load its code. */
export type RunRow = Command & {
	/**
	 * Loads the code, a file beside the row. A row's file must load nothing else, because the rows of all commands are
	 * loaded to run one of them.
	 */
	readonly load: () => Promise<CommandModule>;
};

/** A command of the table that opens the full-screen program, as laketop does without a command. */
export type ScreenRow = Command & {
	/** Options that it implies. */
	readonly opensScreen: Readonly<Record<string, OptionValue>>;
};

export type CommandRow = RunRow | ScreenRow;
