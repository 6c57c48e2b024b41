import type { Setup } from '../../model/check.ts';
import type { Container, ContainerDetail, ContainerEvent } from '../../model/engine/container.ts';
import type { StatsSample } from '../../model/engine/container-stats.ts';
import type { DiskUsage } from '../../model/engine/disk-usage.ts';
import { type DockerHost, engineName, podmanVersion } from '../../model/engine/engine-address.ts';
import type { ContainerInspection, ProcessTable } from '../../model/engine/inspection.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { LogLine } from '../../model/logs/log-line.ts';
import { phrase } from '../../words/message.ts';
import type { PlainLogin } from '../airflow/plain-login.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import { airflowUserAnswer } from './airflow-user.ts';
import { apiFor } from './api-version.ts';
import { CgroupStats } from './cgroup-stats.ts';
import { containersAnswer, inspectAnswer, networksAnswer, readStats, versionAnswer } from './docker-answers.ts';
import { diskUsageAnswer } from './docker-disk-usage.ts';
import { openEvents } from './docker-events.ts';
import { type CommandEnd, type ExecRequest, type ExecSession, openExec, runToEnd } from './docker-exec.ts';
import { inspectionAnswer, topAnswer } from './docker-inspection.ts';
import { type LogRequest, readLog } from './docker-logs.ts';
import { type EngineInfo, imageAnswer, infoAnswer, setupAnswer } from './docker-setup.ts';
import { EngineCalls } from './engine-calls.ts';
import { notDocker } from './engine-problem.ts';
import { PodmanGaps } from './podman-gaps.ts';

/** To sum the sizes of many volumes takes the engine minutes; ms. */
const diskTimeoutMs = 180_000;

const psColumns = '-eo user,pid,ppid,pcpu,pmem,etime,args';

/** The part of the Docker Engine API that laketop needs. Every method throws ClientError. */
export class DockerClient {
	readonly host: DockerHost;
	readonly #calls: EngineCalls;
	readonly #now: () => number;
	/** Only an engine behind a local socket can run its containers on this kernel. */
	readonly #cgroups: CgroupStats | null;
	/** Known from the version on; null for Docker. */
	#podman: PodmanGaps | null = null;

	/** @param ssh the connection to the host of an `ssh` engine; null for any other */
	constructor(host: DockerHost, now: () => number = Date.now, ssh: SshConnection | null = null) {
		this.host = host;
		this.#now = now;
		this.#cgroups = host.kind === 'unix' ? new CgroupStats() : null;
		this.#calls = new EngineCalls(host, ssh);
	}

	get address(): string {
		return this.host.address;
	}

