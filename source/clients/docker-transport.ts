import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import type { DockerOptions } from 'dockerode';
import type { DockerHost } from '../config/docker-host.ts';

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

/**
 * Connections to an engine on another host as the docker CLI makes them: `ssh … docker system dial-stdio`, so that the
 * user's own ssh settings, keys, agents and known hosts hold. Source: docker/cli, cli/connhelper/connhelper.go.
 */
class SshAgent extends Agent {
	readonly #arguments: string[];

	constructor(address: string) {
		super({ keepAlive: true, maxFreeSockets: 4 });
		const url = new URL(address);
		const destination = [
			...(url.username ? ['-l', decodeURIComponent(url.username)] : []),
			...(url.port ? ['-p', url.port] : []),
			'--',
			url.hostname,
		];
		// BatchMode: a question for a password would be asked behind the full-screen program.
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
		const ssh = spawn('ssh', this.#arguments, { stdio: ['pipe', 'pipe', 'pipe'] });
		const stream = Duplex.from({ writable: ssh.stdin, readable: ssh.stdout });
		let complaint = '';
		ssh.stderr.setEncoding('utf8').on('data', (text: string) => {
			complaint = (complaint + text).slice(-500);
		});
		ssh.on('error', error => stream.destroy(error));
		ssh.on('exit', code => {
			if (code) stream.destroy(new Error(`ssh ended with ${code}: ${complaint.trim().split('\n').at(-1) ?? ''}`));
		});
		stream.on('close', () => ssh.kill());
		callback?.(null, stream);
		return stream;
	}
}
