import type { ServerName } from '../../model/stack/discovery.ts';
import type { StackState } from '../../model/state.ts';
import { sshDestination } from './printed-command.ts';

export type CurlRoute = {
	/** What has to be run first. */
	readonly before: string;
	/** curl with the options that lead there. */
	readonly curl: string;
	readonly address: string;
};

/**
 * How curl reaches a server. The host of an ssh address is often an alias that only ssh knows, and the port is published
 * to that host alone. ssh ends after a minute, in which a password can be typed. Unlike a TCP port, the socket is
 * open to nobody else (ssh_config(5), StreamLocalBindMask).
 */
export function curlRoute(state: StackState, server: ServerName): CurlRoute {
	const address =
		state.sources[server]?.address ?? state.stack?.servers[server].url ?? `http://${server.toUpperCase()}`;
	const target = state.stack?.servers[server].throughSsh;
	if (target === undefined) return { before: '', curl: 'curl', address };
	const socket = '/tmp/laketop-$$';
	const host = target.host.includes(':') ? `[${target.host}]` : target.host;
	const options = '-o ExitOnForwardFailure=yes -o StreamLocalBindUnlink=yes';
	return {
		before: `ssh -f ${options} -L "${socket}:${host}:${target.port}" ${sshDestination(state)} sleep 60 && `,
		curl: `curl --unix-socket "${socket}"`,
		address: address.replace(/^(https?:\/\/)[^/]*/, `$1localhost:${target.port}`),
	};
}