	/** Requests the engine's version and uses its API from then on (the newest that both know). */
	async version(signal?: AbortSignal): Promise<string> {
		const answer = await this.#calls.ask(['version', '버전'], signal, abortSignal =>
			this.#calls.get('/version', abortSignal),
		);
		const parsed = this.#calls.parse(['version', '버전'], versionAnswer, answer);
		if (!parsed.ApiVersion || !parsed.Version) throw notDocker(this.host, ['version', '버전']);
		this.#calls.modem.apiVersion = apiFor(parsed.ApiVersion, parsed.MinAPIVersion);
		const podman = parsed.Components?.some(component => /podman/i.test(component.Name ?? ''));
		this.#podman = podman ? (this.#podman ?? new PodmanGaps(this.#calls)) : null;
		return podman ? podmanVersion(parsed.Version) : parsed.Version;
	}

	/** All containers; Podman's with their health once `version` was called. */
	async containers(signal?: AbortSignal): Promise<Container[]> {
		const answer = await this.#calls.ask(['container list', '컨테이너 목록'], signal, abortSignal =>
			this.#calls.docker.listContainers({ all: true, abortSignal }),
		);
		const containers = this.#calls.parse(['container list', '컨테이너 목록'], containersAnswer, answer);
		return this.#podman ? this.#podman.withHealth(containers, signal) : containers;
	}

	async inspect(id: string, signal?: AbortSignal): Promise<ContainerDetail> {
		return this.#calls.inspect(id, inspectAnswer, signal);
	}

	/** Details of a container for operators, without its secrets. */
	async inspection(id: string, signal?: AbortSignal): Promise<ContainerInspection> {
		return this.#calls.inspect(id, inspectionAnswer, signal);
	}

	/** The user that Airflow was set up with, as far as this container's environment says it; a secret. */
	async airflowUser(id: string, signal?: AbortSignal): Promise<PlainLogin | null> {
		return this.#calls.inspect(id, airflowUserAnswer, signal);
	}

	/** The configuration of a container, reduced to what the diagnosis needs. */
	async setup(id: string, signal?: AbortSignal): Promise<Setup> {
		return this.#calls.inspect(id, setupAnswer, signal);
	}

	/** The engine's host: clock, memory, kernel, data folder. */
	async info(signal?: AbortSignal): Promise<EngineInfo> {
		const answer = await this.#calls.ask(['engine info', '엔진 정보'], signal, abortSignal =>
			this.#calls.get('/info', abortSignal),
		);
		return this.#calls.parse(['engine info', '엔진 정보'], infoAnswer, answer);
	}

	/** The id of the image that a name refers to now; null if there is none. */
	async imageId(name: string, signal?: AbortSignal): Promise<string | null> {
		try {
			const path = `/images/${name.split('/').map(encodeURIComponent).join('/')}/json`;
			const answer = await this.#calls.ask([`image ${name}`, `이미지 ${name}`], signal, abortSignal =>
				this.#calls.get(path, abortSignal),
			);
			return this.#calls.parse(['image', '이미지'], imageAnswer, answer);
		} catch (error) {
			if (error instanceof ClientError && error.failure.kind === 'not-found') return null;
			throw error;
		}
	}

	/** Connects a container to a network, with aliases. */
	async connectNetwork(network: string, id: string, aliases: readonly string[], signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['network connection', '네트워크 연결'], signal, abortSignal => {
			const request = { Container: id, EndpointConfig: { Aliases: [...aliases] }, abortSignal };
			return this.#calls.docker.getNetwork(network).connect(request);
		});
	}

	/** The processes of a container; fails if it is not running. */
	async processes(id: string, signal?: AbortSignal): Promise<ProcessTable> {
		const top = (psArguments?: string) =>
			this.#calls.ask(['process list', '프로세스 목록'], signal, abortSignal =>
				this.#calls.docker.getContainer(id).top({ ...(psArguments ? { ps_args: psArguments } : {}), abortSignal }),
			);
		let answer: unknown;
		try {
			answer = await top(psColumns);
		} catch (error) {
			// A ps that does not know these columns (busybox): its default ones.
			if (!(error instanceof ClientError) || (error.httpStatus ?? 0) < 500) throw error;
		}
		// Podman responds with 200 and no body if its ps fails, or if the container is not running.
		if (!answer) answer = await top();
		if (answer) return this.#calls.parse(['process list', '프로세스 목록'], topAnswer, answer);
		throw new ClientError(
			'refused',
			phrase(
				[
					'{engine} at {address} cannot list the processes of this container',
					'{engine}({address})에서 이 컨테이너의 프로세스 목록을 가져올 수 없습니다',
				],
				{ engine: engineName(this.host), address: this.address },
			),
			phrase([
				'Run ps in the container: laketop exec CONTAINER ps',
				'컨테이너에서 직접 ps를 실행하세요: laketop exec CONTAINER ps',
			]),
		);
	}

	/** Disk usage of images, containers, volumes and build cache; the engine needs a while to compute it. */
	async diskUsage(signal?: AbortSignal): Promise<DiskUsage> {
		const podman = await this.#podmanGaps(signal);
		const answer = await this.#calls.ask(
			['disk usage', '디스크 사용량'],
			signal,
			abortSignal => this.#calls.get('/system/df', abortSignal),
			diskTimeoutMs,
		);
		const usage = this.#calls.parse(['disk usage', '디스크 사용량'], diskUsageAnswer, answer);
		return podman ? podman.withNames(usage, await this.containers(signal), signal) : usage;
	}

	/** Podman's gaps; null for Docker. Requests the version if it is not known yet. */
	async #podmanGaps(signal: AbortSignal | undefined): Promise<PodmanGaps | null> {
		if (this.#calls.modem.apiVersion === undefined) await this.version(signal);
		return this.#podman;
	}

	/** Names of a Compose project's networks. */
	async networks(project: string, signal?: AbortSignal): Promise<string[]> {
		const filters = { label: [`com.docker.compose.project=${project}`] };
		const answer: unknown = await this.#calls.ask(['network list', '네트워크 목록'], signal, abortSignal =>
			this.#calls.docker.listNetworks({ filters, abortSignal }),
		);
		return this.#calls.parse(['network list', '네트워크 목록'], networksAnswer, answer).map(network => network.Name);
	}

	/**
	 * Runs a command in a running container and connects to it: `docker exec -it` without the docker program. The
	 * signal closes the connection; the command itself continues (the engine knows no other way).
	 */
	async exec(id: string, argv: readonly string[], request: ExecRequest, signal?: AbortSignal): Promise<ExecSession> {
		const container = this.#calls.docker.getContainer(id);
		return openExec(container, (what, given, call) => this.#calls.ask(what, given, call), argv, request, signal);
	}

	/**
	 * Runs a command in a running container to its end. Throws ClientError, `timeout` if it takes longer than
	 * `limitMs`: it then continues in the container. Of very long output the beginning and the end are kept.
	 */
	async runIn(
		id: string,
		argv: readonly string[],
		{ user, limitMs }: { readonly user?: string | undefined; readonly limitMs: number },
		signal: AbortSignal,
	): Promise<CommandEnd> {
		const open = (ended: AbortSignal) => this.exec(id, argv, { tty: false, columns: 80, rows: 24, user }, ended);
		return runToEnd(open, argv[0] ?? '', limitMs, signal);
	}

	/**
	 * One sample of a container's counters: from its control group if that is visible here, else from the engine
	 * (`one-shot`, API 1.41; engines before 23 take up to a second). null if the container is not running.
	 */
	async statsSample(container: Pick<Container, 'id' | 'network'>, signal?: AbortSignal): Promise<StatsSample | null> {
		const { id } = container;
		const local = this.#cgroups?.sample(container, this.#now());
		if (local) return local;
		const answer = await this.#calls.ask(['statistics', '통계'], signal, abortSignal => {
			const options = { stream: false as const, 'one-shot': true, abortSignal };
			return this.#calls.docker.getContainer(id).stats(options);
		});
		try {
			return readStats(id, answer, this.#now());
		} catch {
			throw notDocker(this.host, ['statistics', '통계']);
		}
	}

	/**
	 * Subscribes to container events; resolves when the engine has accepted, so that a later list misses nothing. The
	 * iteration ends with the stream, and throws when it breaks.
	 */
	async events(signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
		return openEvents(this.#calls, signal);
	}

	/**
	 * A container's log in batches of lines as they arrive; the first is empty and means that the log is open. Reading
	 * applies back-pressure to the engine. Ends with the log (when following: with the container).
	 */
	logs(id: string, request: LogRequest, signal: AbortSignal): AsyncGenerator<LogLine[]> {
		return readLog(this.#calls, id, request, signal);
	}

	/** Restarts a container, within its own grace period. Resolves when the engine has started it again. */
	async restart(id: string, signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['restart', '재시작'], signal, abortSignal =>
			this.#calls.docker.getContainer(id).restart({ abortSignal }),
		);
	}

	/** Starts a container; a running one is left alone. */
	async start(id: string, signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['start', '시작'], signal, abortSignal =>
			this.#calls.docker.getContainer(id).start({ abortSignal }),
		);
	}

	/** Stops a container, within its own grace period; resolves when it has exited. A stopped one is left alone. */
	async stop(id: string, signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['stop', '중지'], signal, abortSignal =>
			this.#calls.docker.getContainer(id).stop({ abortSignal }),
		);
	}

	/** Sends SIGKILL. */
	async kill(id: string, signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['kill', '강제 종료'], signal, abortSignal =>
			this.#calls.docker.getContainer(id).kill({ abortSignal }),
		);
	}

	/** Freezes all processes of a container. */
	async pause(id: string, signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['pause', '일시 중지'], signal, abortSignal =>
			this.#calls.docker.getContainer(id).pause({ abortSignal }),
		);
	}

	async unpause(id: string, signal?: AbortSignal): Promise<void> {
		await this.#calls.change(['unpause', '일시 중지 해제'], signal, abortSignal =>
			this.#calls.docker.getContainer(id).unpause({ abortSignal }),
		);
	}
}
