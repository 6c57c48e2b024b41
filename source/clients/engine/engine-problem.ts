import { describe } from '../../model/described-error.ts';
import { type DockerHost, isDefaultSocket } from '../../model/engine-address.ts';
import { ClientError, connectionProblem } from '../../model/failure.ts';
import type { Text } from '../../words/language.ts';
import { type Message, phrase } from '../../words/message.ts';
import { EngineProtocolError, EngineStatusError } from './engine-modem.ts';
import { SshError } from './ssh-agent.ts';

/** The engine did not respond within `ms`. */
export function noAnswer({ address }: DockerHost, what: Text, ms: number): ClientError {
	const message = phrase(
		[
			'Docker at {address} did not answer within {ms:seconds} ({what})',
			'Docker({address})가 {ms:seconds} 안에 응답하지 않았습니다({what})',
		],
		{ address, ms, what: phrase(what) },
	);
	return new ClientError('timeout', message);
}

/** A failed call of the engine, in words. */
export function engineProblem(host: DockerHost, error: unknown): ClientError {
	if (error instanceof EngineStatusError) return statusProblem(error.statusCode, error.message, host.address);
	const problem = connectionProblem(error);
	if (error instanceof SshError) {
		const fix = phrase([
			'Check the connection by hand, without a password: ssh HOST docker version',
			'암호 없이 연결되는지 직접 확인하세요: ssh HOST docker version',
		]);
		return new ClientError('unreachable', withHost(host, error.description), fix);
	}
	if (problem?.kind === 'permission') {
		return new ClientError(
			'permission',
			withHost(host, problem.words),
			phrase([
				'Join the group that owns the socket (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST',
				'소켓을 소유한 그룹에 가입하거나(sudo usermod -aG docker $USER 실행 후 다시 로그인) DOCKER_HOST를 설정하세요',
			]),
		);
	}
	if (problem) {
		const fix = isDefaultSocket(host)
			? phrase([
					'Start the engine (sudo systemctl start docker), or set DOCKER_HOST',
					'Docker 엔진을 시작하거나(sudo systemctl start docker) DOCKER_HOST를 설정하세요',
				])
			: checkAddress(host);
		return new ClientError(problem.kind, withHost(host, problem.words), problem.kind === 'unreachable' ? fix : null);
	}
	const fix = error instanceof EngineProtocolError ? checkAddress(host) : null;
	return new ClientError('protocol', withHost(host, describe(error)), fix);
}

function withHost({ address, origin }: DockerHost, words: Message): Message {
	return phrase(['Docker at {address} ({origin}): {words}', 'Docker {address}({origin}): {words}'], {
		address,
		origin,
		words,
	});
}

/** Another program responds. */
export function notDocker(host: DockerHost, what: Text): ClientError {
	const { address, origin } = host;
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

function statusProblem(httpStatus: number, words: string, address: string): ClientError {
	const text =
		words === ''
			? phrase(['Docker at {address} answers {httpStatus}', 'Docker({address}) 응답 {httpStatus}'], {
					address,
					httpStatus,
				})
			: phrase(['Docker at {address}: {words}', 'Docker({address}): {words}'], { address, words });
	switch (httpStatus) {
		case 404:
			return new ClientError('not-found', text, null, { httpStatus });
		case 409:
			return new ClientError('conflict', text, null, { httpStatus });
		case 429:
			return new ClientError('busy', text, null, { httpStatus });
		case 401:
		case 403:
			return new ClientError('unauthorised', text, null, { httpStatus });
		default:
			return new ClientError(httpStatus >= 500 ? 'server' : 'refused', text, null, { httpStatus });
	}
}
