import { createHash } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readRegularFile } from '../clients/regular-file.ts';
import { shownAddress } from '../model/address.ts';
import { ConfigError } from '../model/config-error.ts';
import { type DockerHost, sshUser, tcpParts } from '../model/engine-address.ts';
import { outsideText } from '../model/outside-text.ts';
import { phrase } from '../words/message.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the engine as the docker CLI does: by the given address (and its source, for messages), DOCKER_HOST,
 * DOCKER_CONTEXT, the current context of ~/.docker/config.json, the default socket; and if that does not exist, by the
 * sockets of rootless Docker and of Podman. Sources: docker/cli, cli/command/cli.go (resolveContextName),
 * cli/context/store.
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
	if (environment.DOCKER_HOST) {
		const host = parseDockerHost(environment.DOCKER_HOST, 'DOCKER_HOST', tlsDirectory);
		return { ...host, foundBy: { kind: 'environment', variable: 'DOCKER_HOST' } };
	}
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
	const foundBy = { kind: 'default' } as const;
	return { kind: 'unix', address: `unix://${path}`, origin: 'default socket', foundBy, tlsDirectory: null };
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
			// A password in it is not used, and the address may be shown.
			return { kind: 'tcp', address: shownAddress(address), origin, tlsDirectory };
		case 'ssh':
			if (!isSshAddress(address)) break;
			return { kind: 'ssh', address: shownAddress(address), origin, tlsDirectory: null };
		default:
			break;
	}
	throw new ConfigError(
		phrase(
			[
				'{origin}: {address} is not the address of a Docker Engine',
				'{origin}: {address}은(는) Docker 엔진의 주소가 아닙니다',
			],
			{ origin, address: shownAddress(address) },
		),
		phrase([
			'Use unix:///path/docker.sock, tcp://host:2375 or ssh://user@host',
			'unix:///path/docker.sock, tcp://host:2375 또는 ssh://user@host 형식으로 쓰세요',
		]),
	);
}

/** ssh would parse a leading dash as an option. */
function isSshAddress(address: string): boolean {
	const url = URL.parse(address);
	return url !== null && url.hostname !== '' && !url.hostname.startsWith('-') && sshUser(url) !== null;
}

function checkCertificates(directory: string, origin: string): void {
	for (const name of ['ca.pem', 'cert.pem', 'key.pem']) {
		const file = join(directory, name);
		try {
			accessSync(file, constants.R_OK);
		} catch {
			throw new ConfigError(
				exists(file)
					? phrase(
							[
								'{origin}: TLS needs {file}, which cannot be read',
								'{origin}: TLS에 필요한 {file}을(를) 읽을 수 없습니다',
							],
							{ origin, file },
						)
					: phrase(
							['{origin}: TLS needs {file}, which does not exist', '{origin}: TLS에 필요한 {file}이(가) 없습니다'],
							{ origin, file },
						),
				phrase([
					'Set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem, or unset DOCKER_TLS_VERIFY',
					'DOCKER_CERT_PATH에 ca.pem, cert.pem, key.pem이 있는 폴더를 지정하거나 DOCKER_TLS_VERIFY를 해제하세요',
				]),
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
		// No configuration file, or an invalid one: the CLI uses the default context as well.
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
		throw new ConfigError(
			phrase(['Docker context {name} does not exist', 'Docker 컨텍스트 {name}이(가) 없습니다'], { name }),
			phrase([
				'Run docker context ls to list contexts, or set DOCKER_HOST',
				'docker context ls로 목록을 확인하거나 DOCKER_HOST를 설정하세요',
			]),
		);
	}
	const tls = join(directory, 'contexts', 'tls', digest, 'docker');
	const found = parseDockerHost(host, `context ${name}`, exists(join(tls, 'ca.pem')) ? tls : null);
	return { ...found, foundBy: { kind: 'docker context', name } };
}

function exists(path: string): boolean {
	try {
		accessSync(path, constants.F_OK);
		return true;
	} catch {
		return false;
	}
}
