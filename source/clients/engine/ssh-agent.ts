import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SshConnection } from '../ssh/ssh-connection.ts';

/**
 * Connections to an engine on another host, made as by the docker CLI: `ssh … docker system dial-stdio`, over one
 * shared login. Source: docker/cli, cli/connhelper/connhelper.go.
 */
export class SshAgent extends Agent {
	readonly #ssh: SshConnection;

	constructor(ssh: SshConnection) {
		super({ keepAlive: true, maxFreeSockets: 4 });
		this.#ssh = ssh;
	}

	override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): Duplex {
		const stream = this.#ssh.run(['docker', 'system', 'dial-stdio']);
		callback?.(null, stream);
		return stream;
	}
}
