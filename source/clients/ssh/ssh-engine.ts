import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { SshConnection } from './ssh-connection.ts';

/** Of an engine installed by its package, where the docker command there does not say another one. */
const usualSocket = '/var/run/docker.sock';

/** Time for the engine to answer through the forwarded socket, ms. */
const pingLimitMs = 10_000;

/**
 * Connections to the engine of a remote host: its socket, forwarded, so that a connection costs no process on either
 * side and does not count as a session (sshd allows ten per login). If that is not possible, `docker system dial-stdio`
 * there, as the docker CLI does (docker/cli, cli/connhelper/connhelper.go).
 */
export class SshEngine {
	readonly #ssh: SshConnection;
	/** The forwarded socket; null: not possible. Of one login. */
	#found: { readonly login: number; readonly path: Promise<string | null> } | null = null;

	constructor(ssh: SshConnection) {
		this.#ssh = ssh;
	}

	/** The Unix socket here that leads to the engine; null if there is none. Throws SshError. */
	async socket(): Promise<string | null> {
		const login = await this.#ssh.ready();
		if (this.#found?.login !== login) this.#found = { login, path: forwarded(this.#ssh) };
		return this.#found.path;
	}

	/** Opens a connection. Throws SshError, or an error of the system. */
	async dial(): Promise<Duplex> {
		const path = await this.socket();
		return path === null ? this.#ssh.run(['docker', 'system', 'dial-stdio']) : opened(path);
	}
}

/** Makes a socket here that leads to the engine; null if that is not possible. */
async function forwarded(ssh: SshConnection): Promise<string | null> {
	try {
		const socket = await engineSocket(ssh);
		if (socket === null) return null;
		const path = await ssh.socketTo({ socket });
		return (await answers(path)) ? path : null;
	} catch {
		// The other way reports why.
		return null;
	}
}

/** The engine's socket on the host; null if its docker command uses something else. */
async function engineSocket(ssh: SshConnection): Promise<string | null> {
	// The remote shell removes the quotes.
	const asked = ssh.run(['docker', 'context', 'inspect', '--format', "'{{.Endpoints.docker.Host}}'"]);
	asked.end();
	const host = await text(asked).catch(() => `unix://${usualSocket}`);
	return /^unix:\/\/(\/[\w./@+-]+)$/.exec(host.trim())?.[1] ?? null;
}

/** Whether an engine answers: sshd may forbid it, and the user may not be allowed to use the socket. */
function answers(path: string): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(path, () =>
			socket.write('GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n'),
		);
		socket.setTimeout(pingLimitMs, () => socket.destroy());
		socket.once('data', bytes => {
			resolve(bytes.toString('latin1').startsWith('HTTP/'));
			socket.destroy();
		});
		socket.on('error', () => undefined).once('close', () => resolve(false));
	});
}

function opened(path: string): Promise<Duplex> {
	return new Promise((resolve, reject) => {
		const socket = connect(path);
		socket.once('error', reject).once('connect', () => {
			socket.off('error', reject);
			resolve(socket);
		});
	});
}
