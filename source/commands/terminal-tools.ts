import type { ReadStream, WriteStream } from 'node:tty';
import { failureOf } from '../clients/failure.ts';
import type { Monitor } from '../monitor.ts';
import type { Suspender } from '../ui/app.tsx';
import type { TerminalTools } from '../ui/controller.ts';

export type TerminalToolsOptions = {
	readonly monitor: Monitor;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** How the screen gives the terminal away; undefined before it is drawn. */
	readonly suspend: () => Suspender | undefined;
};

/** A terminal takes so much text on its clipboard: xterm and others drop longer sequences (bytes of base64). */
const clipboardLimit = 74_994;

/** What the screen needs of the terminal besides being drawn on it. */
export function terminalTools({ monitor, stdin, stdout, suspend }: TerminalToolsOptions): TerminalTools {
	return {
		copy(text) {
			// OSC 52 (xterm, Operating System Commands): the terminal itself puts it on the clipboard, also over ssh.
			const encoded = Buffer.from(text).toString('base64').slice(0, clipboardLimit);
			stdout.write(`\u001B]52;c;${encoded}\u0007`);
		},
		async open(url) {
			const { startBrowser } = await import('../actions/addresses.ts');
			return startBrowser(url, process.env);
		},
		async shell(containerId, name) {
			const give = suspend();
			if (!give) return 'The terminal cannot be given away';
			let words: string | null = null;
			await give(async () => {
				try {
					const { runShell } = await import('./shell.ts');
					words = await runShell({ docker: monitor.clients.docker, containerId, name, stdin, stdout });
				} catch (error) {
					words = failureOf(error).message;
				}
			});
			return words;
		},
		async page(text) {
			const give = suspend();
			if (!give) return 'The terminal cannot be given away';
			let words: string | null = null;
			await give(async () => {
				const { runPager } = await import('./pager.ts');
				words = await runPager(text, process.env);
			});
			return words;
		},
		suspend() {
			const give = suspend();
			void give?.(async () => {
				const goesOn = new Promise<void>(resolve => process.once('SIGCONT', () => resolve()));
				// The whole group, as the terminal's own Ctrl-Z does: npm and others around the program stop with it.
				process.kill(0, 'SIGTSTP');
				await goesOn;
			});
		},
	};
}
