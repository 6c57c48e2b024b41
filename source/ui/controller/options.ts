import type { Monitor } from '../../app/monitor.ts';
import type { Audit } from '../../operations/audit.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { Theme } from '../../presentation/theme.ts';
import type { Copy } from '../clipboard.ts';

export type ControllerOptions = {
	readonly monitor: Monitor;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
	readonly host: string;
	readonly columns: number;
	readonly rows: number;
	/** Keeps the record of what was changed. */
	readonly audit: Audit;
	/** Path of that record, to be read; null where none is kept. */
	readonly auditFile: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly terminal: TerminalTools;
	readonly onQuit: () => void;
	/** The user wants the stack of another profile. */
	readonly onProfile: (profile: string) => void;
	/** The user wants the stack of another Compose project of the same engine. */
	readonly onProject?: (project: string) => void;
};

/** What only the terminal itself can do. */
export type TerminalTools = {
	/** Sends a text to the clipboard of the terminal's own machine; returns what of it was sent. */
	readonly copy: (text: string) => Copy;
	/** Opens a page; resolves with why it could not, or null. */
	readonly open: (url: string) => Promise<string | null>;
	/** Gives the terminal to a shell in a container until that ends; resolves with what to tell, or null. */
	readonly shell: (containerId: string, name: string) => Promise<string | null>;
	/** Gives the terminal to the user's pager with a text; resolves with why it could not, or null. */
	readonly page: (text: string) => Promise<string | null>;
	/** Stops the program as Ctrl-Z does, until the shell lets it go on. */
	readonly suspend: () => void;
	/** Draws the whole screen again, whatever is on the terminal; asked for several times at once, it does so once. */
	readonly repaint: () => void;
	/** Resolves when the terminal has taken all that was drawn: never, while nobody reads it (Ctrl-S). */
	readonly drawn: () => Promise<void>;
};
