import { type DockerHost, isDefaultSocket } from '../../model/engine-address.ts';
import { ClientError, connectionProblem } from '../../model/failure.ts';
import { inSeconds } from '../../words/amounts.ts';
import { phrase } from '../../words/message.ts';
import { EngineProtocolError, EngineStatusError } from './engine-modem.ts';
import { SshError } from './ssh-agent.ts';

/** The engine gave no answer within `ms`. */
export function noAnswer(host: DockerHost, what: string, ms: number): ClientError {
	return new ClientError('timeout', `Docker at ${host.address} gave no answer about ${what} within ${inSeconds(ms)}`);
}

/** What went wrong with a call to the engine, in words. */
export function engineProblem(host: DockerHost, error: unknown): ClientError {
	if (error instanceof EngineStatusError) return statusProblem(error.statusCode, error.message, host.address);
	const problem = connectionProblem(error);
	const where = `Docker at ${host.address} (${host.origin})`;
	if (error instanceof SshError) {
		const fix = 'Try it by hand, without a password: ssh HOST docker version';
		return new ClientError('unreachable', `${where}: ${error.message}`, fix);
	}
	if (problem?.kind === 'permission') {
		return new ClientError(
			'permission',
			`${where}: permission denied`,
			'Join the group that owns the socket (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST',
		);
	}
	if (problem) {
		const fix = isDefaultSocket(host)
			? 'Start the engine (sudo systemctl start docker), or set DOCKER_HOST'
			: checkAddress(host);
		return new ClientError(
			problem.kind,
			phrase(['{where}: {words}', '{where}: {words}'], { where, words: problem.words }),
			problem.kind === 'unreachable' ? fix : '',
		);
	}
	const fix = error instanceof EngineProtocolError ? checkAddress(host) : '';
	return new ClientError('protocol', `${where}: ${error instanceof Error ? error.message : String(error)}`, fix);
}

/** What answers is something else. */
export function notDocker(host: DockerHost, what: string): ClientError {
	return new ClientError(
		'protocol',
		`What answers at ${host.address} (${host.origin}) is not a Docker Engine: ${what} cannot be read`,
		checkAddress(host),
	);
}

/** What to check where the engine's address seems to be wrong: what set it. */
function checkAddress(host: DockerHost): string {
	return `Check ${host.foundBy?.kind === 'default' ? 'DOCKER_HOST' : host.origin}`;
}

function statusProblem(httpStatus: number, message: string, address: string): ClientError {
	const text = `Docker at ${address}${message === '' ? ` answers ${httpStatus}` : `: ${message}`}`;
	switch (httpStatus) {
		case 404:
			return new ClientError('not-found', text, '', { httpStatus });
		case 409:
			return new ClientError('conflict', text, '', { httpStatus });
		case 429:
			return new ClientError('busy', text, '', { httpStatus });
		case 401:
		case 403:
			return new ClientError('unauthorised', text, '', { httpStatus });
		default:
			return new ClientError(httpStatus >= 500 ? 'server' : 'refused', text, '', { httpStatus });
	}
}
