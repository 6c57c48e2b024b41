import type { ReadStream, WriteStream } from 'node:tty';
import type { Monitor } from '../app/monitor.ts';
import { failureOf } from '../model/failures/failure.ts';
import type { ImageTerminal } from '../presentation/image/image-terminal.ts';
import type { Suspender } from '../ui/app.tsx';
import { clipboardSequence, copyOf } from '../ui/clipboard.ts';
import type { TerminalTools } from '../ui/controller/options.ts';
import type { TerminalAnswers } from '../ui/terminal-answers.ts';
import { type Message, phrase } from '../words/message.ts';
import { writer } from '../words/write.ts';

export type TerminalToolsOptions = {
	readonly monitor: Monitor;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** How the screen gives the terminal away; undefined before it is drawn. */
	readonly suspend: () => Suspender | undefined;
	/** Resolves when the terminal has received all output. */
	readonly drawn: () => Promise<void>;
	/** Draws every cell now, regardless of the cursor's position. */
	readonly repaint: () => void;
	/** The terminal's answers, which the screen reads. */
	readonly answers: TerminalAnswers;
};

/** Adds signals to what the screen needs. */
export type ProcessTerminal = TerminalTools & {
	/** The process continues after a stop (SIGCONT): size and modes of the terminal may have changed. */
	readonly continued: () => void;
};

/** The terminal's functions for the screen, besides drawing. */
export function terminalTools({
	monitor,
	stdin,
	stdout,
	suspend,
	drawn,
	repaint,
	answers,
}: TerminalToolsOptions): ProcessTerminal {
	const { config } = monitor;
	const { language } = config;
	const say = writer(language);
	const terminal = new SharedTerminal(suspend);
	let images: Promise<ImageTerminal> | undefined;
	return {
		drawn,
		images() {
			images ??= askAboutImages({ config, answers, write: text => stdout.write(text), repaint });
			return images;
		},
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
			return terminal.run(async () => {
				try {
					const { runShell } = await import('./shell.ts');
					return await runShell({ docker: monitor.clients.docker, containerId, name, stdin, stdout, say });
				} catch (error) {
					return failureOf(error).message;
				}
			});
		},
		async page(text) {
			return terminal.run(async () => {
				const { runPager } = await import('./pager.ts');
				return runPager(text, process.env);
			});
		},
		suspend() {
			void terminal.giveTo(async () => {
				const continues = new Promise<void>(resolve => process.once('SIGCONT', () => resolve()));
				// The whole group, as the terminal's own Ctrl-Z does: npm and others around the program stop with it.
				process.kill(0, 'SIGTSTP');
				await continues;
			});
		},
		repaint: onceDrawn(drawn, () => {
			// While another program has the terminal it draws itself; afterwards everything is drawn again.
			if (!terminal.isGiven) repaint();
		}),
		continued() {
			// Giving the terminal away and taking it back sets all modes and draws every cell.
			void terminal.giveTo(async () => undefined);
		},
	};
}

type Asking = Pick<TerminalToolsOptions, 'answers' | 'repaint'> & {
	readonly config: Monitor['config'];
	readonly write: (text: string) => void;
};

/** How the terminal shows images. */
async function askAboutImages({ config, answers, write, repaint }: Asking): Promise<ImageTerminal> {
	const [{ imageTerminal, isAnswered, isKittyAsked }, { hasNoColours }] = await Promise.all([
		import('../presentation/image/image-terminal.ts'),
		import('../presentation/theme.ts'),
	]);
	let mayBeDrawn = false;
	const hasColours = !hasNoColours(process.env) && config.theme !== 'mono';
	const found = await imageTerminal(config.options.images, process.env, hasColours, question => {
		mayBeDrawn = isKittyAsked(question);
		return answers.ask(question, write, isAnswered);
	});
	// A terminal that does not know the question may have drawn it as text.
	if (mayBeDrawn && found.shows !== 'kitty') repaint();
	return found;
}

const cannotBeGiven = phrase([
	'Another program is already using the terminal',
	'다른 프로그램이 이미 터미널을 쓰고 있습니다',
]);

/** The terminal, which one program at a time has: the screen, or what it started. */
class SharedTerminal {
	readonly #suspend: TerminalToolsOptions['suspend'];
	#isGiven = false;

	constructor(suspend: TerminalToolsOptions['suspend']) {
		this.#suspend = suspend;
	}

	get isGiven(): boolean {
		return this.#isGiven;
	}

	/**
	 * Gives the terminal to a task until its end, then takes it back in whatever state it is. False if it cannot be given
	 * away.
	 */
	async giveTo(task: () => Promise<void>): Promise<boolean> {
		const give = this.#suspend();
		if (!give || this.#isGiven) return false;
		this.#isGiven = true;
		try {
			await give(async () => {
				await task();
				readSize();
			});
		} finally {
			this.#isGiven = false;
		}
		return true;
	}

	/** The same for a program that ends with a message; also if it cannot be given away. */
	async run(program: () => Promise<Message | null>): Promise<Message | null> {
		let words: Message | null = null;
		const wasGiven = await this.giveTo(async () => {
			words = await program();
		});
		return wasGiven ? words : cannotBeGiven;
	}
}

/** Dragging a window sends many signals; a slow terminal gets one frame at a time. */
function onceDrawn(drawn: () => Promise<void>, draw: () => void): () => void {
	let isAsked = false;
	return () => {
		if (isAsked) return;
		isAsked = true;
		void drawn().then(() => {
			isAsked = false;
			draw();
		});
	};
}

/** Makes Node read the size of the terminal, as after SIGWINCH: a stopped or background process gets no such signal. */
function readSize(): void {
	process.emit('SIGWINCH', 'SIGWINCH');
}
