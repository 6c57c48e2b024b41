import type { ComposeClient } from '../../clients/compose.ts';
import { describe } from '../../model/failures/described-error.ts';
import type { Clock } from '../../model/time/clock.ts';
import type { Message } from '../../words/message.ts';
import { watchReader } from './reader-watch.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The surroundings of a command: those of the process, or of a test. */
export type Io = {
	readonly environment: Environment;
	readonly workingDirectory: string;
	readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
	readonly stdout: NodeJS.WritableStream & {
		readonly isTTY?: boolean;
		readonly columns?: number;
		readonly rows?: number;
	};
	readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
	readonly clock: Clock;
	/** Docker Compose of a test; otherwise a process. */
	readonly compose?: ComposeClient | undefined;
	/** Aborted when the user interrupts or the system ends the process; the reason is the exit code. */
	readonly signal: AbortSignal;
	/** ms since the process started; absent in a test, whose process is older. */
	readonly uptimeMs?: () => number;
	/**
	 * Starts laketop with these words, without a terminal; it continues after this process has ended. Absent in a test.
	 */
	readonly startDetached?: (words: readonly string[]) => void;
};

/** The reader of the output has gone (`| head`). */
export class OutputClosed extends Error {
	override name = 'OutputClosed';
}

/** Standard output: waits for a slow reader, and notices when the reader has gone. */
export class Output {
	readonly #stream: Io['stdout'];
	readonly #gone = new AbortController();
	readonly #failed = (error: Error & { code?: string }) => this.#gone.abort(error);

	constructor(stream: Io['stdout']) {
		this.#stream = stream;
		stream.on('error', this.#failed);
	}

	/** Aborted when the reader has gone. */
	get closed(): AbortSignal {
		return this.#gone.signal;
	}

	/** For commands that follow a log: notices that the reader has gone even while there is nothing to write. */
	watchReader(): void {
		watchReader(this.#stream, () => this.#gone.abort(new OutputClosed()));
	}

	get isTerminal(): boolean {
		return this.#stream.isTTY === true;
	}

	/** Cells of a row; 80 if the terminal does not report its size. */
	get columns(): number {
		return this.#stream.columns || 80;
	}

	get rows(): number {
		return this.#stream.rows || 24;
	}

	/** Resolves when there is room for more. Throws OutputClosed, and other errors of the stream (a full disk). */
	async write(text: string): Promise<void> {
		this.#check();
		const hasRoom = this.#stream.write(text);
		if (!hasRoom) {
			await new Promise<void>(resolve => {
				const go = () => {
					this.#stream.off('drain', go);
					this.#gone.signal.removeEventListener('abort', go);
					resolve();
				};
				this.#stream.on('drain', go);
				this.#gone.signal.addEventListener('abort', go);
			});
		}
		this.#check();
	}

	/** Why it failed, other than a reader that has gone: a full disk. */
	get failure(): Message | null {
		if (!this.closed.aborted || this.#isGone()) return null;
		const error: unknown = this.closed.reason;
		return describe(error);
	}

	/** Resolves when everything was written. Throws like `write`. */
	async end(): Promise<void> {
		if (!this.closed.aborted) await new Promise<void>(resolve => this.#stream.write('', () => resolve()));
		// A file reports a full disk a moment later.
		await new Promise(resolve => setImmediate(resolve));
		this.#stream.off('error', this.#failed);
		this.#check();
	}

	#check(): void {
		if (!this.closed.aborted) return;
		if (this.#isGone()) throw new OutputClosed();
		throw this.closed.reason;
	}

	#isGone(): boolean {
		const error: unknown = this.closed.reason;
		if (error instanceof OutputClosed) return true;
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
	}
}
