import {
	type DockerHost,
	engineName,
	isDefaultSocket,
	isPodmanSocket,
	noEngineFailure,
} from '../../model/engine/engine-address.ts';
import { sshHost } from '../../model/engine/ssh-destination.ts';
import { describe } from '../../model/failures/described-error.ts';
import { ClientError, connectionProblem } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';
import { busyFix } from '../http/busy-problem.ts';
import { SshError } from '../ssh/ssh-error.ts';
import { EngineProtocolError, EngineStatusError } from './engine-modem.ts';

/** The engine did not respond within `ms`. */
export function noAnswer(host: DockerHost, what: Text, ms: number): ClientError {
	const message = phrase(
		[
			'{engine} at {address} did not answer within {ms:precise} ({what})',
			'{engine}({address})에서 {ms:precise} 안에 응답이 없습니다({what})',
		],
		{ engine: engineName(host), address: host.address, ms, what: phrase(what) },
	);
	return new ClientError('timeout', message);
}

/** A failed call of the engine, in words. */
export function engineProblem(host: DockerHost, error: unknown): ClientError {
	if (host.kind === 'none') return ClientError.of(noEngineFailure(host));
	if (error instanceof EngineStatusError) return statusProblem(error, host);
	const problem = connectionProblem(error);
	if (error instanceof SshError) {
		const fix = phrase(
			[
				'Check the connection by hand, without a password: ssh {host} docker version',
				'비밀번호 없이 연결되는지 직접 확인하세요: ssh {host} docker version',
			],
			{ host: sshHost(host.address) },
		);
		return new ClientError(error.isLost ? 'lost' : 'unreachable', withHost(host, error.description), fix);
	}
	if (problem?.kind === 'permission') {
		return new ClientError(
			'permission',
			withHost(host, problem.words),
			// The socket of rootful Podman belongs to root alone, and to no group.
			isPodmanSocket(host)
				? phrase([
						"Set DOCKER_HOST to your own Podman's socket, or run laketop as root",
						'DOCKER_HOST를 사용자 Podman의 소켓으로 설정하거나 laketop을 root로 실행하세요',
					])
				: phrase([
						'Join the group that owns the socket (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST',
						'소켓을 소유한 그룹에 가입하거나(sudo usermod -aG docker $USER 실행 후 다시 로그인) DOCKER_HOST를 설정하세요',
					]),
		);
	}
	if (problem) {
		const fix = startEngine(host) ?? checkAddress(host);
		return new ClientError(problem.kind, withHost(host, problem.words), problem.kind === 'unreachable' ? fix : null);
	}
	const fix = error instanceof EngineProtocolError ? checkAddress(host) : null;
	return new ClientError('protocol', withHost(host, describe(error)), fix);
}

function withHost(host: DockerHost, words: Message): Message {
	return phrase(['{engine} at {address} ({origin}): {words}', '{engine} {address}({origin}): {words}'], {
		engine: engineName(host),
		address: host.address,
		origin: originOf(host),
		words,
	});
}

/** A default has words; the setting that names another address is written as it is. */
function originOf({ foundBy, origin }: DockerHost): Message {
	return foundBy?.kind === 'default' ? phrase(['default socket', '기본 소켓']) : quoted(origin);
}

/** How to start an engine at its usual socket; null at any other address. */
function startEngine(host: DockerHost): Message | null {
	if (isDefaultSocket(host)) {
		return phrase([
			'Start the engine (sudo systemctl start docker), or set DOCKER_HOST',
			'Docker 엔진을 시작하거나(sudo systemctl start docker) DOCKER_HOST를 설정하세요',
		]);
	}
	if (host.kind !== 'unix' || !isPodmanSocket(host)) return null;
	// The rootful socket is /run/podman/podman.sock, a user's /run/user/UID/podman/podman.sock.
	const command = host.address.includes('/user/')
		? 'systemctl --user start podman.socket'
		: 'sudo systemctl start podman.socket';
	return phrase(
		[
			'Start the API of Podman ({command}), or set DOCKER_HOST',
			'Podman API를 시작하거나({command}) DOCKER_HOST를 설정하세요',
		],
		{ command },
	);
}

/** Another program responds. */
export function notDocker(host: DockerHost, what: Text): ClientError {
	const { address } = host;
	const origin = originOf(host);
	return new ClientError(
		'protocol',
		phrase(
			[
				'The server at {address} ({origin}) is not a Docker Engine: invalid response ({what})',
				'{address}({origin})의 서버는 Docker 엔진이 아닙니다. 응답이 올바르지 않습니다({what})',
			],
			{ address, origin, what: phrase(what) },
		),
		checkAddress(host),
	);
}

/** The source of an engine's address that seems to be wrong. */
function checkAddress({ foundBy, origin }: DockerHost): Message {
	return phrase(['Check {setting}', '{setting} 설정을 확인하세요'], {
		setting: foundBy?.kind === 'default' ? 'DOCKER_HOST' : origin,
	});
}

function statusProblem(
	{ statusCode: httpStatus, message: words, cause, retryAfterMs }: EngineStatusError,
	host: DockerHost,
): ClientError {
	const { address } = host;
	const engine = engineName(host);
	const text =
		words === ''
			? phrase(['{engine} at {address} answers {httpStatus}', '{engine}({address}) 응답 {httpStatus}'], {
					engine,
					address,
					httpStatus,
				})
			: phrase(['{engine} at {address}: {words}', '{engine}({address}): {words}'], { engine, address, words });
	// Podman refuses with 500 what Docker refuses with 409 (libpod/define/errors.go, ErrCtrStateInvalid).
	if (cause === 'container state improper') return new ClientError('conflict', text, null, { httpStatus });
	switch (httpStatus) {
		case 404:
			return new ClientError('not-found', text, null, { httpStatus });
		case 409:
			return new ClientError('conflict', text, null, { httpStatus });
		case 429:
			return new ClientError('busy', text, busyFix(retryAfterMs), { httpStatus, retryAfterMs });
		case 401:
		case 403:
			return new ClientError('unauthorised', text, null, { httpStatus });
		default:
			return new ClientError(httpStatus >= 500 ? 'server' : 'refused', text, null, { httpStatus, retryAfterMs });
	}
}
