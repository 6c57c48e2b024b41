import type { ComposeClient } from '../../clients/compose.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import type { Language } from '../../words/language.ts';
import type { Message } from '../../words/message.ts';
import type { Writer } from '../../words/write.ts';
import type { Given } from '../arguments/given.ts';
import type { Command } from '../rows/command.ts';
import type { Io, Output } from './io.ts';

export type CommandContext = {
	readonly command: Command;
	/** The whole table, for completion and the man page. */
	readonly commands: readonly Command[];
	readonly given: Given;
	readonly io: Io;
	readonly out: Output;
	readonly loaded: LoadedConfig;
	/** The effective configuration; for a demo, that of the demo. */
	readonly config: Config;
	/** Docker Compose of a demo; otherwise the monitor starts it as a process. */
	readonly compose?: ComposeClient | undefined;
	/** Aborted when the user interrupts, or the reader of the output has gone. */
	readonly signal: AbortSignal;
	/** Of tables and messages; JSON is English. */
	readonly language: Language;
	/** Writes a text in that language. */
	readonly text: Writer;
	/** Prints a message to standard error, in that language. */
	say(message: Message | string): void;
};

/** Returns the exit code; throws errors that `reportOf` knows. */
export type CommandModule = { readonly run: (context: CommandContext) => Promise<number> };
