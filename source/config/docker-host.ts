import { createHash } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readRegularFile } from '../clients/regular-file.ts';
import { shownAddress } from '../model/address.ts';
import { ConfigError } from '../model/config-error.ts';
import { outsideText } from '../model/outside-text.ts';

/** Where the engine is, and which of the docker CLI's ways of saying so was taken. */
export type DockerHost = {
	readonly kind: 'unix' | 'tcp' | 'ssh';
	/** As the docker CLI writes it: `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://user@host`. */
	readonly address: string;
	/** For messages: `DOCKER_HOST`, `context colima`, `default`. */
	readonly origin: string;
	/** Folder with ca.pem, cert.pem, key.pem; null for plain connections. */
	readonly tlsDirectory: string | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Resolves the engine as the docker CLI does: what was given (by whom, for messages), DOCKER_HOST, DOCKER_CONTEXT, the current context of
 * ~/.docker/config.json, the default socket; and then, where that one is absent, the sockets of rootless Docker and of
 * Podman. Sources: docker/cli, cli/command/cli.go (resolveContextName), cli/context/store.
 */
export function resolveDockerHost(
	given: string | undefined,
	environment: Environment,
	givenBy = '--docker-host',
): DockerHost {
	const tlsDirectory = environment.DOCKER_TLS_VERIFY
		? (environment.DOCKER_CERT_PATH ?? join(homedir(), '.docker'))
		: null;
	if (given) return parseDockerHost(given, givenBy, tlsDirectory);
	if (environment.DOCKER_HOST) return parseDockerHost(environment.DOCKER_HOST, 'DOCKER_HOST', tlsDirectory);
	const directory = environment.DOCKER_CONFIG ?? join(homedir(), '.docker');
	const context = environment.DOCKER_CONTEXT ?? currentContext(directory);
	if (context && context !== 'default') return contextHost(directory, context);
	const candidates = [
		'/var/run/docker.sock',
		...(environment.XDG_RUNTIME_DIR ? [join(environment.XDG_RUNTIME_DIR, 'docker.sock')] : []),
		join(homedir(), '.docker', 'run', 'docker.sock'),
		...(environment.XDG_RUNTIME_DIR ? [join(environment.XDG_RUNTIME_DIR, 'podman', 'podman.sock')] : []),
		'/run/podman/podman.sock',
	];
	const path = candidates.find(exists) ?? '/var/run/docker.sock';
	return { kind: 'unix', address: `unix://${path}`, origin: 'default socket', tlsDirectory: null };
}

export function parseDockerHost(address: string, origin: string, tlsDirectory: string | null): DockerHost {
	const scheme = /^([a-z]+):\/\/(.+)$/.exec(address);
	switch (scheme?.[1]) {
		case 'unix':
			return { kind: 'unix', address, origin, tlsDirectory: null };
		case 'tcp':
		case 'http':
		case 'https':
			if (tcpParts(address) === null) break;
			if (tlsDirectory !== null) checkCertificates(tlsDirectory, origin);
			// A password in it is used by nobody, and whoever holds the address shows it.
			return { kind: 'tcp', address: shownAddress(address), origin, tlsDirectory };
		case 'ssh':
			if (!isSshAddress(address)) break;
			return { kind: 'ssh', address: shownAddress(address), origin, tlsDirectory: null };
		default:
			break;
	}
	throw new ConfigError(
		`${origin}: ${shownAddress(address)} is not the address of a Docker Engine`,
		'Write unix:///path/docker.sock, tcp://host:2375 or ssh://user@host',
	);
}

/** Whether this is the socket that an engine installed by its package listens on. */
export function isDefaultSocket({ address }: Pick<DockerHost, 'address'>): boolean {
	return /^unix:\/\/(\/var)?\/run\/docker\.sock$/.test(address);
}

/** Where a `tcp` engine listens. `hostname` without the brackets of an IPv6 address. */
export type TcpAddress = { readonly hostname: string; readonly port: number; readonly isSecure: boolean };

/** Of a host that `parseDockerHost` made. Throws ConfigError for one that it would refuse. */
export function tcpAddress({ address, origin, tlsDirectory }: DockerHost): TcpAddress {
	const parts = tcpParts(address);
	if (parts === null) throw new ConfigError(`${origin}: ${address} is not an address`, 'Write tcp://host:2375');
	const isSecure = tlsDirectory !== null || address.startsWith('https:');
	const { hostname, port } = parts;
	return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port ?? (isSecure ? 2376 : 2375), isSecure };
}

