import Docker, { type DockerOptions } from 'dockerode';
import type * as z from 'zod/mini';
import type { DockerHost } from '../../model/engine/engine-address.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { orAborted } from '../or-aborted.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import { connectionTo } from './docker-transport.ts';
import { EngineModem } from './engine-modem.ts';
import { engineProblem, noAnswer, notDocker } from './engine-problem.ts';

/** Time limit of a response, ms. */
export const answerLimitMs = 15_000;

/** A container may have any grace period; ms. */
const changeTimeoutMs = 120_000;

/** Calls of the engine. Every method throws ClientError. */
export class EngineCalls {
	readonly host: DockerHost;
	readonly modem: EngineModem;
	readonly docker: Docker;

	constructor(host: DockerHost, ssh: SshConnection | null) {
		this.host = host;
		this.modem = new EngineModem(connectionTo(host, ssh));
		const options: DockerOptions & { modem: EngineModem } = { modem: this.modem };
		this.docker = new Docker(options);
	}

	/** The parts of a container's inspection that `schema` parses. */
	async inspect<Output>(id: string, schema: z.ZodMiniType<Output>, signal: AbortSignal | undefined): Promise<Output> {
		const answer = await this.ask(
			[`container ${id.slice(0, 12)}`, `컨테이너 ${id.slice(0, 12)}`],
			signal,
			abortSignal => this.docker.getContainer(id).inspect({ abortSignal }),
		);
		return this.parse(['container', '컨테이너'], schema, answer);
	}

	/** Runs a call that changes a container; 304 (already so) is OK. */
	async change(
		what: Text,
		signal: AbortSignal | undefined,
		call: (signal: AbortSignal) => Promise<unknown>,
	): Promise<void> {
		try {
			await this.ask(what, signal, call, changeTimeoutMs);
		} catch (error) {
			if (error instanceof ClientError && error.httpStatus === 304) return;
			throw error;
		}
	}

	/** For calls to which dockerode cannot pass a signal. */
	get(path: string, abortSignal: AbortSignal): Promise<unknown> {
		return new Promise((resolve, reject) => {
			this.modem.dial({ path, method: 'GET', abortSignal }, (error, answer) =>
				error ? reject(error) : resolve(answer),
			);
		});
	}

	/** Runs a call with a time limit (ms; null for streams) and words its failures. */
	async ask<Answer>(
		what: Text,
		signal: AbortSignal | undefined,
		call: (signal: AbortSignal) => Promise<Answer>,
		timeoutMs: number | null = answerLimitMs,
	): Promise<Answer> {
		const timeout = timeoutMs === null ? undefined : AbortSignal.timeout(timeoutMs);
		const signals = [signal, timeout].filter(one => one !== undefined);
		const ended = AbortSignal.any(signals);
		try {
			return await orAborted(ended, call(ended));
		} catch (error) {
			if (signal?.aborted) throw error;
			if (timeout?.aborted) {
				throw noAnswer(this.host, what, timeoutMs ?? 0);
			}
			throw engineProblem(this.host, error);
		}
	}

	parse<Output>(what: Text, schema: z.ZodMiniType<Output>, answer: unknown): Output {
		const parsed = schema.safeParse(answer);
		if (parsed.success) return parsed.data;
		throw notDocker(this.host, what);
	}
}
