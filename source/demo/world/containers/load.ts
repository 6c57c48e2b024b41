import { isWorker, tasksOn } from '../airflow/workers.ts';
import { hash, smoothNoise } from '../random.ts';
import { every, sinceStart, type World } from '../world.ts';
import { type Container, isUp, MIB } from './container.ts';

/** The demo's host: its counters are like those of /proc/stat, over all processors, since its boot. */
export const HOST = { processors: 8, memoryBytes: 33_545_981_952, uptimeAtStartMs: 9 * 24 * 3600_000 };

export function hostCpuNanos(world: Pick<World, 'startedAt'>, time: number): bigint {
	return BigInt(Math.round((time - world.startedAt + HOST.uptimeAtStartMs) * HOST.processors)) * 1_000_000n;
}

/** The load of a running task on the worker and on the servers it uses. */
const TASK_LOAD: Readonly<Record<string, { cores: number; memoryMiB: number }>> = {
	raw_to_bronze: { cores: 0.62, memoryMiB: 190 },
	bronze_to_silver: { cores: 0.85, memoryMiB: 260 },
	silver_to_gold: { cores: 0.74, memoryMiB: 230 },
	feature_engineering: { cores: 1.15, memoryMiB: 420 },
	model_training: { cores: 2.6, memoryMiB: 880 },
	model_evaluation: { cores: 0.95, memoryMiB: 510 },
	model_registry: { cores: 0.4, memoryMiB: 240 },
};
const OTHER_TASK = { cores: 0.5, memoryMiB: 160 };

type Demand = { cores: number; memoryMiB: number; processes: number; network: number };

function demand(world: World, container: Container): Demand {
	const { idle, name, bootMs } = container.definition;
	const seed = hash(`${world.seed}/${name}`);
	const t = sinceStart(world) / 1000;
	const noise = smoothNoise(seed, t / 6) * 0.5 + smoothNoise(seed + 1, t / 1.7) * 0.3;
	const wanted = {
		cores: Math.max(0.0008, idle.cores * (1 + noise)),
		memoryMiB: idle.memoryMiB * (1 + 0.012 * smoothNoise(seed + 2, t / 45)),
		processes: idle.processes,
		network: 900 + 500 * noise,
	};
	if (world.time < container.startedAt + bootMs) {
		wanted.cores = Math.max(wanted.cores, 0.85 + 0.2 * noise);
		wanted.memoryMiB *= 0.75;
	}
	const running = world.airflow.working;
	if (running.size > 0) {
		const busy = running.size;
		if (isWorker(world, container)) {
			const own = tasksOn(world, container);
			for (const { taskId } of own) {
				const load = TASK_LOAD[taskId] ?? OTHER_TASK;
				wanted.cores += load.cores * (1 + 0.22 * noise);
				wanted.memoryMiB += load.memoryMiB * (1 + 0.06 * noise);
				wanted.processes += 3;
			}
			wanted.network += 60_000 * own.length * (1 + noise * 0.5);
		}
		const { parts } = world.stack;
		if (name === parts.database) wanted.cores += 0.05 * busy * (1 + noise);
		if (name === parts.scheduler) wanted.cores += 0.14 * (1 + noise * 0.5);
		if (name === parts.mlflow) {
			wanted.cores += 0.11 * busy * (1 + noise);
			wanted.network += 9_000 * busy;
		}
		if (name === 'seaweedfs-volume') wanted.network += 45_000 * busy;
	}
	return wanted;
}

/** The counters at `world.time`: each second has one load. */
export function usageNow(world: World, container: Container): Container['usage'] {
	const { usage } = container;
	if (container.status !== 'running') return usage;
	const elapsed = Math.max(0, world.time - usage.time);
	return { ...usage, time: world.time, cpuNanos: usage.cpuNanos + Math.round(usage.cores * elapsed * 1e6) };
}

export function advanceUsage(world: World, container: Container): void {
	if (!isUp(container)) return;
	const before = usageNow(world, container);
	const wanted = container.status === 'paused' ? undefined : demand(world, container);
	// Loads change over a few seconds, memory more slowly than CPU.
	const approach = (from: number, to: number, share: number): number => from + (to - from) * share;
	const bytes = wanted === undefined ? 0 : Math.round(Math.max(120, wanted.network));
	container.previousUsage = before;
	container.usage = {
		...before,
		time: world.time,
		cores: wanted === undefined ? 0 : approach(before.cores, wanted.cores, 0.55),
		memoryBytes:
			wanted === undefined
				? before.memoryBytes
				: Math.round(approach(before.memoryBytes, wanted.memoryMiB * MIB, 0.25)),
		processes: wanted === undefined ? before.processes : wanted.processes,
		receivedBytes: before.receivedBytes + bytes,
		sentBytes: before.sentBytes + Math.round(bytes * 0.72),
		readBytes: before.readBytes + (bytes > 20_000 ? 4096 * 4 : 0),
		writtenBytes: before.writtenBytes + (bytes > 20_000 ? 4096 * 24 : container.definition.volumes.length * 4096),
	};
}

export function runLoad(world: World): void {
	every(world, 1000, () => {
		for (const container of world.containers.values()) advanceUsage(world, container);
		for (const listener of world.onSecond) listener();
	});
}
