import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CgroupStats } from '../../../source/clients/engine/cgroup-stats.ts';

let root = '';
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'laketop-cgroup-'));
	put(
		'proc/stat',
		'cpu  100 0 50 800 10 0 5 7 0 0\ncpu0 50 0 25 400 5 0 2 3 0 0\ncpu1 50 0 25 400 5 0 3 4 0 0\nintr 1\n',
	);
	put('proc/meminfo', 'MemTotal:        2000 kB\nMemFree:  10 kB\n');
	put('proc/42/net/dev', 'Inter-|\n face |\n    lo: 9 9 0 0 0 0 0 0 9 9\n  eth0: 1000 5 0 0 0 0 0 0 300 4\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}

const container = { id: 'abc', network: 'own' } as const;
const counted = {
	id: 'abc',
	sampledAt: 7,
	cpuTotalNs: 5_000_000,
	// 965 ticks of 10 ms.
	systemCpuNs: 9.65e9,
	onlineCpus: 2,
	memoryBytes: 700,
	receivedBytes: 1000,
	sentBytes: 300,
	blockReadBytes: 11,
	blockWrittenBytes: 22,
	processes: 3,
};

function version2(scope = 'system.slice/docker-abc.scope', processes = 'cgroup.procs'): void {
	const folder = `sys/fs/cgroup/${scope}`;
	put(`${folder}/cgroup.procs`, '');
	put(`${folder}/${processes}`, '42\n43\n');
	put(`${folder}/cpu.stat`, 'usage_usec 5000\nuser_usec 1\n');
	put(`${folder}/memory.current`, '1000\n');
	put(`${folder}/memory.stat`, 'anon 1\ninactive_file 300\n');
	put(`${folder}/memory.max`, 'max\n');
	put(`${folder}/io.stat`, '8:0 rbytes=10 wbytes=20 rios=1\n8:16 rbytes=1 wbytes=2\n');
	put(`${folder}/pids.current`, '3\n');
}

test('control groups v2, of the systemd driver; without a limit the host is the limit', () => {
	version2();
	expect(new CgroupStats(root).sample(container, 7)).toEqual({ ...counted, memoryLimitBytes: 2000 * 1024 });
});

test.each(['docker/abc', 'libpod_parent/libpod-abc'])('control groups v1, of the cgroupfs driver: %s', folder => {
	const at = (controller: string, file: string) => `sys/fs/cgroup/${controller}/${folder}/${file}`;
	put(at('cpuacct', 'cpuacct.usage'), '5000000\n');
	put(at('memory', 'cgroup.procs'), '42\n');
	put(at('memory', 'memory.usage_in_bytes'), '1000\n');
	put(at('memory', 'memory.stat'), 'inactive_file 1\ntotal_inactive_file 300\n');
	put(at('memory', 'memory.limit_in_bytes'), '4000\n');
	put(at('blkio', 'blkio.throttle.io_service_bytes'), '8:0 Read 11\n8:0 Write 22\nTotal 33\n');
	put(at('pids', 'pids.current'), '3\n');
	expect(new CgroupStats(root).sample(container, 7)).toEqual({ ...counted, memoryLimitBytes: 4000 });
});

test.each([
	['machine.slice/libpod-abc.scope', 'container/cgroup.procs'],
	['machine.slice/libpod-abc.scope', 'cgroup.procs'],
	[
		`user.slice/user-${process.getuid?.()}.slice/user@${process.getuid?.()}.service/user.slice/libpod-abc.scope`,
		'container/cgroup.procs',
	],
])('control groups v2 of Podman: %s, processes in %s', (scope, processes) => {
	version2(scope, processes);
	expect(new CgroupStats(root).sample(container, 7)).toEqual({ ...counted, memoryLimitBytes: 2000 * 1024 });
});

test('what shares the network of the host has no traffic of its own', () => {
	version2();
	expect(new CgroupStats(root).sample({ id: 'abc', network: 'host' }, 7)).toMatchObject({ receivedBytes: 0 });
});

test('a container that is not on this kernel, or has just ended, is left to the engine', () => {
	expect(new CgroupStats(root).sample(container, 7)).toBeNull();
	version2();
	rmSync(join(root, 'proc/42'), { recursive: true });
	expect(new CgroupStats(root).sample(container, 7)).toBeNull();
});

test('found files are read again, and searched again when the container has another first process', () => {
	version2();
	const stats = new CgroupStats(root);
	expect(stats.sample(container, 7)).toMatchObject({ cpuTotalNs: 5_000_000, receivedBytes: 1000 });
	put('sys/fs/cgroup/system.slice/docker-abc.scope/cpu.stat', 'user_usec 1\nusage_usec 6000\n');
	put('proc/stat', `cpu  200 0 50 800 10 0 5 7 0 0\ncpu0 1\n${'intr 1 2 3\n'.repeat(5000)}`);
	// The host's counters are those of the turn, and read again on the next one.
	expect(stats.sample(container, 9)).toMatchObject({ cpuTotalNs: 6_000_000, systemCpuNs: 9.65e9, onlineCpus: 2 });
	expect(stats.sample(container, 1007)).toMatchObject({ systemCpuNs: 10.65e9, onlineCpus: 1 });
	rmSync(join(root, 'proc/42'), { recursive: true });
	put('sys/fs/cgroup/system.slice/docker-abc.scope/cgroup.procs', '77\n');
	put('proc/77/net/dev', 'Inter-|\n face |\n  eth0: 5 1 0 0 0 0 0 0 6 1\n');
	put('sys/fs/cgroup/system.slice/docker-abc.scope/cpu.stat', 'usage_usec 10\n');
	expect(stats.sample(container, 2007)).toBeNull();
	expect(stats.sample(container, 3007)).toMatchObject({ receivedBytes: 5, sentBytes: 6 });
	// Its process id belongs to another process by now.
	put('proc/77/net/dev', 'Inter-|\n face |\n  eth0: 999 1 0 0 0 0 0 0 999 1\n');
	put('sys/fs/cgroup/system.slice/docker-abc.scope/cgroup.procs', '42\n');
	put('proc/42/net/dev', 'Inter-|\n face |\n  eth0: 7 1 0 0 0 0 0 0 8 1\n');
	put('sys/fs/cgroup/system.slice/docker-abc.scope/cpu.stat', 'usage_usec 5\n');
	expect(stats.sample(container, 4007)).toBeNull();
	expect(stats.sample(container, 5007)).toMatchObject({ receivedBytes: 7 });
});
