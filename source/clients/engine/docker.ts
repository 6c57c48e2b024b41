import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import Docker, { type DockerOptions } from 'dockerode';
import type * as z from 'zod/mini';
import { inSeconds } from '../../model/amounts.ts';
import type { Setup } from '../../model/check.ts';
import type { Container, ContainerDetail, ContainerEvent } from '../../model/container.ts';
import type { StatsSample } from '../../model/container-stats.ts';
import type { DiskUsage } from '../../model/disk-usage.ts';
import { type DockerHost, isDefaultSocket } from '../../model/engine-address.ts';
import { ClientError, connectionProblem } from '../../model/failure.ts';
import type { ContainerInspection, ProcessTable } from '../../model/inspection.ts';
import type { LogLine } from '../../model/log-line.ts';
import { readChunks } from '../http/read-chunks.ts';
import { LineSplitter } from '../line-splitter.ts';
import { orAborted } from '../or-aborted.ts';
import { CgroupStats } from './cgroup-stats.ts';
import {
	containersAnswer,
	eventAnswer,
	inspectAnswer,
	networksAnswer,
	readStats,
	versionAnswer,
} from './docker-answers.ts';
import { diskUsageAnswer } from './docker-disk-usage.ts';
import { type CommandEnd, type ExecRequest, type ExecSession, execLines, openExec } from './docker-exec.ts';
import { inspectionAnswer, topAnswer } from './docker-inspection.ts';
import { type EngineInfo, imageAnswer, infoAnswer, setupAnswer } from './docker-setup.ts';
import { connectionTo } from './docker-transport.ts';
import { EngineModem, EngineProtocolError, EngineStatusError } from './engine-modem.ts';
import { LogDecoder } from './log-frames.ts';
import { SshError } from './ssh-agent.ts';

/** An answer that takes longer than this, ms, is none. */
const answerLimitMs = 15_000;

/** The newest API that this client was written against; an older engine is spoken to in its own. */
const newestApi = '1.51';

/** A container may have a grace period of its own, as long as somebody saw fit; ms. */
const changeTimeoutMs = 120_000;

/** Adding up the sizes of many volumes takes the engine minutes; ms. */
const diskTimeoutMs = 180_000;
/** Characters of an event: the labels of a container are all that is long in it. */
const eventLimit = 1024 * 1024;

const psColumns = '-eo user,pid,ppid,pcpu,pmem,etime,args';

export type LogRequest = {
	/** `seconds.nanoseconds` of the first line wanted, inclusive; undefined: from `tail`. */
	readonly since?: string | undefined;
	/** So many of the newest lines to begin with. */
	readonly tail?: number | undefined;
	readonly tty: boolean;
	readonly follow: boolean;
	/** Bytes of a line that are kept. */
	readonly lineLimit?: number | undefined;
};

/** Lines of a command's output that are kept of its beginning, and of its end. */
const linesKept = 2000;

/** The Docker Engine API, as far as laketop needs it. Every method throws ClientError. */
export class DockerClient {
	readonly host: DockerHost;
	readonly #modem: EngineModem;
	readonly #docker: Docker;
	readonly #now: () => number;
	/** Only an engine behind a socket of this host can run its containers on this kernel. */
	readonly #cgroups: CgroupStats | null;

	constructor(host: DockerHost, now: () => number = Date.now) {
		this.host = host;
		this.#now = now;
		this.#cgroups = host.kind === 'unix' ? new CgroupStats() : null;
		this.#modem = new EngineModem(connectionTo(host));
		const options: DockerOptions & { modem: EngineModem } = { modem: this.#modem };
		this.#docker = new Docker(options);
	}

	get address(): string {
		return this.host.address;
	}

	/** Asks for the engine's version and speaks its API from then on (the older of its and ours). */
	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#ask('the version', signal, abortSignal => this.#get('/version', abortSignal));
		const parsed = this.#parse('the version', versionAnswer, answer);
		if (!parsed.ApiVersion || !parsed.Version) throw this.#notDocker('its version');
		this.#modem.apiVersion = olderApi(newestApi, parsed.ApiVersion);
		const podman = parsed.Components?.some(component => /podman/i.test(component.Name ?? ''));
		return podman ? `podman ${parsed.Version}` : parsed.Version;
	}

