import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import type { SshEngine } from '../ssh/ssh-engine.ts';

/** Connections to an engine on another host, over one shared login. */
export class SshAgent extends Agent {
	readonly #ssh: SshConnection;
	#engine: SshEngine | null = null;

	constructor(ssh: SshConnection) {
		super({ keepAlive: true, maxFreeSockets: 4 });
		this.#ssh = ssh;
	}

	override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): undefined {
		this.#dial().then(
			stream => callback?.(null, stream),
			// Beside an error, the stream is not used.
			(error: unknown) => callback?.(error instanceof Error ? error : new Error(String(error)), new Duplex()),
		);
	}

	async #dial(): Promise<Duplex> {
		if (this.#engine === null) {
			const { SshEngine } = await import('../ssh/ssh-engine.ts');
			this.#engine ??= new SshEngine(this.#ssh);
		}
		return this.#engine.dial();
	}
}
