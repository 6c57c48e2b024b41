import type { ComposeClient } from '../clients/compose.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Command } from './command.ts';
import type { Given } from './given.ts';
import type { Io, Output } from './io.ts';

/** What a command works with. */
export type CommandContext = {
	readonly command: Command;
	/** All of them: of those that help somebody to type one. */
	readonly commands: readonly Command[];
	readonly given: Given;
	readonly io: Io;
	readonly out: Output;
	readonly loaded: LoadedConfig;
	/** The configuration in force, as loaded; for a demo, that of the demo. */
	readonly config: Config;
	/** Docker Compose of a demo; else it is a process, which the monitor makes itself. */
	readonly compose?: ComposeClient | undefined;
	/** Given when the command is to end: the user interrupts, or nobody reads its output any more. */
	readonly signal: AbortSignal;
	/** Talk: to the standard error. */
	say(text: string): void;
};

/** A command's module. Returns the exit code; throws what `reportOf` knows. */
export type CommandModule = { readonly run: (context: CommandContext) => Promise<number> };
