import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Duplex, type Readable, type Writable } from 'node:stream';
import { complaintKept, connectionFailed, endOfSsh, SshError, sshNotStarted } from './ssh-error.ts';

/**
 * The two pipes of an ssh process as one stream, which ends or fails with the process, in ssh's words. The process has
 * a session of its own: Ctrl-C in another program on this terminal must not end it.
 */
export class SshStream extends Duplex {
	readonly #words: Promise<readonly string[]>;
	#ssh: ChildProcessByStdio<Writable, Readable, Readable> | null = null;
	#complaint = '';

	/** @param words arguments of ssh; if they reject, the stream fails with their error */
	constructor(words: Promise<readonly string[]>) {
		super({ allowHalfOpen: true });
		this.#words = words;
	}

	// Node reads, writes and destroys only after the callback.
	override _construct(callback: (error?: Error | null) => void): void {
		this.#words.then(
			words => {
				this.#start(words);
				callback();
			},
			(error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
		);
	}

	#start(words: readonly string[]): void {
		const ssh = spawn('ssh', words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
		this.#ssh = ssh;
		ssh.stdout.on('data', (chunk: Buffer) => {
			if (!this.push(chunk)) ssh.stdout.pause();
		});
		ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.#complaint = (this.#complaint + text).slice(-complaintKept);
		});
		// The reason for a failed write is known when the process has ended.
		ssh.stdin.on('error', () => undefined);
		ssh.on('error', error => this.destroy(sshNotStarted(error)));
		// Not at the end of its output: only now it is known whether that was an end or a failure.
		ssh.on('close', code => {
			const isLost = code === null || code === connectionFailed;
			if (code === 0) this.push(null);
			else this.destroy(new SshError(endOfSsh(this.#complaint, code), { isLost }));
		});
	}

	override _read(): void {
		this.#ssh?.stdout.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
		this.#ssh?.stdin.write(chunk, () => callback());
	}

	override _final(callback: () => void): void {
		this.#ssh?.stdin.end(() => callback());
	}

	override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
		this.#ssh?.kill();
		callback(error);
	}

	// Node's HTTP calls these on a socket; a pipe does not need them.
	setKeepAlive(): this {
		return this;
	}
	setNoDelay(): this {
		return this;
	}
	setTimeout(): this {
		return this;
	}
	ref(): this {
		return this;
	}
	unref(): this {
		return this;
	}
}
