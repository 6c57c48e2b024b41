import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { SshStatus, SshTarget } from '../../model/engine/ssh-state.ts';
import { backoffMs } from '../../model/time/backoff.ts';
import type { Clock } from '../../model/time/clock.ts';
import { phrase, quoted } from '../../words/message.ts';
import type { LocalPort } from './local-port.ts';
import { SshError } from './ssh-error.ts';
import type { SshLogin } from './ssh-login.ts';
import { SshStream } from './ssh-stream.ts';
import { destinationWords, type ForwardTarget, sessionWords } from './ssh-words.ts';

/** A Unix socket here that leads to a target as long as the login is open. */
type Forward = {
	readonly login: SshLogin;
	readonly target: ForwardTarget;
	readonly path: string;
	readonly ready: Promise<void>;
};

/**
 * The connection to a remote host: one login, over which commands run, and addresses of that host are reached through
 * sockets in a private folder. It is opened when it is first needed. When it breaks, it is opened again after growing
 * pauses; until then every use fails at once.
 */
export class SshConnection {
	readonly #destination: readonly string[];
	readonly #clock: Clock;
	readonly #random: () => number;
	readonly #closing = new AbortController();
	readonly #streams = new Set<Duplex>();
	/** By target. */
	readonly #forwards = new Map<string, Forward>();
	#forwardsMade = 0;
	/** For browsers, by target; and the numbers of those that are open. */
	readonly #ports = new Map<string, Promise<LocalPort>>();
	readonly #openPorts = new Map<string, number>();
	#folder: string | null = null;
	#listener: (status: SshStatus) => void = () => undefined;
	#login: Promise<SshLogin> | null = null;
	/** Why there is no login, after the first attempt. */
	#failure: SshError | null = null;
	#failures = 0;
	#logins = 0;
	#retry = new AbortController();

	/** @param address `ssh://user@host:port`. Throws SshError for an invalid one. */
	constructor(address: string, clock: Clock, random: () => number = Math.random) {
		this.#destination = destinationWords(address);
		this.#clock = clock;
		this.#random = random;
	}

	/** The function is called with every change from now on. */
	onChange(listener: (status: SshStatus) => void): void {
		this.#listener = listener;
	}

	/** Runs a command on the host. The stream is its input and output; it fails with SshError. */
	run(command: readonly string[]): Duplex {
		const words = this.#open().then(({ control }) => sessionWords(this.#destination, control, command));
		const stream = new SshStream(words);
		this.#streams.add(stream);
		stream.once('close', () => this.#streams.delete(stream));
		return stream;
	}

	/** Resolves with the number of the current login, which is the first, the second, …. Throws SshError. */
	async ready(): Promise<number> {
		await this.#open();
		return this.#logins;
	}

	/** The path of a Unix socket here that leads to the target. Throws SshError. */
	async socketTo(target: ForwardTarget): Promise<string> {
		const login = await this.#open();
		const key = forwardKey(target);
		const known = this.#forwards.get(key);
		const forward = known?.login === login ? known : this.#forward(login, target);
		if (known !== undefined && forward !== known) rmSync(known.path, { force: true });
		this.#forwards.set(key, forward);
		await forward.ready.catch((error: unknown) => {
			if (this.#forwards.get(key) === forward) this.#forwards.delete(key);
			throw error;
		});
		return forward.path;
	}

	/** A port of the loopback address here that leads to the target until it is closed. Throws if none can be opened. */
	openPort(target: SshTarget): Promise<LocalPort> {
		const key = forwardKey(target);
		const port =
			this.#ports.get(key) ??
			import('./local-port.ts').then(({ openLocalPort }) => openLocalPort(to => this.socketTo(to), target));
		this.#ports.set(key, port);
		port.then(
			({ port: number }) => this.#openPorts.set(key, number),
			() => this.#ports.delete(key),
		);
		return port;
	}

	/** The port that is open for the target; null: none. */
	portFor(target: SshTarget): number | null {
		return this.#openPorts.get(forwardKey(target)) ?? null;
	}

	async closePort(target: SshTarget): Promise<void> {
		const key = forwardKey(target);
		const port = this.#ports.get(key);
		this.#ports.delete(key);
		this.#openPorts.delete(key);
		(await port)?.close();
	}

	/** Tries again now if the connection is lost, instead of after its pause. */
	retryNow(): void {
		this.#retry.abort();
	}

	/** Ends everything that runs over the connection; resolves when no process is left. */
	async close(): Promise<void> {
		this.#closing.abort();
		for (const stream of this.#streams) stream.destroy();
		for (const port of this.#ports.values()) void port.then(open => open.close());
		const login = await this.#login?.catch(() => null);
		if (login?.isShared) await this.#withdraw(login);
		await login?.close();
		if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
	}

	#open(): Promise<SshLogin> {
		if (this.#closing.signal.aborted) return Promise.reject(ended());
		if (this.#failure !== null) return Promise.reject(this.#failure);
		this.#login ??= this.#logIn();
		return this.#login;
	}

	async #logIn(): Promise<SshLogin> {
		if (this.#failure === null) this.#listener({ status: 'connecting', problem: null });
		const { signal } = this.#closing;
		try {
			const [{ logIn }, { makePrivateFolder }] = await Promise.all([
				import('./ssh-login.ts'),
				import('./private-folder.ts'),
			]);
			this.#folder ??= makePrivateFolder(process.env.XDG_RUNTIME_DIR);
			const login = await logIn(this.#destination, this.#folder, signal);
			this.#failure = null;
			this.#failures = 0;
			this.#logins++;
			void login.ended.then(reason => this.#lost(reason));
			if (!signal.aborted) this.#listener({ status: 'connected', problem: null });
			return login;
		} catch (error) {
			const reason = error instanceof SshError ? error : new SshError(quoted(String(error)));
			this.#lost(reason);
			throw reason;
		}
	}

	#lost(reason: SshError): void {
		this.#login = null;
		this.#failure = reason;
		this.#failures++;
		if (this.#closing.signal.aborted) return;
		this.#retry = new AbortController();
		this.#listener({ status: 'lost', problem: reason.description });
		const pauseOver = AbortSignal.any([this.#closing.signal, this.#retry.signal]);
		void this.#clock.sleep(backoffMs(this.#failures, this.#random()), pauseOver).then(() => {
			if (this.#closing.signal.aborted) return;
			this.#login = this.#logIn();
			// Its failure is reported to the listener, and tried again.
			this.#login.catch(() => undefined);
		});
	}

	#forward(login: SshLogin, target: ForwardTarget): Forward {
		const path = join(this.#folder ?? '', String(++this.#forwardsMade));
		const ready = import('./ssh-login.ts').then(({ openForward }) =>
			openForward(this.#destination, login.control, target, path),
		);
		return { login, target, path, ready };
	}

	/** The user's own login would keep the sockets open. */
	async #withdraw(login: SshLogin): Promise<void> {
		const { closeForward } = await import('./ssh-login.ts');
		for (const { target, path, ...forward } of this.#forwards.values()) {
			if (forward.login === login) await closeForward(this.#destination, login.control, target, path);
		}
	}
}

const forwardKey = (target: ForwardTarget) => JSON.stringify(target);

function ended(): SshError {
	return new SshError(phrase(['the ssh connection has been closed', 'ssh 연결을 종료했습니다']));
}
