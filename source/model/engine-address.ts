import { phrase } from '../words/message.ts';
import { ConfigError } from './config-error.ts';

/** What said where the engine is: a variable of the docker CLI, one of its contexts, the demo, or nothing. */
export type EngineFinder =
	| { readonly kind: 'environment'; readonly variable: string }
	| { readonly kind: 'docker context'; readonly name: string }
	| { readonly kind: 'demo' }
	| { readonly kind: 'default' };

/** Where the engine is, and which of the docker CLI's ways of saying so was taken. */
export type DockerHost = {
	readonly kind: 'unix' | 'tcp' | 'ssh';
	/** As the docker CLI writes it: `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://user@host`. */
	readonly address: string;
	/** For messages: `DOCKER_HOST`, `context colima`, `default socket`. */
	readonly origin: string;
	/** How it was found where nobody named it to laketop. */
	readonly foundBy?: EngineFinder | undefined;
	/** Folder with ca.pem, cert.pem, key.pem; null for plain connections. */
	readonly tlsDirectory: string | null;
};

/** The engine of a demo, at the address of its socket. */
export function demoEngine(address: string): DockerHost {
	return { kind: 'unix', address, origin: 'demo', foundBy: { kind: 'demo' }, tlsDirectory: null };
}

/** Where a `tcp` engine listens. `hostname` without the brackets of an IPv6 address. */
export type TcpAddress = { readonly hostname: string; readonly port: number; readonly isSecure: boolean };

/** Of a host that `parseDockerHost` made. Throws ConfigError for one that it would refuse. */
export function tcpAddress({ address, origin, tlsDirectory }: DockerHost): TcpAddress {
	const parts = tcpParts(address);
	if (parts === null) {
		throw new ConfigError(
			phrase(['{origin}: {address} is not an address', '{origin}: {address}은(는) 주소가 아닙니다'], {
				origin,
				address,
			}),
			phrase(['Write tcp://host:2375', 'tcp://host:2375 형식으로 쓰세요']),
		);
	}
	const isSecure = tlsDirectory !== null || address.startsWith('https:');
	const { hostname, port } = parts;
	return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port ?? (isSecure ? 2376 : 2375), isSecure };
}

/** The name of an engine's machine as URLs write it; null where the engine is on this one. */
export function engineHostname({ kind, address }: DockerHost): string | null {
	if (kind === 'unix') return null;
	return (kind === 'tcp' ? tcpParts(address)?.hostname : URL.parse(address)?.hostname) ?? null;
}

/** Host name and port of an address; null where it is none. */
export function tcpParts(address: string): { hostname: string; port: number | null } | null {
	// As http, numbers in the place of a host name are checked as the IPv4 address that they are; in other schemes only is
	// a port told that is the scheme's own.
	const web = URL.parse(address.replace(/^\w+:/, 'http:'));
	const plain = URL.parse(address.replace(/^\w+:/, 'tcp:'));
	if (!web?.hostname || !plain || plain.port === '0') return null;
	return { hostname: web.hostname, port: plain.port === '' ? null : Number(plain.port) };
}

/** Whether this is the socket that an engine installed by its package listens on. */
export function isDefaultSocket({ address }: Pick<DockerHost, 'address'>): boolean {
	return /^unix:\/\/(\/var)?\/run\/docker\.sock$/.test(address);
}

/** The user's name in an ssh address; empty where there is none, null where it is not encoded as URLs want it. */
export function sshUser({ username }: URL): string | null {
	try {
		return decodeURIComponent(username);
	} catch {
		return null;
	}
}
