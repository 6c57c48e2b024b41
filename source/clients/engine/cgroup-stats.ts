import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Container, hasOwnTraffic } from '../../model/engine/container.ts';
import type { StatsSample } from '../../model/engine/container-stats.ts';
import { memoryInUse } from './docker-answers.ts';

/**
 * The counters of a container on this kernel, from the same files as the engine's: those of its control group. They
 * cost the engine nothing and are available at once; engines before 23 respond even to a one-shot request only at the
 * next tick of their collector, up to a second later.
 *
 * Sources: moby, daemon/stats_unix.go (system CPU from /proc/stat, memory limit), daemon/stats/collector.go (the tick);
 * Linux, Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst.
 */
export class CgroupStats {
	readonly #root: string;
	/** The files of each container, by its id: to search them costs more than to read them. */
	readonly #found = new Map<string, Found>();
	#host: Host | null = null;
	#buffer = Buffer.allocUnsafe(8192);

	/** @param root parent of /sys and /proc: `/`, or a test's folder */
	constructor(root = '/') {
		this.#root = root;
	}

	/**
	 * A sample; null if the container's control group is not visible from here (a remote engine, a virtual machine).
	 */
	sample(container: Pick<Container, 'id' | 'network'>, sampledAt: number): StatsSample | null {
		const { id } = container;
		try {
			const found = this.#found.get(id) ?? this.#find(id);
			if (found === null) return null;
			if (this.#found.size > maxKept) this.#found.clear();
			const cgroup = found.version === 2 ? this.#version2(found.folder) : this.#version1(found.folder);
			// Its counters started again, and it has another first process.
			if (cgroup.cpuNs < found.cpuNs) throw new Error('started again');
			this.#found.set(id, { ...found, cpuNs: cgroup.cpuNs });
			const host = this.#hostAt(sampledAt);
			const network = hasOwnTraffic(container) ? this.#network(found) : { received: 0, sent: 0 };
			return {
				id,
				sampledAt,
				cpuTotalNs: cgroup.cpuNs,
				systemCpuNs: host.cpuNs,
				onlineCpus: host.cpus,
				memoryBytes: cgroup.memoryBytes,
				memoryLimitBytes: Math.min(cgroup.memoryLimitBytes, host.memoryBytes),
				receivedBytes: network.received,
				sentBytes: network.sent,
				blockReadBytes: cgroup.blockRead,
				blockWrittenBytes: cgroup.blockWritten,
				processes: cgroup.processes,
			};
		} catch {
			// It ended between two files, or a file is missing here: use the engine instead.
			this.#found.delete(id);
			return null;
		}
	}

	#find(id: string): Found | null {
		for (const folder of foldersOf(id)) {
			for (const [version, file, processes] of [
				[2, `sys/fs/cgroup/${folder}/memory.current`, `sys/fs/cgroup/${folder}`],
				[1, `sys/fs/cgroup/cpuacct/${folder}/cpuacct.usage`, `sys/fs/cgroup/memory/${folder}`],
			] as const) {
				if (this.#readIfThere(file) === null) continue;
				return { version, folder, pid: this.#firstProcess(processes), cpuNs: 0 };
			}
		}
		return null;
	}

	/** crun, Podman's usual runtime, puts the processes of a systemd scope into a group of their own below it. */
	#firstProcess(group: string): string {
		const first = (path: string) => this.#readIfThere(path)?.split('\n', 1)[0]?.trim() ?? '';
		return first(`${group}/cgroup.procs`) || first(`${group}/container/cgroup.procs`);
	}

	#version2(folder: string): Cgroup {
		const file = (name: string) => this.#read(`sys/fs/cgroup/${folder}/${name}`);
		// The controller of block devices may be off.
		const io = this.#readIfThere(`sys/fs/cgroup/${folder}/io.stat`) ?? '';
		const limit = file('memory.max').trim();
		return {
			cpuNs: numberAfter(file('cpu.stat'), 'usage_usec') * 1000,
			memoryBytes: memoryInUse(Number(file('memory.current')), {
				inactive_file: numberAfter(file('memory.stat'), 'inactive_file'),
			}),
			memoryLimitBytes: limit === 'max' ? Number.POSITIVE_INFINITY : Number(limit),
			blockRead: sumOf(io, /rbytes=(\d+)/g),
			blockWritten: sumOf(io, /wbytes=(\d+)/g),
			processes: Number(file('pids.current')),
		};
	}

