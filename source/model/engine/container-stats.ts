import * as z from 'zod/mini';

/** One sample of `GET /containers/{id}/stats`: the engine's counters. Bytes, and CPU time in nanoseconds. */
export const statsSampleSchema = z.object({
	id: z.string(),
	/** When the sample was taken, ms since the epoch (our clock). */
	sampledAt: z.number(),
	cpuTotalNs: z.number(),
	/** CPU time of the whole host; null if the engine reports none (Windows, some Podman versions). */
	systemCpuNs: z.nullable(z.number()),
	onlineCpus: z.number(),
	memoryBytes: z.number(),
	memoryLimitBytes: z.number(),
	receivedBytes: z.number(),
	sentBytes: z.number(),
	blockReadBytes: z.number(),
	blockWrittenBytes: z.number(),
	processes: z.number(),
});
export type StatsSample = z.infer<typeof statsSampleSchema>;

/** A container's resource usage, for the services pane. */
export type ContainerUse = {
	/** The newest sample, the base of the next difference. */
	last: StatsSample;
	/** Percent of one core, as in `docker stats` (200 = two busy cores); null until there are two samples. */
	cpuPercent: number | null;
	memoryPercent: number | null;
	/** Bytes a second since the previous sample; null until there are two. */
	receivedPerSecond: number | null;
	sentPerSecond: number | null;
	/** CPU percent of the last samples, oldest first. */
	cpuHistory: readonly number[];
};

/** Samples kept for the sparkline: two minutes at the default interval of two seconds. */
export const cpuHistoryLength = 60;

/**
 * CPU use between two samples, in percent of one core: Δcpu ÷ Δsystem × online CPUs × 100, and 0 when either difference
 * is not positive. Source: docker/cli, cli/command/container/stats_helpers.go, calculateCPUPercentUnix.
 */
export function cpuPercent(
	previous: Pick<StatsSample, 'cpuTotalNs' | 'systemCpuNs'>,
	current: Pick<StatsSample, 'cpuTotalNs' | 'systemCpuNs' | 'onlineCpus'>,
): number | null {
	if (previous.systemCpuNs === null || current.systemCpuNs === null) return null;
	const cpuDelta = current.cpuTotalNs - previous.cpuTotalNs;
	const systemDelta = current.systemCpuNs - previous.systemCpuNs;
	if (cpuDelta <= 0 || systemDelta <= 0) return 0;
	return (cpuDelta / systemDelta) * current.onlineCpus * 100;
}

/** The usage after a new sample. */
export function useAfter(before: ContainerUse | undefined, sample: StatsSample): ContainerUse {
	const memoryPercent = sample.memoryLimitBytes > 0 ? (sample.memoryBytes / sample.memoryLimitBytes) * 100 : null;
	// A restarted container counts from zero again: its old counters are no base for a difference.
	const base = before && sample.cpuTotalNs >= before.last.cpuTotalNs ? before.last : undefined;
	const seconds = base ? (sample.sampledAt - base.sampledAt) / 1000 : 0;
	const percent = base ? cpuPercent(base, sample) : null;
	const rate = (now: number, then: number) => (seconds > 0 ? Math.max(0, (now - then) / seconds) : null);
	return {
		last: sample,
		cpuPercent: percent,
		memoryPercent,
		receivedPerSecond: base ? rate(sample.receivedBytes, base.receivedBytes) : null,
		sentPerSecond: base ? rate(sample.sentBytes, base.sentBytes) : null,
		cpuHistory:
			percent === null ? (before?.cpuHistory ?? []) : [...(before?.cpuHistory ?? []), percent].slice(-cpuHistoryLength),
	};
}