/** The name of an engine's machine as URLs write it; null where the engine is on this one. */
export function engineHostname({ kind, address }: DockerHost): string | null {
	if (kind === 'unix') return null;
	return (kind === 'tcp' ? tcpParts(address)?.hostname : URL.parse(address)?.hostname) ?? null;
}

function tcpParts(address: string): { hostname: string; port: number | null } | null {
	// As http, numbers in the place of a host name are checked as the IPv4 address that they are; in other schemes only is
	// a port told that is the scheme's own.
	const web = URL.parse(address.replace(/^\w+:/, 'http:'));
	const plain = URL.parse(address.replace(/^\w+:/, 'tcp:'));
	if (!web?.hostname || !plain || plain.port === '0') return null;
	return { hostname: web.hostname, port: plain.port === '' ? null : Number(plain.port) };
}

/** ssh takes what begins with a dash for an option of its own. */
function isSshAddress(address: string): boolean {
	const url = URL.parse(address);
	return url !== null && url.hostname !== '' && !url.hostname.startsWith('-') && sshUser(url) !== null;
}

/** The user's name in an ssh address; empty where there is none, null where it is not encoded as URLs want it. */
export function sshUser({ username }: URL): string | null {
	try {
		return decodeURIComponent(username);
	} catch {
		return null;
	}
}

function checkCertificates(directory: string, origin: string): void {
	for (const name of ['ca.pem', 'cert.pem', 'key.pem']) {
		const file = join(directory, name);
		try {
			accessSync(file, constants.R_OK);
		} catch {
			throw new ConfigError(
				`${origin}: TLS needs ${file}, which ${exists(file) ? 'cannot be read' : 'is not there'}`,
				'DOCKER_CERT_PATH names the folder with ca.pem, cert.pem and key.pem; without DOCKER_TLS_VERIFY there is no TLS',
			);
		}
	}
}

export const cliConfig = z.object({ currentContext: z.optional(outsideText) });
export const contextMetadata = z.object({
	Endpoints: z.object({ docker: z.optional(z.object({ Host: z.optional(outsideText) })) }),
});

function currentContext(directory: string): string | undefined {
	try {
		return cliConfig.parse(JSON.parse(readRegularFile(join(directory, 'config.json')))).currentContext;
	} catch {
		// No config file, or none of ours to judge: the CLI falls back to the default context as well.
		return undefined;
	}
}

/** Contexts are stored under the SHA-256 of their name (docker/cli, cli/context/store/metadatastore.go). */
function contextHost(directory: string, name: string): DockerHost {
	const digest = createHash('sha256').update(name).digest('hex');
	let host: string | undefined;
	try {
		const file = join(directory, 'contexts', 'meta', digest, 'meta.json');
		host = contextMetadata.parse(JSON.parse(readRegularFile(file))).Endpoints.docker?.Host;
	} catch {
		host = undefined;
	}
	if (!host) {
		throw new ConfigError(`Docker context ${name} is not known here`, 'See docker context ls; or set DOCKER_HOST');
	}
	const tls = join(directory, 'contexts', 'tls', digest, 'docker');
	return parseDockerHost(host, `context ${name}`, exists(join(tls, 'ca.pem')) ? tls : null);
}

function exists(path: string): boolean {
	try {
		accessSync(path, constants.F_OK);
		return true;
	} catch {
		return false;
	}
}
