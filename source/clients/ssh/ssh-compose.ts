import type { SshConnection } from './ssh-connection.ts';
import type { SshEngine } from './ssh-engine.ts';

/** For Compose: a socket that leads to the engine of the host. Loaded when it is first needed. */
export function engineSocketOf(ssh: SshConnection | null): () => Promise<string | null> {
	let engine: SshEngine | null = null;
	return async () => {
		if (ssh === null) return null;
		const { SshEngine } = await import('./ssh-engine.ts');
		engine ??= new SshEngine(ssh);
		return engine.socket();
	};
}
