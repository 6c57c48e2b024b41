import { connect } from 'node:net';
import type { buildConnector } from 'undici';
import type { SshTarget } from '../../model/engine/ssh-state.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import { hostAndPort } from '../ssh/ssh-words.ts';

/** Requests go through the ssh connection, to the address as its host sees it. */
export type SshRoute = { readonly ssh: Pick<SshConnection, 'socketTo'>; readonly to: SshTarget };

/** The route to an address that is reached through ssh; undefined for any other. */
export function sshRoute(ssh: SshConnection | null, to: SshTarget | undefined): SshRoute | undefined {
	return ssh === null || to === undefined ? undefined : { ssh, to };
}

/** Makes undici's connections through ssh: to the Unix socket that leads to the target. Only for plain HTTP. */
export function connectorThrough({ ssh, to }: SshRoute): buildConnector.connector {
	return (_options, callback) => {
		ssh.socketTo(to).then(
			path => {
				const socket = connect(path);
				const failed = (error: Error) => callback(error, null);
				socket.once('error', failed).once('connect', () => {
					socket.off('error', failed);
					callback(null, socket);
				});
			},
			(error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
		);
	};
}

/** The Host header of a request on the host itself. */
export function authorityOf(to: SshTarget): string {
	const isLoopback = to.host === '127.0.0.1' || to.host === '::1';
	return isLoopback ? `localhost:${to.port}` : hostAndPort(to);
}