	#version1(folder: string): Cgroup {
		const file = (controller: string, name: string) => this.#read(`sys/fs/cgroup/${controller}/${folder}/${name}`);
		const io = this.#readIfThere(`sys/fs/cgroup/blkio/${folder}/blkio.throttle.io_service_bytes`) ?? '';
		return {
			cpuNs: Number(file('cpuacct', 'cpuacct.usage')),
			memoryBytes: memoryInUse(Number(file('memory', 'memory.usage_in_bytes')), {
				total_inactive_file: numberAfter(file('memory', 'memory.stat'), 'total_inactive_file'),
			}),
			memoryLimitBytes: Number(file('memory', 'memory.limit_in_bytes')),
			blockRead: sumOf(io, /Read (\d+)/g),
			blockWritten: sumOf(io, /Write (\d+)/g),
			processes: Number(file('pids', 'pids.current')),
		};
	}

	/**
	 * The host's CPU time (user to softirq, summed as the engine does), online CPUs and memory. Read once for all
	 * containers of a turn: the kernel generates /proc/stat for each reader, from every CPU's figures.
	 */
	#hostAt(sampledAt: number): Host {
		const age = sampledAt - (this.#host?.readAt ?? Number.NEGATIVE_INFINITY);
		if (this.#host && age >= 0 && age < hostReuseMs) return this.#host;
		const stat = this.#read('proc/stat');
		const fields = stat.slice(0, stat.indexOf('\n')).trim().split(/\s+/).slice(1, 8).map(Number);
		if (fields.length < 7) throw new Error('/proc/stat has no cpu line');
		this.#host = {
			readAt: sampledAt,
			cpuNs: fields.reduce((sum, ticks) => sum + ticks, 0) * nanosecondsPerTick,
			cpus: stat.match(/^cpu\d/gm)?.length ?? 0,
			memoryBytes: this.#host?.memoryBytes ?? numberAfter(this.#read('proc/meminfo'), 'MemTotal:') * 1024,
		};
		return this.#host;
	}

	/** Traffic of the container's own network, without its loopback. Throws if its first process is gone. */
	#network({ pid }: Found): { received: number; sent: number } {
		if (pid === '' || pid === '0') throw new Error('no process');
		let received = 0;
		let sent = 0;
		for (const line of this.#read(`proc/${pid}/net/dev`).split('\n').slice(2)) {
			const [name, figures] = line.split(':');
			if (figures === undefined || name?.trim() === 'lo') continue;
			const columns = figures.trim().split(/\s+/).map(Number);
			received += columns[0] ?? 0;
			sent += columns[8] ?? 0;
		}
		return { received, sent };
	}

	#readIfThere(path: string): string | null {
		try {
			return this.#read(path);
		} catch {
			return null;
		}
	}

	/** Throws if there is no such file. Without the stat calls of `readFileSync`, which are useless here. */
	#read(path: string): string {
		const file = openSync(join(this.#root, path), 'r');
		try {
			let length = 0;
			for (;;) {
				const count = readSync(file, this.#buffer, length, this.#buffer.length - length, null);
				length += count;
				// The kernel returns these files in pieces of whole lines: only an empty read is the end.
				if (count === 0) return this.#buffer.toString('latin1', 0, length);
				if (length === this.#buffer.length) this.#buffer = Buffer.concat([this.#buffer, Buffer.allocUnsafe(length)]);
			}
		} finally {
			closeSync(file);
		}
	}
}

/**
 * Below the root of a hierarchy: of Docker and of rootful Podman, with the cgroupfs and the systemd driver, and of this
 * user's Podman. Sources: moby, daemon/oci_linux.go; containers/podman, libpod/container_internal_linux.go
 * (getOCICgroupPath).
 */
function foldersOf(id: string): string[] {
	const uid = process.getuid?.();
	return [
		`docker/${id}`,
		`system.slice/docker-${id}.scope`,
		`libpod_parent/libpod-${id}`,
		`machine.slice/libpod-${id}.scope`,
		`user.slice/user-${uid}.slice/user@${uid}.service/user.slice/libpod-${id}.scope`,
	];
}

/** Age up to which the host's figures count for the same turn, ms: one or two percent of the shortest difference. */
const hostReuseMs = 5;
/** Removed containers are not reported here, so the cache is limited. */
const maxKept = 2000;

type Found = {
	readonly version: 1 | 2;
	/** Below the root of a hierarchy, for the cgroupfs and the systemd driver. */
	readonly folder: string;
	/** The container's first process. */
	readonly pid: string;
	/** CPU time of the previous sample. */
	readonly cpuNs: number;
};

type Host = {
	readonly readAt: number;
	readonly cpuNs: number;
	readonly cpus: number;
	readonly memoryBytes: number;
};

type Cgroup = {
	readonly cpuNs: number;
	readonly memoryBytes: number;
	readonly memoryLimitBytes: number;
	readonly blockRead: number;
	readonly blockWritten: number;
	readonly processes: number;
};

/** USER_HZ is 100 on every architecture that Docker runs on. */
const nanosecondsPerTick = 1e9 / 100;

/** The number after a word at the start of a line. */
function numberAfter(text: string, word: string): number {
	const start = text.startsWith(`${word} `) ? 0 : text.indexOf(`\n${word} `) + 1;
	if (start === 0 && !text.startsWith(`${word} `)) throw new Error(`no ${word}`);
	const end = text.indexOf('\n', start);
	return Number.parseInt(text.slice(start + word.length, end === -1 ? undefined : end), 10);
}

function sumOf(text: string, pattern: RegExp): number {
	let sum = 0;
	for (const match of text.matchAll(pattern)) sum += Number(match[1]);
	return sum;
}
