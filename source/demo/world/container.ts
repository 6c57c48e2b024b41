/** What the demo's Docker Engine knows of a container. */

export type HealthcheckDefinition = {
	/** As in Compose: `['CMD', …]` or `['CMD-SHELL', '…']`. */
	test: readonly [string, ...string[]];
	intervalMs: number;
	startPeriodMs: number;
	/** What the probe prints and returns while the program does not answer. */
	failure: { exitCode: number; output: string };
	success: string;
};

export type PortDefinition = {
	privatePort: number;
	/** Key into the ports on which the demo's own servers listen; not published when missing. */
	published?: string;
};

export type ProjectDefinition = {
	name: string;
	workingDir: string;
	configFile: string;
	network: string;
	subnet: string;
};

export type ContainerDefinition = {
	name: string;
	service: string;
	/** Which replica of the service it is; 1 where left out. */
	replica?: number;
	/** Made by `docker compose run`. */
	isOneOff?: boolean;
	/** How it ended before the demo began; left out: it runs. */
	ended?: { exitCode: number; agoMs: number };
	project: ProjectDefinition;
	image: string;
	entrypoint: readonly string[];
	command: readonly string[];
	user: string;
	workingDir: string;
	env: readonly string[];
	ports: readonly PortDefinition[];
	binds: readonly (readonly [source: string, destination: string])[];
	volumes: readonly (readonly [name: string, destination: string])[];
	dependsOn: readonly string[];
	healthcheck?: HealthcheckDefinition;
	/** From the start of the process until the program answers. */
	bootMs: number;
	/** How long it takes to leave after SIGTERM, and with which code. */
	stopMs: number;
	stopExitCode: number;
	memoryLimit?: number;
	/** Of the image, where it says so. */
	stopSignal?: string;
	imageVolumes?: readonly string[];
	/** Of Compose: `init` and `stop_grace_period`. */
	init?: boolean;
	stopTimeoutS?: number;
	idle: { cores: number; memoryMiB: number; processes: number };
	/** The first lines after a start; `{time}` in them is the program's own time format. */
	banner: (time: number, hostname: string) => readonly string[];
	/** Written to standard output rather than to standard error. */
	logsToStdout: boolean;
};

/** `removed`: the engine has it no more; the demo keeps it, to make it anew when the service comes up again. */
export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removed';
export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

export type Probe = { start: number; end: number; exitCode: number; output: string };

export type LogStream = 'stdout' | 'stderr';
export type LogRecord = { time: bigint; stream: LogStream; bytes: Buffer };
/** `end`: the log has ended; `cut`: the connection breaks. */
export type LogFollower = { write(record: LogRecord): void; end(): void; cut(): void };

/** Counters of the control groups and of the network, at `time`; they only grow while the container runs. */
export type Usage = {
	time: number;
	cpuNanos: number;
	/** Cores in use, over the second that began at `time`. */
	cores: number;
	memoryBytes: number;
	fileCacheBytes: number;
	processes: number;
	receivedBytes: number;
	sentBytes: number;
	readBytes: number;
	writtenBytes: number;
};

export type Container = {
	definition: ContainerDefinition;
	id: string;
	imageId: string;
	createdAt: number;
	status: ContainerStatus;
	startedAt: number;
	/** 0 when it has never ended. */
	finishedAt: number;
	exitCode: number;
	oomKilled: boolean;
	restartCount: number;
	pid: number;
	/** The address inside the project's network. */
	address: string;
	mac: string;
	/** Which start this is: what was planned for an earlier one no longer counts. */
	start: number;
	health?: { status: HealthStatus; failingStreak: number; log: Probe[] };
	/** Set by the scenario: every probe fails in this way until it is taken back. */
	failingProbe?: { exitCode: number; output: string };
	/** As `--log-driver` names it; json-file where it is left out. */
	logDriver?: string;
	/** It was cut off from its network. */
	isDetached?: boolean;
	usage: Usage;
	previousUsage: Usage;
	logs: LogRecord[];
	followers: Set<LogFollower>;
};

export function isUp(container: Container): boolean {
	return container.status === 'running' || container.status === 'paused';
}

export const MIB = 1024 * 1024;
