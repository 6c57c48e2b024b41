import { readFileSync } from 'node:fs';
import type { Agent } from 'node:http';
import { join } from 'node:path';
import type { DockerOptions } from 'dockerode';
import type { DockerHost } from '../config/docker-host.ts';
import { SshAgent } from './ssh-agent.ts';

/** dockerode's options for an engine; it would mix in DOCKER_HOST on its own, which was resolved already. */
export function connectionOptions(host: DockerHost): DockerOptions & { agent?: Agent } {
	const nothing = { host: undefined, port: undefined, socketPath: undefined, protocol: 'http' as const };
	switch (host.kind) {
		case 'unix':
			return { ...nothing, socketPath: host.address.slice('unix://'.length) };
		case 'ssh':
			return { ...nothing, host: 'http://docker', agent: new SshAgent(host.address) };
		case 'tcp': {
			const url = new URL(host.address.replace(/^tcp:/, 'http:'));
			const tls = host.tlsDirectory;
			const protocol = tls || url.protocol === 'https:' ? 'https' : 'http';
			return {
				...nothing,
				host: url.hostname,
				port: url.port || (protocol === 'https' ? 2376 : 2375),
				protocol,
				...(tls ? { ca: pem(tls, 'ca'), cert: pem(tls, 'cert'), key: pem(tls, 'key') } : {}),
			};
		}
	}
}

function pem(directory: string, name: string): string {
	return readFileSync(join(directory, `${name}.pem`), 'utf8');
}
