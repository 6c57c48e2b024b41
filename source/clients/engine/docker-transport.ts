import { Agent, type RequestOptions } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { join } from 'node:path';
import { type DockerHost, tcpAddress } from '../../model/engine-address.ts';
import { readRegularFile } from '../regular-file.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import { SshAgent } from './ssh-agent.ts';

/** How requests reach an engine: what `http.request` needs besides the request itself. */
export type EngineConnection = {
	readonly target: Pick<RequestOptions, 'socketPath' | 'hostname' | 'port' | 'agent'>;
	readonly isSecure: boolean;
};

/** Idle connections that are kept for the next request. */
const kept = { keepAlive: true, maxFreeSockets: 4 };

/**
 * Throws if the certificates cannot be read.
 * @param ssh the connection to the host of an `ssh` engine
 */
export function connectionTo(host: DockerHost, ssh: SshConnection | null): EngineConnection {
	switch (host.kind) {
		case 'unix':
			return {
				target: { socketPath: host.address.slice('unix://'.length), agent: new Agent(kept) },
				isSecure: false,
			};
		case 'ssh':
			if (ssh === null) throw new Error('an engine behind ssh needs its connection');
			return { target: { hostname: 'docker', agent: new SshAgent(ssh) }, isSecure: false };
		case 'tcp': {
			const { hostname, port, isSecure } = tcpAddress(host);
			const tls = host.tlsDirectory;
			const certificates = tls ? { ca: pem(tls, 'ca'), cert: pem(tls, 'cert'), key: pem(tls, 'key') } : {};
			const agent = isSecure ? new SecureAgent({ ...kept, ...certificates }) : new Agent(kept);
			return { target: { hostname, port, agent }, isSecure };
		}
	}
}

function pem(directory: string, name: string): string {
	return readRegularFile(join(directory, `${name}.pem`));
}
