/** The demo engine's facts about a container. */

export type HealthcheckDefinition = {
	/** As in Compose: `['CMD', …]` or `['CMD-SHELL', '…']`. */
	test: readonly [string, ...string[]];
	intervalMs: number;
	startPeriodMs: number;
	/** Output and exit code of the probe while the program does not respond. */
	failure: { exitCode: number; output: string };
	success: string;
};

export type PortDefinition = {
	privatePort: number;
	/** Key into the ports on which the demo's own servers listen; not published if missing. */
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
	/** Number of the replica of its service; by default 1. */
	replica?: number;
	/** Made by `docker compose run`. */
	isOneOff?: boolean;
	/** By default `unless-stopped`. */
	restart?: 'always' | 'no';
	/** It does its work and exits with 0, this long after its start, ms; left out: it runs until it is stopped. */
	endsAfterMs?: number;
	/** Its exit before the demo; left out: it is running. */
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
	/** Time from the start of the process until the program responds. */
	bootMs: number;
	/** Time to exit after SIGTERM, and the exit code. */
	stopMs: number;
	stopExitCode: number;
	memoryLimit?: number;
	/** From the image, if it sets one. */
	stopSignal?: string;
	imageVolumes?: readonly string[];
	/** From Compose: `init` and `stop_grace_period`. */
	init?: boolean;
	stopTimeoutS?: number;
	idle: { cores: number; memoryMiB: number; processes: number };
	/** The first lines after a start; `{time}` in them is the program's own time format. */
	banner: (time: number, hostname: string) => readonly string[];
	/** Written to standard output instead of standard error. */
	logsToStdout: boolean;
};

/** `removed`: gone from the engine; the demo keeps it, to create it again when the service comes up. */
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
	/** Cores in use, over the second from `time` on. */
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
	/** 0 if it has never exited. */
	finishedAt: number;
	exitCode: number;
	oomKilled: boolean;
	restartCount: number;
	pid: number;
	/** The address in the project's network. */
	address: string;
	mac: string;
	/** Number of the start: plans for an earlier one no longer count. */
	start: number;
	health?: { status: HealthStatus; failingStreak: number; log: Probe[] };
	/** Set by the scenario: every probe fails in this way until it is reset. */
	failingProbe?: { exitCode: number; output: string };
	/** As in `--log-driver`; by default json-file. */
	logDriver?: string;
	/** It is disconnected from its network. */
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
