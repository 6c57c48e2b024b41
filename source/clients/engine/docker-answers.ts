import * as z from 'zod/mini';
import { airflowProcessIn } from '../../model/airflow/airflow-process.ts';
import type { Container, ContainerDetail, NetworkNamespace } from '../../model/engine/container.ts';
import type { StatsSample } from '../../model/engine/container-stats.ts';
import {
	epochTime,
	maskedLines,
	optionalIp,
	optionalPort,
	optionalText,
	optionalTime,
	outsideList,
	outsideName,
	outsideText,
} from '../../model/text/outside-text.ts';
import { apiNumberForm } from './api-version.ts';
import { awaitedEnds, composeFiles, label, labels, replicaNumber } from './compose-labels.ts';

/** The Docker Engine's responses, parsed tolerantly (moby, api/swagger.yaml; Podman leaves out other fields). */

export const containersAnswer = outsideList(
	z.pipe(
		z.object({
			Id: outsideText,
			Names: z.nullish(outsideList(outsideName)),
			Image: optionalText,
			// Only one word of it is used, and it is not kept: it may hold secrets.
			Command: optionalText,
			State: optionalText,
			Status: optionalText,
			Created: epochTime(1000),
			Labels: labels,
			HostConfig: z.nullish(z.object({ NetworkMode: optionalText })),
			Ports: z.nullish(
				outsideList(
					z.object({
						IP: optionalIp,
						PrivatePort: optionalPort,
						PublicPort: optionalPort,
						Type: optionalText,
					}),
				),
			),
			Mounts: z.nullish(outsideList(z.object({ Type: optionalText, Source: optionalText, Destination: optionalText }))),
		}),
		z.transform(
			(answer): Container => ({
				id: answer.Id,
				name: (answer.Names?.[0] ?? answer.Id.slice(0, 12)).replace(/^\//, ''),
				image: answer.Image ?? '',
				...processOf(answer.Command ?? ''),
				project: label(answer.Labels, 'project'),
				service: label(answer.Labels, 'service'),
				replica: replicaNumber(label(answer.Labels, 'container-number')),
				// `True` and `False`: Compose keeps Python's spelling.
				isOneOff: label(answer.Labels, 'oneoff')?.toLowerCase() === 'true',
				...awaitedEnds(label(answer.Labels, 'depends_on')),
				configFiles: composeFiles(answer.Labels),
				workingDirectory: label(answer.Labels, 'project.working_dir'),
				state: answer.State ?? 'unknown',
				health: healthFromStatus(answer.Status ?? ''),
				...exitFromStatus(answer.Status ?? ''),
				createdAt: answer.Created ?? 0,
				network: namespaceOf(answer.HostConfig?.NetworkMode ?? ''),
				...networkHost(answer.HostConfig?.NetworkMode ?? ''),
				ports: (answer.Ports ?? []).map(port => ({
					address: port.IP ?? '',
					privatePort: port.PrivatePort ?? 0,
					// Published at an invalid address, it is unreachable.
					publicPort: port.IP === null ? null : port.PublicPort,
					protocol: port.Type ?? 'tcp',
				})),
				mounts: (answer.Mounts ?? []).map(mount => ({
					type: mount.Type ?? '',
					source: mount.Source ?? '',
					destination: mount.Destination ?? '',
				})),
			}),
		),
	),
);

/**
 * Source: moby, api/types/container/hostconfig_unix.go, NetworkMode (host, none, container:ID; everything else is a
 * network); Podman writes `ns:PATH` for a namespace of another process.
 */
function namespaceOf(mode: string): NetworkNamespace {
	if (mode === 'host' || mode === 'none') return mode;
	return /^(container|ns):/.test(mode) ? 'shared' : 'own';
}

function processOf(command: string): Pick<Container, 'airflowProcess'> {
	const airflowProcess = airflowProcessIn(command);
	return airflowProcess === null ? {} : { airflowProcess };
}

function networkHost(mode: string): Pick<Container, 'sharesNetworkOf'> {
	const sharesNetworkOf = /^container:(.+)$/.exec(mode)?.[1];
	return sharesNetworkOf === undefined ? {} : { sharesNetworkOf };
}

/**
 * The list has health only inside its status text: `Up 2 hours (healthy)`, `Up 3 seconds (health: starting)`. Source:
 * moby, container/state.go, State.String.
 */
export function healthFromStatus(status: string): string {
	const word = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status)?.[1];
	return word ?? 'none';
}

/** So has it the exit code: `Exited (0) 2 hours ago`. */
function exitFromStatus(status: string): { exitCode?: number } {
	const code = /^Exited \((-?\d{1,10})\)/.exec(status)?.[1];
	return code === undefined ? {} : { exitCode: Number(code) };
}

/** The state of a container in every inspection. */
export const stateAnswer = z.object({
	Status: optionalText,
	ExitCode: z.nullish(z.number()),
	OOMKilled: z.nullish(z.boolean()),
	Error: optionalText,
	StartedAt: optionalTime,
	FinishedAt: optionalTime,
	Health: z.nullish(
		z.object({
			Status: optionalText,
			FailingStreak: z.nullish(z.number()),
			Log: z.nullish(
				outsideList(
					z.object({
						Start: optionalTime,
						End: optionalTime,
						ExitCode: z.nullish(z.number()),
						Output: z.nullish(maskedLines),
					}),
				),
			),
		}),
	),
});

