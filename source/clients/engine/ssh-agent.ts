import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex, type Readable, type Writable } from 'node:stream';
import { cleanText } from '../../model/clean-text.ts';
import { DescribedError } from '../../model/described-error.ts';
import { sshUser } from '../../model/engine-address.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';

/** ssh's message about a connection that failed or broke: a sentence. */
export class SshError extends DescribedError {
	override name = 'SshError';
}

/**
 * Connections to an engine on another host, made as by the docker CLI: `ssh … docker system dial-stdio`, so that the
 * user's own ssh settings, keys, agents and known hosts apply. Source: docker/cli, cli/connhelper/connhelper.go.
 */
export class SshAgent extends Agent {
	readonly #arguments: string[];

	constructor(address: string) {
		super({ keepAlive: true, maxFreeSockets: 4 });
		const url = URL.parse(address);
		if (url === null)
			throw new SshError(phrase(['{address} is not an address', '{address}은(는) 주소가 아닙니다'], { address }));
		const user = sshUser(url);
		const destination = [...(user ? ['-l', user] : []), ...(url.port ? ['-p', url.port] : []), '--', url.hostname];
		// BatchMode: a password prompt would be hidden behind the full-screen program.
		this.#arguments = [
			'-o',
			'ConnectTimeout=15',
			'-o',
			'BatchMode=yes',
			...destination,
			'docker',
			'system',
			'dial-stdio',
		];
	}

	override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): Duplex {
		const stream = new SshStream(spawn('ssh', this.#arguments, { stdio: ['pipe', 'pipe', 'pipe'] }));
		callback?.(null, stream);
		return stream;
	}
}

/** Maximum characters kept of ssh's messages. */
const complaintKept = 500;

/** The two pipes of an ssh process as one stream, which ends or fails with the process, in ssh's words. */
class SshStream extends Duplex {
	readonly #ssh: ChildProcessByStdio<Writable, Readable, Readable>;
	#complaint = '';

	constructor(ssh: ChildProcessByStdio<Writable, Readable, Readable>) {
		super({ allowHalfOpen: true });
		this.#ssh = ssh;
		ssh.stdout.on('data', (chunk: Buffer) => {
			if (!this.push(chunk)) ssh.stdout.pause();
		});
		ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.#complaint = (this.#complaint + text).slice(-complaintKept);
		});
		// The reason for a failed write is known when the process has ended.
		ssh.stdin.on('error', () => undefined);
		ssh.on('error', error => {
			const isMissing = 'code' in error && error.code === 'ENOENT';
			this.destroy(
				new SshError(
					isMissing
						? phrase(['ssh is not installed here', 'ssh가 설치되어 있지 않습니다'])
						: quoted(`ssh: ${error.message}`),
				),
			);
		});
		// Not at the end of its output: only now it is known whether that was an end or a failure.
		ssh.on('close', code => {
			if (code === 0) this.push(null);
			else this.destroy(new SshError(this.#inWords(code)));
		});
	}

	#inWords(code: number | null): Message {
		const words = cleanText(this.#complaint.trim().split('\n').at(-1) ?? '').trim();
		if (words !== '') return quoted(`ssh: ${words.replace(/\.$/, '')}`);
		if (code === null) return phrase(['ssh was killed', 'ssh가 강제 종료되었습니다']);
		return phrase(['ssh exited with code {code}', 'ssh가 종료 코드 {code}으로(로) 끝났습니다'], { code });
	}

	override _read(): void {
		this.#ssh.stdout.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
		this.#ssh.stdin.write(chunk, () => callback());
	}

	override _final(callback: () => void): void {
		this.#ssh.stdin.end(() => callback());
	}

	override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
		this.#ssh.kill();
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
