import { createHash } from 'node:crypto';
import { accessSync, constants, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readRegularFile } from '../clients/regular-file.ts';
import { type DockerHost, noEngine, noEngineAddress, sshUser, tcpParts } from '../model/engine/engine-address.ts';
import { ConfigError } from '../model/failures/config-error.ts';
import { shownAddress } from '../model/stack/address.ts';
import { outsideText } from '../model/text/outside-text.ts';
import { type Message, phrase } from '../words/message.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the engine as the docker CLI does: by the given address (and its source, for messages), DOCKER_HOST,
 * DOCKER_CONTEXT, the current context of ~/.docker/config.json; then as Podman does, by CONTAINER_HOST; else the default
 * sockets of Docker and of Podman. If there are several, the others are its `alternatives`. `onWarning` gets the
 * reason why the docker CLI's configuration is ignored. `none` is no engine, and so is a host without any socket if the
 * address of Airflow is configured (`isManaged`). Sources: docker/cli, cli/command/cli.go (resolveContextName),
 * cli/context/store; podman-remote(1).
 */
export function resolveDockerHost(
	given: string | undefined,
	environment: Environment,
	givenBy = '--docker-host',
	onWarning: (warning: Message) => void = () => undefined,
	{ isManaged = false }: { readonly isManaged?: boolean } = {},
): DockerHost {
	const tlsDirectory = environment.DOCKER_TLS_VERIFY
		? environment.DOCKER_CERT_PATH || join(homedir(), '.docker')
		: null;
	if (given) return parseDockerHost(given, givenBy, tlsDirectory);
	if (environment.DOCKER_HOST) return fromVariable('DOCKER_HOST', environment.DOCKER_HOST, tlsDirectory);
	const directory = environment.DOCKER_CONFIG || join(homedir(), '.docker');
	const context = environment.DOCKER_CONTEXT || currentContext(directory, onWarning);
	if (context && context !== 'default') return contextHost(directory, context);
	if (environment.CONTAINER_HOST) return fromVariable('CONTAINER_HOST', environment.CONTAINER_HOST, null);
	const [first, ...others] = defaultSockets(environment);
	if (first === undefined && isManaged) return noEngine('no socket', { kind: 'default' });
	const alternatives = others.map(path => atSocket(path));
	return { ...atSocket(first ?? '/var/run/docker.sock'), ...(alternatives.length > 0 ? { alternatives } : {}) };
}

function fromVariable(variable: string, address: string, tlsDirectory: string | null): DockerHost {
	return { ...parseDockerHost(address, variable, tlsDirectory), foundBy: { kind: 'environment', variable } };
}

function atSocket(path: string): DockerHost {
	const foundBy = { kind: 'default' } as const;
	return { kind: 'unix', address: `unix://${path}`, origin: 'default socket', foundBy, tlsDirectory: null };
}

/**
 * The sockets that exist, Docker's first, each once: the package podman-docker links Docker's to Podman's. Sources:
 * docker/cli (default), Docker's rootless mode and desktop contexts, podman-system-service(1).
 */
function defaultSockets({ XDG_RUNTIME_DIR }: Environment): string[] {
	const own = XDG_RUNTIME_DIR || `/run/user/${process.getuid?.()}`;
	const found = new Map<string, string>();
	for (const path of [
		'/var/run/docker.sock',
		join(own, 'docker.sock'),
		join(homedir(), '.docker', 'run', 'docker.sock'),
		join(own, 'podman', 'podman.sock'),
		'/run/podman/podman.sock',
	]) {
		const real = realPath(path);
		if (real !== null && !found.has(real)) found.set(real, path);
	}
	return [...found.values()];
}

/** null if it does not exist, or is in a folder of another user. */
function realPath(path: string): string | null {
	try {
		return realpathSync(path);
	} catch {
		return null;
	}
}

export function parseDockerHost(address: string, origin: string, tlsDirectory: string | null): DockerHost {
	if (address === noEngineAddress) return noEngine(`${origin} ${noEngineAddress}`);
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
			'Use unix:///path/docker.sock, tcp://host:2375 or ssh://user@host, or none for a stack without containers',
			'unix:///path/docker.sock, tcp://host:2375 또는 ssh://user@host 형식으로 쓰세요. 컨테이너가 없는 스택이면 none을 쓰세요',
		]),
	);
}

/** ssh would parse a leading dash as an option. */
function isSshAddress(address: string): boolean {
	const url = URL.parse(address);
	return url !== null && url.hostname !== '' && !url.hostname.startsWith('-') && sshUser(url) !== null;
}

const tlsFiles = ['ca.pem', 'cert.pem', 'key.pem'];

function checkCertificates(directory: string, origin: string): void {
	for (const name of tlsFiles) {
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
	Endpoints: z.object({
		docker: z.optional(z.object({ Host: z.optional(outsideText), SkipTLSVerify: z.optional(z.boolean()) })),
	}),
});

/** An invalid or unreadable configuration is ignored with a warning, as by the docker CLI. */
function currentContext(directory: string, onWarning: (warning: Message) => void): string | undefined {
	const file = join(directory, 'config.json');
	if (!exists(file)) return undefined;
	try {
		return cliConfig.parse(JSON.parse(readRegularFile(file))).currentContext;
	} catch {
		onWarning(
			phrase(
				[
					'{file} cannot be read; the current Docker context is unknown, so the default one is used',
					'{file}을(를) 읽을 수 없습니다. 현재 Docker 컨텍스트를 알 수 없어 기본 컨텍스트를 사용합니다',
				],
				{ file },
			),
		);
		return undefined;
	}
}

/** Contexts are stored under the SHA-256 of their name (docker/cli, cli/context/store/metadatastore.go). */
function contextHost(directory: string, name: string): DockerHost {
	const digest = createHash('sha256').update(name).digest('hex');
	let endpoint: z.infer<typeof contextMetadata>['Endpoints']['docker'];
	try {
		const file = join(directory, 'contexts', 'meta', digest, 'meta.json');
		endpoint = contextMetadata.parse(JSON.parse(readRegularFile(file))).Endpoints.docker;
	} catch {
		endpoint = undefined;
	}
	if (!endpoint?.Host) {
		throw new ConfigError(
			phrase(['Docker context {name} does not exist', 'Docker 컨텍스트 {name}이(가) 없습니다'], { name }),
			phrase([
				'Run docker context ls to list contexts, or set DOCKER_HOST',
				'docker context ls로 목록을 확인하거나 DOCKER_HOST를 설정하세요',
			]),
		);
	}
	const found = parseDockerHost(endpoint.Host, `context ${name}`, null);
	const foundBy = { kind: 'docker context', name } as const;
	if (found.kind !== 'tcp') return { ...found, foundBy };
	const tls = join(directory, 'contexts', 'tls', digest, 'docker');
	return {
		...found,
		foundBy,
		tlsDirectory: tlsFiles.some(file => exists(join(tls, file))) ? tls : null,
		...(endpoint.SkipTLSVerify ? { skipsTlsVerify: true } : {}),
	};
}

function exists(path: string): boolean {
	try {
		accessSync(path, constants.F_OK);
		return true;
	} catch {
		return false;
	}
}
