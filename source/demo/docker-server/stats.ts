import { exactJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';
import type { Container, Usage } from '../world/containers/container.ts';
import { isUp } from '../world/containers/container.ts';
import { HOST, hostCpuNanos, usageNow } from '../world/containers/load.ts';
import { goTime } from '../world/time.ts';
import { after, type World } from '../world/world.ts';
import { flag, sendJson } from './reply.ts';

/** Linux's value for an unlimited number of processes: the greatest of 64 bits. */
const NO_LIMIT = 2n ** 64n - 1n;

const ZERO_TIME = '0001-01-01T00:00:00Z';
const NO_CPU = {
	cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
	throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

function cpuOf(world: World, usage: Usage) {
	return {
		cpu_usage: {
			total_usage: usage.cpuNanos,
			usage_in_kernelmode: Math.round(usage.cpuNanos * 0.21),
			usage_in_usermode: Math.round(usage.cpuNanos * 0.79),
		},
		system_cpu_usage: hostCpuNanos(world, usage.time),
		online_cpus: HOST.processors,
		throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
	};
}

/** For control groups v2: docker's `usage` includes the page cache, of which the CLI subtracts `inactive_file`. */
function memoryOf(container: Container, usage: Usage) {
	const file = usage.fileCacheBytes;
	const anon = usage.memoryBytes;
	return {
		usage: anon + file,
		stats: {
			active_anon: Math.round(anon * 0.02),
			active_file: Math.round(file * 0.35),
			anon,
			anon_thp: 0,
			file,
			file_dirty: 0,
			file_mapped: Math.round(file * 0.3),
			file_writeback: 0,
			inactive_anon: Math.round(anon * 0.98),
			inactive_file: Math.round(file * 0.65),
			kernel_stack: usage.processes * 16_384,
			pgactivate: 0,
			pgdeactivate: 0,
			pgfault: Math.round(anon / 4096) * 3,
			pglazyfree: 0,
			pglazyfreed: 0,
			pgmajfault: 47,
			pgrefill: 0,
			pgscan: 0,
			pgsteal: 0,
			shmem: 0,
			slab: 4_194_304,
			slab_reclaimable: 3_145_728,
			slab_unreclaimable: 1_048_576,
			sock: 0,
			thp_collapse_alloc: 0,
			thp_fault_alloc: 0,
			unevictable: 0,
			workingset_activate: 0,
			workingset_nodereclaim: 0,
			workingset_refault: 0,
		},
		limit: container.definition.memoryLimit ?? HOST.memoryBytes,
	};
}

const NO_BLOCK_IO = {
	io_service_bytes_recursive: null,
	io_serviced_recursive: null,
	io_queue_recursive: null,
	io_service_time_recursive: null,
	io_wait_time_recursive: null,
	io_merged_recursive: null,
	io_time_recursive: null,
	sectors_recursive: null,
};

/** A container that is not running has only its name (moby daemon/stats.go). */
function emptyStats(container: Container) {
	return {
		read: ZERO_TIME,
		preread: ZERO_TIME,
		pids_stats: {},
		blkio_stats: NO_BLOCK_IO,
		num_procs: 0,
		storage_stats: {},
		cpu_stats: NO_CPU,
		precpu_stats: NO_CPU,
		memory_stats: {},
		name: `/${container.definition.name}`,
		id: container.id,
	};
}

export function statsOf(world: World, container: Container, before?: Usage) {
	if (!isUp(container)) return emptyStats(container);
	const usage = usageNow(world, container);
	const packets = (bytes: number): number => Math.round(bytes / 190);
	return {
		read: goTime(world.time),
		preread: before === undefined ? ZERO_TIME : goTime(before.time),
		pids_stats: { current: usage.processes, limit: NO_LIMIT },
		blkio_stats: {
			...NO_BLOCK_IO,
			io_service_bytes_recursive: [
				{ major: 259, minor: 0, op: 'read', value: usage.readBytes },
				{ major: 259, minor: 0, op: 'write', value: usage.writtenBytes },
			],
		},
		num_procs: 0,
		storage_stats: {},
		cpu_stats: cpuOf(world, usage),
		precpu_stats: before === undefined ? NO_CPU : cpuOf(world, before),
		memory_stats: memoryOf(container, usage),
		name: `/${container.definition.name}`,
		id: container.id,
		networks: {
			eth0: {
				rx_bytes: usage.receivedBytes,
				rx_packets: packets(usage.receivedBytes),
				rx_errors: 0,
				rx_dropped: 0,
				tx_bytes: usage.sentBytes,
				tx_packets: packets(usage.sentBytes),
				tx_errors: 0,
				tx_dropped: 0,
			},
		},
	};
}

/** `stream` is on by default; a single response waits for two samples, unless `one-shot` is given. */
export function sendStats(world: World, container: Container, call: Call, streams: Set<() => void>): void {
	const { response, query } = call;
	const stream = !query.has('stream') || flag(call, 'stream');
	if (!stream) {
		if (flag(call, 'one-shot') || !isUp(container)) {
			sendJson(response, statsOf(world, container));
			return;
		}
		if (!world.autonomous) {
			sendJson(response, statsOf(world, container, container.previousUsage));
			return;
		}
		const before = usageNow(world, container);
		after(world, 1000, () => sendJson(response, statsOf(world, container, before)));
		return;
	}
	response.writeHead(200, { 'Content-Type': 'application/json' });
	let before: Usage | undefined;
	const write = (): void => {
		response.write(`${exactJson(statsOf(world, container, before))}\n`);
		before = usageNow(world, container);
	};
	const end = (): void => {
		world.onSecond.delete(write);
		streams.delete(end);
		response.end();
	};
	write();
	world.onSecond.add(write);
	streams.add(end);
	response.on('close', end);
}
