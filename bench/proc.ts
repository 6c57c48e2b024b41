/** CPU and memory of process trees and control groups, from the kernel (Linux: proc(5), cgroup-v1 and -v2). */
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: the kernel reports times in hundredths of a second on all platforms of Node. */
const ticksPerSecond = 100;

export type ProcessStat = {
	pid: number;
	name: string;
	parent: number;
	session: number;
	/** Seconds in user and kernel mode; `reaped` is that of ended children. */
	own: number;
	reaped: number;
};

/** Parses /proc/PID/stat. The name may hold spaces and parentheses: it ends at the last one. */
export function parseStat(text: string): ProcessStat | null {
	const match = /^(\d+) \((.*)\) (.+)$/s.exec(text.trim());
	if (!match) return null;
	const [, pid, name = '', rest = ''] = match;
	const fields = rest.split(' ');
	const field = (index: number) => Number(fields[index]);
	const stat = {
		pid: Number(pid),
		name,
		parent: field(1),
		session: field(3),
		own: (field(11) + field(12)) / ticksPerSecond,
		reaped: (field(13) + field(14)) / ticksPerSecond,
	};
	return Number.isNaN(stat.reaped) ? null : stat;
}

/** Proportional set size in /proc/PID/smaps_rollup, MB (10^6 bytes); null if there is none. */
export function parsePss(text: string): number | null {
	const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
	return kibibytes === undefined ? null : (Number(kibibytes) * 1024) / 1e6;
}

/** The root, its descendants, and all other processes of its session. */
export function treeOf(root: number, table: readonly ProcessStat[]): ProcessStat[] {
	const inTree = new Set(table.filter(({ pid, session }) => pid === root || session === root).map(({ pid }) => pid));
	for (let grew = inTree.size > 0; grew; ) {
		const more = table.filter(({ pid, parent }) => inTree.has(parent) && !inTree.has(pid));
		for (const { pid } of more) inTree.add(pid);
		grew = more.length > 0;
	}
	return table.filter(({ pid }) => inTree.has(pid));
}

/** The CPU controller of a version 1 control group, from /proc/PID/cgroup; null on a host with only version 2. */
export function parseCpuGroup(text: string): { version: 1 | 2; path: string } | null {
	const lines = text.split('\n').map(line => line.split(':'));
	const first = lines.find(([, controllers]) => controllers?.split(',').includes('cpuacct'))?.[2];
	if (first !== undefined) return { version: 1, path: first };
	const second = lines.find(([hierarchy, controllers]) => hierarchy === '0' && controllers === '')?.[2];
	return second === undefined ? null : { version: 2, path: second };
}

function read(file: string): string | null {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		// It ended, or belongs to another user.
		return null;
	}
}

export function processTable(): ProcessStat[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.flatMap(pid => {
			const text = read(`/proc/${pid}/stat`);
			return (text === null ? null : parseStat(text)) ?? [];
		});
}

/** Seconds of CPU that a tree has used. */
export function cpuOfTree(root: number): number {
	return treeOf(root, processTable()).reduce((sum, { own, reaped }) => sum + own + reaped, 0);
}

/** Nanoseconds on a processor in /proc/PID/task/TID/schedstat (proc(5)); null if there is none. */
export function parseSchedstat(text: string): number | null {
	const nanoseconds = /^(\d+) \d+ \d+$/.exec(text.trim())?.[1];
	return nanoseconds === undefined ? null : Number(nanoseconds);
}

function threadsOf(pid: number): string[] {
	try {
		return readdirSync(`/proc/${pid}/task`);
	} catch {
		// It has ended.
		return [];
	}
}

/**
 * Seconds of CPU that the threads of a tree have used, to the microsecond, where `cpuOfTree` counts hundredths of a
 * second. Threads and processes that have ended are missing: for programs that end none.
 */
export function cpuOfThreads(root: number): number {
	const used = treeOf(root, processTable()).flatMap(({ pid }) =>
		threadsOf(pid).map(thread => parseSchedstat(read(`/proc/${pid}/task/${thread}/schedstat`) ?? '') ?? 0),
	);
	return used.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9;
}

/** MB of a tree: pages shared with others counted in proportion. */
export function pssOfTree(root: number): number {
	return treeOf(root, processTable()).reduce(
		(sum, { pid }) => sum + (parsePss(read(`/proc/${pid}/smaps_rollup`) ?? '') ?? 0),
		0,
	);
}

/** Seconds of CPU that all processes of these names have used. */
export function cpuOfNames(names: readonly string[]): number {
	return processTable()
		.filter(({ name }) => names.includes(name))
		.reduce((sum, { own }) => sum + own, 0);
}

/** Seconds of CPU that the control group of a process has used: a container, identified by its first process. */
export function cpuOfGroup(pid: number): number {
	const group = parseCpuGroup(read(`/proc/${pid}/cgroup`) ?? '');
	if (group?.version === 1) return Number(read(`/sys/fs/cgroup/cpuacct${group.path}/cpuacct.usage`)) / 1e9;
	const usage = /^usage_usec (\d+)$/m.exec(read(`/sys/fs/cgroup${group?.path}/cpu.stat`) ?? '')?.[1];
	if (usage === undefined) throw new Error(`the control group of process ${pid} is not to be seen from here`);
	return Number(usage) / 1e6;
}
