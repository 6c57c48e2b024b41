import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from '../model/container.ts';
import type { StatsSample } from '../model/container-stats.ts';
import { memoryInUse } from './docker-answers.ts';

/**
 * The counters of a container that runs on this very kernel, read where the engine itself reads them: the files of its
 * control group. They cost the engine nothing and are there at once; engines before 23 answer even a one-shot question
 * only at the next tick of their collector, up to a second later.
 *
 * Sources: moby, daemon/stats_unix.go (system CPU from /proc/stat, memory limit), daemon/stats/collector.go (the tick);
 * Linux, Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst.
 */
export class CgroupStats {
	readonly #root: string;

	/** @param root where /sys and /proc are: `/`, or a test's folder. */
	constructor(root = '/') {
		this.#root = root;
	}

	/** A sample; null where the container's control group is not to be seen from here (a remote engine, a virtual machine). */
	sample(container: Pick<Container, 'id' | 'hostNetwork'>, sampledAt: number): StatsSample | null {
		try {
			const cgroup = this.#version2(container.id) ?? this.#version1(container.id);
			if (cgroup === null) return null;
			const host = this.#host();
			const network = container.hostNetwork ? { received: 0, sent: 0 } : this.#network(cgroup.pid);
			if (network === null) return null;
			return {
				id: container.id,
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
			// It ended between two files, or a file is missing here: the engine is asked instead.
			return null;
		}
	}

	#version2(id: string): Cgroup | null {
		const folder = places(id).find(place => this.#read(`sys/fs/cgroup/${place}/memory.current`) !== null);
		if (folder === undefined) return null;
		const file = (name: string) => this.#read(`sys/fs/cgroup/${folder}/${name}`) ?? '';
		const io = file('io.stat');
		return {
			pid: firstLine(file('cgroup.procs')),
			cpuNs: numberAfter(file('cpu.stat'), 'usage_usec') * 1000,
			memoryBytes: memoryInUse(Number(file('memory.current')), {
				inactive_file: numberAfter(file('memory.stat'), 'inactive_file'),
			}),
			memoryLimitBytes: file('memory.max').trim() === 'max' ? Number.POSITIVE_INFINITY : Number(file('memory.max')),
			blockRead: sumOf(io, /rbytes=(\d+)/g),
			blockWritten: sumOf(io, /wbytes=(\d+)/g),
			processes: Number(file('pids.current')),
		};
	}

	#version1(id: string): Cgroup | null {
		const folder = places(id).find(place => this.#read(`sys/fs/cgroup/cpuacct/${place}/cpuacct.usage`) !== null);
		if (folder === undefined) return null;
		const file = (controller: string, name: string) =>
			this.#read(`sys/fs/cgroup/${controller}/${folder}/${name}`) ?? '';
		const io = file('blkio', 'blkio.throttle.io_service_bytes');
		return {
			pid: firstLine(file('memory', 'cgroup.procs')),
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

	/** The host's CPU time (user to softirq, as the engine adds them up), its CPUs that are online, its memory. */
	#host(): { cpuNs: number; cpus: number; memoryBytes: number } {
		const lines = (this.#read('proc/stat') ?? '').split('\n');
		const fields = (lines[0] ?? '').trim().split(/\s+/).slice(1, 8).map(Number);
		if (fields.length < 7) throw new Error('/proc/stat has no cpu line');
		return {
			cpuNs: fields.reduce((sum, ticks) => sum + ticks, 0) * nanosecondsPerTick,
			cpus: lines.filter(line => /^cpu\d/.test(line)).length,
			memoryBytes: numberAfter(this.#read('proc/meminfo') ?? '', 'MemTotal:') * 1024,
		};
	}

	/** Traffic of the container's own network, without its loopback. */
	#network(pid: string): { received: number; sent: number } | null {
		const table = pid === '' || pid === '0' ? null : this.#read(`proc/${pid}/net/dev`);
		if (table === null) return null;
		let received = 0;
		let sent = 0;
		for (const line of table.split('\n').slice(2)) {
			const [name, figures] = line.split(':');
			if (figures === undefined || name?.trim() === 'lo') continue;
			const columns = figures.trim().split(/\s+/).map(Number);
			received += columns[0] ?? 0;
			sent += columns[8] ?? 0;
		}
		return { received, sent };
	}

	#read(path: string): string | null {
		try {
			return readFileSync(join(this.#root, path), 'utf8');
		} catch {
			return null;
		}
	}
}

type Cgroup = {
	readonly pid: string;
	readonly cpuNs: number;
	readonly memoryBytes: number;
	readonly memoryLimitBytes: number;
	readonly blockRead: number;
	readonly blockWritten: number;
	readonly processes: number;
};

/** USER_HZ is 100 on every architecture that Docker runs on. */
const nanosecondsPerTick = 1e9 / 100;

/** Below the root of a hierarchy, for the cgroupfs and the systemd driver. */
function places(id: string): string[] {
	return [`docker/${id}`, `system.slice/docker-${id}.scope`];
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0]?.trim() ?? '';
}

/** The number behind a word at the start of a line. */
function numberAfter(text: string, word: string): number {
	for (const line of text.split('\n')) {
		if (!line.startsWith(`${word} `)) continue;
		return Number(line.slice(word.length).trim().split(' ')[0]);
	}
	throw new Error(`no ${word}`);
}

function sumOf(text: string, pattern: RegExp): number {
	let sum = 0;
	for (const match of text.matchAll(pattern)) sum += Number(match[1]);
	return sum;
}
