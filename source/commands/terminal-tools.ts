import type { ReadStream, WriteStream } from 'node:tty';
import type { Monitor } from '../app/monitor.ts';
import { failureOf } from '../model/failure.ts';
import type { Suspender } from '../ui/app.tsx';
import { clipboardSequence, copyOf } from '../ui/clipboard.ts';
import type { TerminalTools } from '../ui/controller/options.ts';
import { render } from '../words/message.ts';
import { writer } from '../words/write.ts';

export type TerminalToolsOptions = {
	readonly monitor: Monitor;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** How the screen gives the terminal away; undefined before it is drawn. */
	readonly suspend: () => Suspender | undefined;
	/** Resolves when the terminal has taken what was drawn. */
	readonly drawn: () => Promise<void>;
	/** Draws every cell now, wherever the cursor is. */
	readonly repaint: () => void;
};

/** Besides what the screen needs: signals that the system sends to the process. */
export type ProcessTerminal = TerminalTools & {
	/** The process goes on after it was stopped (SIGCONT): the terminal may have another size and other modes by now. */
	readonly continued: () => void;
};

/** What the screen needs of the terminal besides being drawn on it. */
export function terminalTools({
	monitor,
	stdin,
	stdout,
	suspend,
	drawn,
	repaint,
}: TerminalToolsOptions): ProcessTerminal {
	const { language } = monitor.config;
	const say = writer(language);
	const cannotBeGiven = say([
		'Another program is already using the terminal',
		'다른 프로그램이 이미 터미널을 쓰고 있습니다',
	]);
	let isGiven = false;
	let isRepaintAsked = false;
	/** Gives the terminal to a task until its end, then takes it back, whatever was done to it. False: it cannot be. */
	const giveTo = async (task: () => Promise<void>): Promise<boolean> => {
		const give = suspend();
		if (!give || isGiven) return false;
		isGiven = true;
		try {
			await give(async () => {
				await task();
				readSize();
			});
		} finally {
			isGiven = false;
		}
		return true;
	};
	return {
		drawn,
		copy(text) {
			const copy = copyOf(text);
			stdout.write(clipboardSequence(copy.text, process.env));
			return copy;
		},
		async open(url) {
			const { startBrowser } = await import('../ui/actions/addresses.ts');
			return startBrowser(url, process.env);
		},
		async shell(containerId, name) {
			let words: string | null = null;
			const wasGiven = await giveTo(async () => {
				try {
					const { runShell } = await import('./shell.ts');
					words = await runShell({ docker: monitor.clients.docker, containerId, name, stdin, stdout, say });
				} catch (error) {
					words = render(failureOf(error).message, language);
				}
			});
			return wasGiven ? words : cannotBeGiven;
		},
		async page(text) {
			let words: string | null = null;
			const wasGiven = await giveTo(async () => {
				const { runPager } = await import('./pager.ts');
				words = await runPager(text, process.env, say);
			});
			return wasGiven ? words : cannotBeGiven;
		},
		suspend() {
			void giveTo(async () => {
				const goesOn = new Promise<void>(resolve => process.once('SIGCONT', () => resolve()));
				// The whole group, as the terminal's own Ctrl-Z does: npm and others around the program stop with it.
				process.kill(0, 'SIGTSTP');
				await goesOn;
			});
		},
		repaint() {
			if (isRepaintAsked) return;
			isRepaintAsked = true;
			// While a window is dragged to its size there are many signals, and a slow terminal gets one frame at a time.
			void drawn().then(() => {
				isRepaintAsked = false;
				// Whoever has the terminal draws on it; taken back, it is drawn whole.
				if (!isGiven) repaint();
			});
		},
		continued() {
			// Given away and taken back, every mode is set again and every cell drawn.
			void giveTo(async () => undefined);
		},
	};
}

/**
 * Has Node ask the terminal for its size, as it does after SIGWINCH: a process that is stopped or in the background is
 * not told of a change.
 */
function readSize(): void {
	process.emit('SIGWINCH', 'SIGWINCH');
}