	async containers(signal?: AbortSignal): Promise<Container[]> {
		const answer = await this.#ask('the containers', signal, abortSignal =>
			this.#docker.listContainers({ all: true, abortSignal }),
		);
		return this.#parse('the containers', containersAnswer, answer);
	}

	async inspect(id: string, signal?: AbortSignal): Promise<ContainerDetail> {
		const answer = await this.#ask(`container ${id.slice(0, 12)}`, signal, abortSignal =>
			this.#docker.getContainer(id).inspect({ abortSignal }),
		);
		return this.#parse('the container', inspectAnswer, answer);
	}

	/** All that an operator wants to know of a container, without its secrets. */
	async inspection(id: string, signal?: AbortSignal): Promise<ContainerInspection> {
		const answer = await this.#ask(`container ${id.slice(0, 12)}`, signal, abortSignal =>
			this.#docker.getContainer(id).inspect({ abortSignal }),
		);
		return this.#parse('the container', inspectionAnswer, answer);
	}

	/** What a container was made from, as far as diagnosis needs it. */
	async setup(id: string, signal?: AbortSignal): Promise<Setup> {
		const answer = await this.#ask(`container ${id.slice(0, 12)}`, signal, abortSignal =>
			this.#docker.getContainer(id).inspect({ abortSignal }),
		);
		return this.#parse('the container', setupAnswer, answer);
	}

	/** The engine's machine: its clock, memory, kernel, and where the engine keeps its files. */
	async info(signal?: AbortSignal): Promise<EngineInfo> {
		const answer = await this.#ask('itself', signal, abortSignal => this.#get('/info', abortSignal));
		return this.#parse('itself', infoAnswer, answer);
	}

	/** The id of the image that a name means now; null where there is none of that name. */
	async imageId(name: string, signal?: AbortSignal): Promise<string | null> {
		try {
			const path = `/images/${name.split('/').map(encodeURIComponent).join('/')}/json`;
			const answer = await this.#ask(`the image ${name}`, signal, abortSignal => this.#get(path, abortSignal));
			return this.#parse('the image', imageAnswer, answer);
		} catch (error) {
			if (error instanceof ClientError && error.failure.kind === 'not-found') return null;
			throw error;
		}
	}

	/** Attaches a container to a network, under further names. */
	async connectNetwork(network: string, id: string, aliases: readonly string[], signal?: AbortSignal): Promise<void> {
		await this.#change('the connection', signal, abortSignal => {
			const request = { Container: id, EndpointConfig: { Aliases: [...aliases] }, abortSignal };
			return this.#docker.getNetwork(network).connect(request);
		});
	}

	/** What runs in a container now; refused for one that does not run. */
	async processes(id: string, signal?: AbortSignal): Promise<ProcessTable> {
		const top = (psArguments?: string) =>
			this.#ask('the processes', signal, abortSignal =>
				this.#docker.getContainer(id).top({ ...(psArguments ? { ps_args: psArguments } : {}), abortSignal }),
			);
		let answer: unknown;
		try {
			answer = await top(psColumns);
		} catch (error) {
			// A ps that does not know these columns (busybox): its usual ones.
			if (!(error instanceof ClientError) || (error.httpStatus ?? 0) < 500) throw error;
		}
		// Podman answers 200 and sends nothing where its ps fails.
		if (!answer) answer = await top();
		if (answer) return this.#parse('the processes', topAnswer, answer);
		throw new ClientError(
			'refused',
			`Docker at ${this.address} lists no processes of this container`,
			'Run ps in the container: laketop exec CONTAINER ps',
		);
	}

	/** What images, containers, volumes and build cache take on the engine's disk; it reckons for a while. */
	async diskUsage(signal?: AbortSignal): Promise<DiskUsage> {
		const answer = await this.#ask(
			'the use of its disk',
			signal,
			abortSignal => this.#get('/system/df', abortSignal),
			diskTimeoutMs,
		);
		return this.#parse('the use of its disk', diskUsageAnswer, answer);
	}

	/** Names of a Compose project's networks. */
	async networks(project: string, signal?: AbortSignal): Promise<string[]> {
		const filters = { label: [`com.docker.compose.project=${project}`] };
		const answer: unknown = await this.#ask('the networks', signal, abortSignal =>
			this.#docker.listNetworks({ filters, abortSignal }),
		);
		return this.#parse('the networks', networksAnswer, answer).map(network => network.Name);
	}

	/**
	 * Runs a command in a running container and connects to it: `docker exec -it` without the docker program. Where the
	 * signal is given, the connection is cut; the command itself goes on (the engine knows no other way).
	 */
	async exec(id: string, argv: readonly string[], request: ExecRequest, signal?: AbortSignal): Promise<ExecSession> {
		const container = this.#docker.getContainer(id);
		return openExec(container, (what, given, call) => this.#ask(what, given, call), argv, request, signal);
	}

	/**
	 * Runs a command in a running container to its end. Throws ClientError, `timeout` where it takes longer than
	 * `limitMs`: it goes on in the container then. Of very much output the beginning and the end are kept.
	 */
	async runIn(
		id: string,
		argv: readonly string[],
		{ user, limitMs }: { readonly user?: string | undefined; readonly limitMs: number },
		signal: AbortSignal,
	): Promise<CommandEnd> {
		const limit = AbortSignal.timeout(limitMs);
		const ended = AbortSignal.any([signal, limit]);
		const startedAt = performance.now();
		const lines: string[] = [];
		try {
			const session = await this.exec(id, argv, { tty: false, columns: 80, rows: 24, user }, ended);
			let leftOut = 0;
			const take = (line: string) => {
				lines.push(line);
				if (lines.length > 2 * linesKept + 1000) leftOut += lines.splice(linesKept, 1000).length;
			};
			const exitCode = await execLines(session, '', take, ended);
			if (leftOut > 0) lines.splice(linesKept, 0, `(${leftOut} lines left out)`);
			return { exitCode, lines, tookMs: performance.now() - startedAt };
		} catch (error) {
			if (!limit.aborted || signal.aborted) throw error;
			throw new ClientError('timeout', `${argv[0]} in the container has not ended within ${inSeconds(limitMs)}`, '', {
				code: 'command-unfinished',
			});
		}
	}

	/**
	 * One sample of a container's counters: from its control group where that is to be seen from here, else from the
	 * engine (`one-shot`, API 1.41; engines before 23 take up to a second). null where the container does not run.
	 */
	async statsSample(container: Pick<Container, 'id' | 'network'>, signal?: AbortSignal): Promise<StatsSample | null> {
		const { id } = container;
		const local = this.#cgroups?.sample(container, this.#now());
		if (local) return local;
		const answer = await this.#ask('the statistics', signal, abortSignal => {
			const options = { stream: false as const, 'one-shot': true, abortSignal };
			return this.#docker.getContainer(id).stats(options);
		});
		try {
			return readStats(id, answer, this.#now());
		} catch {
			throw this.#notDocker('the statistics');
		}
	}

	/**
	 * Subscribes to container events; resolves when the engine has accepted, so that a list taken afterwards misses
	 * nothing. The iteration ends when the stream does, and throws when it breaks.
	 */
	async events(signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
		// Health probes make three exec_* events each: they are filtered out by the engine.
		const filters = JSON.stringify({
			// Of networks only what attaches a container, or cuts it off.
			type: ['container', 'network'],
			event: [
				...['connect', 'disconnect', 'update'],
				...['create', 'start', 'die', 'destroy', 'oom', 'pause', 'unpause', 'rename', 'restart', 'stop', 'kill'],
				'health_status',
				// Podman's own names.
				...['died', 'remove'],
			],
		});
		const stream = await this.#ask(
			'the events',
			signal,
			abortSignal => this.#docker.getEvents({ filters, abortSignal }),
			null,
		);
		return this.#readEvents(stream);
	}

	async *#readEvents(stream: NodeJS.ReadableStream): AsyncGenerator<ContainerEvent> {
		if (!(stream instanceof Readable)) throw this.#notDocker('the events');
		const decoder = new StringDecoder('utf8');
		const splitter = new LineSplitter(eventLimit);
		try {
			for await (const chunk of readChunks(stream)) {
				for (const line of splitter.push(decoder.write(chunk))) {
					const event = parseEvent(line);
					if (event) yield event;
				}
				if (splitter.isOverlong) throw this.#notDocker('the events');
			}
		} catch (error) {
			throw error instanceof ClientError ? error : this.#inWords(error);
		}
	}

	/**
	 * A container's log, in batches of lines as they arrive; the first is empty and says that the log is open. It is read
	 * no faster than the batches are taken: the engine waits. Ends with the log (when following: with the container).
	 */
	async *logs(id: string, request: LogRequest, signal: AbortSignal): AsyncGenerator<LogLine[]> {
		const options = {
			stdout: true,
			stderr: true,
			timestamps: true,
			follow: request.follow,
			...(request.since === undefined ? {} : { since: request.since }),
			...(request.tail === undefined ? {} : { tail: request.tail }),
		};
		const opening = new AbortController();
		const timer = setTimeout(() => opening.abort(), answerLimitMs);
		let stream: Readable;
		try {
			stream = await this.#ask(
				'the log',
				AbortSignal.any([signal, opening.signal]),
				abortSignal => openLog(this.#modem, id, options, abortSignal),
				null,
			);
		} catch (error) {
			if (opening.signal.aborted && !signal.aborted) throw this.#silent('the log', answerLimitMs);
			throw (await this.#unreadableLog(id, error, signal)) ?? error;
		} finally {
			clearTimeout(timer);
		}
		const decoder = new LogDecoder(request.tty, request.lineLimit);
		try {
			yield [];
			for await (const chunk of readChunks(stream)) {
				const lines = decoder.push(chunk);
				if (lines.length > 0) yield lines;
			}
		} catch (error) {
			if (signal.aborted || error instanceof ClientError) throw error;
			throw this.#inWords(error);
		} finally {
			stream.destroy();
		}
		const last = decoder.end();
		if (last.length > 0) yield last;
	}

	/**
	 * Why a log can never be read, where it is for the container's log driver that the engine refused it. Docker answers
	 * 501 then (moby, daemon/logger/logger.go, ErrReadLogsNotSupported), Podman 500; undefined for any other reason.
	 */
	async #unreadableLog(id: string, error: unknown, signal: AbortSignal): Promise<ClientError | undefined> {
		if (!(error instanceof ClientError) || (error.httpStatus ?? 0) < 500) return undefined;
		const driver = await this.setup(id, signal).then(
			({ logDriver }) => logDriver,
			() => '',
		);
		if (driver !== 'none' && error.httpStatus !== 501) return undefined;
		const message = driver === 'none' ? 'log driver none keeps no logs' : `log driver ${driver} cannot be read back`;
		return new ClientError('refused', message, 'Recreate the container with another log driver', {
			httpStatus: error.httpStatus ?? undefined,
		});
	}

	/** Restarts a container, within its own grace period. Returns when the engine has started it again. */
	async restart(id: string, signal?: AbortSignal): Promise<void> {
		await this.#change('the restart', signal, abortSignal => this.#docker.getContainer(id).restart({ abortSignal }));
	}

	/** Starts a container; one that runs is left alone. */
	async start(id: string, signal?: AbortSignal): Promise<void> {
		await this.#change('the start', signal, abortSignal => this.#docker.getContainer(id).start({ abortSignal }));
	}

	/** Stops a container, within its own grace period; returns when it has ended. One that does not run is left alone. */
	async stop(id: string, signal?: AbortSignal): Promise<void> {
		await this.#change('the stop', signal, abortSignal => this.#docker.getContainer(id).stop({ abortSignal }));
	}

	/** Sends SIGKILL. */
	async kill(id: string, signal?: AbortSignal): Promise<void> {
		await this.#change('the kill', signal, abortSignal => this.#docker.getContainer(id).kill({ abortSignal }));
	}

	/** Freezes all processes of a container. */
	async pause(id: string, signal?: AbortSignal): Promise<void> {
		await this.#change('the pause', signal, abortSignal => this.#docker.getContainer(id).pause({ abortSignal }));
	}

	async unpause(id: string, signal?: AbortSignal): Promise<void> {
		await this.#change('the unpause', signal, abortSignal => this.#docker.getContainer(id).unpause({ abortSignal }));
	}

	/** Runs a call that changes a container; that it was so already (304) is well. */
	async #change(
		what: string,
		signal: AbortSignal | undefined,
		call: (signal: AbortSignal) => Promise<unknown>,
	): Promise<void> {
		try {
			await this.#ask(what, signal, call, changeTimeoutMs);
		} catch (error) {
			if (error instanceof ClientError && error.httpStatus === 304) return;
			throw error;
		}
	}

	/** For what dockerode has no way to give a signal to. */
	#get(path: string, abortSignal: AbortSignal): Promise<unknown> {
		return new Promise((resolve, reject) => {
			this.#modem.dial({ path, method: 'GET', abortSignal }, (error, answer) =>
				error ? reject(error) : resolve(answer),
			);
		});
	}

	/** Runs a call with a time limit (ms; null for streams) and puts what goes wrong into words. */
	async #ask<Answer>(
		what: string,
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
				throw this.#silent(what, timeoutMs ?? 0);
			}
			throw this.#inWords(error);
		}
	}

	#silent(what: string, ms: number): ClientError {
		return new ClientError('timeout', `Docker at ${this.address} gave no answer about ${what} within ${inSeconds(ms)}`);
	}

	#inWords(error: unknown): ClientError {
		if (error instanceof EngineStatusError) return statusProblem(error.statusCode, error.message, this.address);
		const problem = connectionProblem(error);
		const where = `Docker at ${this.address} (${this.host.origin})`;
		if (error instanceof SshError) {
			const remedy = 'Try it by hand, without a password: ssh HOST docker version';
			return new ClientError('unreachable', `${where}: ${error.message}`, remedy);
		}
		if (problem?.kind === 'permission') {
			return new ClientError(
				'permission',
				`${where}: permission denied`,
				'Join the group that owns the socket (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST',
			);
		}
		if (problem) {
			const remedy = isDefaultSocket(this.host)
				? 'Start the engine (sudo systemctl start docker), or set DOCKER_HOST'
				: this.#checkAddress();
			return new ClientError(problem.kind, `${where}: ${problem.words}`, problem.kind === 'unreachable' ? remedy : '');
		}
		const remedy = error instanceof EngineProtocolError ? this.#checkAddress() : '';
		return new ClientError('protocol', `${where}: ${error instanceof Error ? error.message : String(error)}`, remedy);
	}

	/** What to check where the engine's address seems to be wrong: what set it. */
	#checkAddress(): string {
		return `Check ${this.host.foundBy?.kind === 'default' ? 'DOCKER_HOST' : this.host.origin}`;
	}

	#parse<Output>(what: string, schema: z.ZodMiniType<Output>, answer: unknown): Output {
		const parsed = schema.safeParse(answer);
		if (parsed.success) return parsed.data;
		throw this.#notDocker(what);
	}

	#notDocker(what: string): ClientError {
		return new ClientError(
			'protocol',
			`What answers at ${this.address} (${this.host.origin}) is not a Docker Engine: ${what} cannot be read`,
			this.#checkAddress(),
		);
	}
}

/** Opens a log as a stream, also where it is not followed: dockerode would gather all of it in memory. */
function openLog(modem: EngineModem, id: string, options: object, abortSignal: AbortSignal): Promise<Readable> {
	return new Promise((resolve, reject) => {
		const path = `/containers/${encodeURIComponent(id)}/logs?`;
		modem.dial({ path, method: 'GET', isStream: true, abortSignal, options }, (error, stream) => {
			if (stream instanceof Readable) resolve(stream);
			else reject(error ?? new Error('the log is no stream'));
		});
	});
}

function parseEvent(line: string): ContainerEvent | null {
	if (line.trim() === '') return null;
	try {
		return eventAnswer.parse(JSON.parse(line));
	} catch {
		// One unreadable event: the list every half minute tells what it would have told.
		return null;
	}
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

/** The lower of two API versions such as 1.41 and 1.9. */
export function olderApi(a: string, b: string): string {
	const [majorA = 0, minorA = 0] = a.split('.').map(Number);
	const [majorB = 0, minorB = 0] = b.split('.').map(Number);
	return majorA < majorB || (majorA === majorB && minorA <= minorB) ? a : b;
}
