import { phrase } from '../../words/message.ts';
import { ConfigError } from '../failures/config-error.ts';
import type { Failure } from '../source.ts';

/**
 * Where the engine's address comes from: a variable of the docker CLI, one of its contexts, the demo, or the default.
 */
export type EngineFinder =
	| { readonly kind: 'environment'; readonly variable: string }
	| { readonly kind: 'docker context'; readonly name: string }
	| { readonly kind: 'demo' }
	| { readonly kind: 'default' };

/** The engine's address, and the docker CLI's setting that it comes from. */
export type DockerHost = {
	/** none: the stack has no engine, as managed Airflow. */
	readonly kind: 'unix' | 'tcp' | 'ssh' | 'none';
	/** As in the docker CLI: `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://user@host`; or `none`. */
	readonly address: string;
	/** For messages: `DOCKER_HOST`, `context colima`, `default socket`. */
	readonly origin: string;
	/** How it was found if it was not configured in laketop. */
	readonly foundBy?: EngineFinder | undefined;
	/** Folder with ca.pem, cert.pem, key.pem; of a context some may be missing. null for plain connections. */
	readonly tlsDirectory: string | null;
	/** A Docker context that speaks TLS without checking the engine's certificate. */
	readonly skipsTlsVerify?: true;
	/** Other engines with a socket on this host, if nothing is configured; the nearest first. */
	readonly alternatives?: readonly DockerHost[];
};

/** The engine of a demo, at the address of its socket. */
export function demoEngine(address: string): DockerHost {
	return { kind: 'unix', address, origin: 'demo', foundBy: { kind: 'demo' }, tlsDirectory: null };
}

/** A stack without an engine. `foundBy` default: nobody said so, but there is no socket, and Airflow or MLflow is named. */
export function noEngine(origin: string, foundBy?: EngineFinder): DockerHost {
	return { kind: 'none', address: noEngineAddress, origin, foundBy, tlsDirectory: null };
}

/** What is written in place of an engine's address. */
export const noEngineAddress = 'none';

/** Why nothing can be asked of an engine that does not exist. */
export function noEngineFailure({ origin, foundBy }: Pick<DockerHost, 'origin' | 'foundBy'>): Failure {
	return {
		kind: 'unconfigured',
		message:
			foundBy?.kind === 'default'
				? phrase([
						'This stack has no container engine: no socket was found',
						'이 스택에는 컨테이너 엔진이 없습니다: 소켓을 찾지 못했습니다',
					])
				: phrase(['This stack has no container engine ({origin})', '이 스택에는 컨테이너 엔진이 없습니다({origin})'], {
						origin,
					}),
		fix: phrase(['Pass --docker-host to use one', '엔진을 쓰려면 --docker-host를 지정하세요']),
	};
}

/** Address of a `tcp` engine. `hostname` without the brackets of an IPv6 address. */
export type TcpAddress = { readonly hostname: string; readonly port: number; readonly isSecure: boolean };

/** Takes a host made by `parseDockerHost`. Throws ConfigError for one that it would refuse. */
export function tcpAddress({ address, origin, tlsDirectory, skipsTlsVerify }: DockerHost): TcpAddress {
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
	const isSecure = tlsDirectory !== null || skipsTlsVerify === true || address.startsWith('https:');
	const { hostname, port } = parts;
	return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port ?? (isSecure ? 2376 : 2375), isSecure };
}

/** The host name of an engine for URLs; null if the engine is on this host. */
export function engineHostname({ kind, address }: DockerHost): string | null {
	if (kind === 'unix' || kind === 'none') return null;
	return (kind === 'tcp' ? tcpParts(address)?.hostname : URL.parse(address)?.hostname) ?? null;
}

/** Host name and port of an address; null if it is invalid. */
export function tcpParts(address: string): { hostname: string; port: number | null } | null {
	// Only as http, a numeric host name is checked as an IPv4 address. But a URL drops the default port of its scheme, so
	// the port is read with a scheme that has none.
	const web = URL.parse(address.replace(/^\w+:/, 'http:'));
	const plain = URL.parse(address.replace(/^\w+:/, 'tcp:'));
	if (!web?.hostname || !plain || plain.port === '0') return null;
	return { hostname: web.hostname, port: plain.port === '' ? null : Number(plain.port) };
}

/** Whether this is the socket of an engine installed by its package. */
export function isDefaultSocket({ address }: Pick<DockerHost, 'address'>): boolean {
	return /^unix:\/\/(\/var)?\/run\/docker\.sock$/.test(address);
}

/** Whether the address is that of Podman's own socket (podman-system-service(1): `/podman/podman.sock`). */
export function isPodmanSocket({ address }: Pick<DockerHost, 'address'>): boolean {
	return /^(unix|ssh):\/\/.*\/podman\.sock$/.test(address);
}

/** The version of a Podman engine, as `DockerClient.version` reports it: Docker's is the number alone. */
export const podmanVersion = (number: string): string => `podman ${number}`;

/** Whether an engine's version is a Podman's. */
export const isPodmanVersion = (version: string): boolean => version.startsWith(podmanVersion(''));

/** The program of a server and its number: the engine is Docker or Podman. */
export function programOf(
	source: string,
	version: string | undefined,
): { program: string; number: string | undefined } {
	if (version === undefined || !isPodmanVersion(version)) return { program: source, number: version };
	return { program: 'podman', number: version.slice(podmanVersion('').length) };
}

/** The program at an address, for messages: it is not known before it has answered. */
export function engineName(host: Pick<DockerHost, 'address'>): 'Docker' | 'Podman' {
	return isPodmanSocket(host) ? 'Podman' : 'Docker';
}

/** The user in an ssh address; empty without one, null if it is not encoded as URLs require. */
export function sshUser({ username }: URL): string | null {
	try {
		return decodeURIComponent(username);
	} catch {
		return null;
	}
}