export const inspectAnswer = z.pipe(
	z.object({
		Id: outsideText,
		State: stateAnswer,
		RestartCount: z.nullish(z.number()),
		HostConfig: z.nullish(z.object({ RestartPolicy: z.nullish(z.object({ Name: optionalText })) })),
		Config: z.nullish(z.object({ Tty: z.nullish(z.boolean()) })),
	}),
	z.transform(
		({ Id, State, RestartCount, HostConfig, Config }): ContainerDetail => ({
			id: Id,
			state: State.Status ?? 'unknown',
			// The response keeps the last health of a stopped container, which means nothing.
			health: State.Status === 'running' || State.Status === 'paused' ? State.Health?.Status || 'none' : 'none',
			startedAt: State.StartedAt,
			finishedAt: State.FinishedAt,
			exitCode: State.ExitCode ?? 0,
			oomKilled: State.OOMKilled ?? false,
			error: State.Error ?? '',
			restartCount: RestartCount ?? 0,
			restartPolicy: HostConfig?.RestartPolicy?.Name || 'no',
			tty: Config?.Tty ?? false,
			failingStreak: State.Health?.FailingStreak ?? 0,
			probes: (State.Health?.Log ?? []).map(probe => ({
				startedAt: probe.Start ?? 0,
				endedAt: probe.End ?? 0,
				exitCode: probe.ExitCode ?? 0,
				output: probe.Output ?? '',
			})),
		}),
	),
);

const counter = z.pipe(
	z.nullish(z.number()),
	z.transform(n => n ?? 0),
);

const statsBody = z.object({
	cpu_stats: z.nullish(
		z.object({
			cpu_usage: z.nullish(z.object({ total_usage: counter, percpu_usage: z.nullish(outsideList(z.number())) })),
			system_cpu_usage: z.nullish(z.number()),
			online_cpus: z.nullish(z.number()),
		}),
	),
	memory_stats: z.nullish(
		z.object({
			usage: z.nullish(z.number()),
			limit: z.nullish(z.number()),
			stats: z.nullish(z.record(outsideText, z.number())),
		}),
	),
	networks: z.nullish(z.record(outsideText, z.object({ rx_bytes: counter, tx_bytes: counter }))),
	blkio_stats: z.nullish(
		z.object({ io_service_bytes_recursive: z.nullish(outsideList(z.object({ op: outsideText, value: counter }))) }),
	),
	pids_stats: z.nullish(z.object({ current: z.nullish(z.number()) })),
});

/**
 * One sample; null for a container that is not running: its response has no memory figures, or, with Podman, no body.
 * null also if the engine cannot measure it: rootless Podman with control groups v1 reports the memory of the whole
 * host, no CPU time and no processes, although every running container has used some and has one.
 */
export function readStats(id: string, answer: unknown, sampledAt: number): StatsSample | null {
	if (answer === '') return null;
	const stats = statsBody.parse(answer);
	if (stats.memory_stats?.usage == null) return null;
	if (!stats.cpu_stats?.cpu_usage?.total_usage && !stats.pids_stats?.current) return null;
	const networks = Object.values(stats.networks ?? {});
	const blocks = stats.blkio_stats?.io_service_bytes_recursive ?? [];
	const blockBytes = (operation: string) =>
		blocks.filter(entry => entry.op.toLowerCase().startsWith(operation)).reduce((sum, entry) => sum + entry.value, 0);
	return {
		id,
		sampledAt,
		cpuTotalNs: stats.cpu_stats?.cpu_usage?.total_usage ?? 0,
		systemCpuNs: stats.cpu_stats?.system_cpu_usage ?? null,
		onlineCpus: stats.cpu_stats?.online_cpus || stats.cpu_stats?.cpu_usage?.percpu_usage?.length || 1,
		memoryBytes: memoryInUse(stats.memory_stats.usage, stats.memory_stats.stats ?? {}),
		memoryLimitBytes: stats.memory_stats.limit ?? 0,
		receivedBytes: networks.reduce((sum, network) => sum + network.rx_bytes, 0),
		sentBytes: networks.reduce((sum, network) => sum + network.tx_bytes, 0),
		blockReadBytes: blockBytes('r'),
		blockWrittenBytes: blockBytes('w'),
		processes: stats.pids_stats?.current ?? 0,
	};
}

/**
 * Memory in use without the reclaimable page cache: usage less `total_inactive_file` (cgroup v1) or `inactive_file`
 * (v2). Source: docker/cli, cli/command/container/stats_helpers.go, calculateMemUsageUnixNoCache.
 */
export function memoryInUse(usage: number, stats: Readonly<Record<string, number>>): number {
	const { total_inactive_file: v1, inactive_file: v2 } = stats;
	if (v1 !== undefined && v1 < usage) return usage - v1;
	if (v2 !== undefined && v2 < usage) return usage - v2;
	return usage;
}

export const versionAnswer = z.object({
	Version: optionalText,
	ApiVersion: z.nullish(outsideText.check(z.regex(apiNumberForm))),
	// Left out by some proxies of the engine. Not needed: another form than that of a number counts as left out.
	MinAPIVersion: optionalText,
	Platform: z.nullish(z.object({ Name: optionalText })),
	Components: z.nullish(outsideList(z.object({ Name: optionalText }))),
});

export const networksAnswer = outsideList(z.object({ Name: outsideName }));
