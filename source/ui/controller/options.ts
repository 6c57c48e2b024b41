import type { Monitor } from '../../app/monitor.ts';
import type { ColumnStore } from '../../clients/column-file.ts';
import type { Audit } from '../../operations/plan/audit.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { ImageTerminal } from '../../presentation/image/image-terminal.ts';
import type { Theme } from '../../presentation/theme.ts';
import type { Message } from '../../words/message.ts';
import type { Copy } from '../clipboard.ts';

export type ControllerOptions = {
	readonly monitor: Monitor;
	readonly glyphs: Glyphs;
	readonly theme: Theme;
	readonly host: string;
	readonly columns: number;
	readonly rows: number;
	readonly audit: Audit;
	readonly auditFile: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Columns that the user chose before. */
	readonly columnStore: ColumnStore;
	readonly terminal: TerminalTools;
	readonly onQuit: () => void;
	/** Called with each key and each event of the mouse. */
	readonly onInput?: () => void;
	readonly onProfile: (profile: string) => void;
	readonly onProject?: (project: string) => void;
};

export type TerminalTools = {
	/** Copies to the clipboard of the terminal's own machine; returns the part that was sent. */
	readonly copy: (text: string) => Copy;
	/** Resolves with the reason of a failure, or null. */
	readonly open: (url: string) => Promise<Message | null>;
	/** Gives the terminal to a shell in a container; resolves with a message for the user, or null. */
	readonly shell: (containerId: string, name: string) => Promise<Message | null>;
	/** Gives the terminal to the user's pager; resolves with the reason of a failure, or null. */
	readonly page: (text: string) => Promise<Message | null>;
	/** Job control, as Ctrl-Z. */
	readonly suspend: () => void;
	/** Redraws the whole screen; several requests at once redraw it once. */
	readonly repaint: () => void;
	/** Resolves when the terminal has taken all output: never while it is stopped (Ctrl-S). */
	readonly drawn: () => Promise<void>;
	/** How the terminal shows images; it is asked once, when the first image is opened. */
	readonly images: () => Promise<ImageTerminal>;
};
