import { existsSync } from 'node:fs';
import { Agent, type RequestOptions } from 'node:http';
import { type AgentOptions, Agent as SecureAgent } from 'node:https';
import { join } from 'node:path';
import { type DockerHost, noEngineFailure, tcpAddress } from '../../model/engine/engine-address.ts';
import { ClientError } from '../../model/failures/failure.ts';
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
		case 'none':
			return { target: { hostname: 'none', agent: new NoEngineAgent(host) }, isSecure: false };
		case 'ssh':
			if (ssh === null) throw new Error('an engine behind ssh needs its connection');
			return { target: { hostname: 'docker', agent: new SshAgent(ssh) }, isSecure: false };
		case 'tcp': {
			const { hostname, port, isSecure } = tcpAddress(host);
			const agent = isSecure ? new SecureAgent({ ...kept, ...tlsOptions(host) }) : new Agent(kept);
			return { target: { hostname, port, agent }, isSecure };
		}
	}
}

/** A Docker context may have the certificate of the authority alone, or none and no check. */
function tlsOptions({ tlsDirectory, skipsTlsVerify }: DockerHost): AgentOptions {
	const files = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' };
	const pems = Object.entries(files).flatMap(([option, name]) => {
		const path = join(tlsDirectory ?? '', name);
		return tlsDirectory !== null && existsSync(path) ? [[option, readRegularFile(path)]] : [];
	});
	return { ...Object.fromEntries(pems), ...(skipsTlsVerify ? { rejectUnauthorized: false } : {}) };
}

/** Fails every connection, because there is nothing to connect to. */
class NoEngineAgent extends Agent {
	readonly #host: DockerHost;

	constructor(host: DockerHost) {
		super();
		this.#host = host;
	}

	override createConnection(): never {
		throw ClientError.of(noEngineFailure(this.#host));
	}
}
