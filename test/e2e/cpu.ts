import { execFileSync } from 'node:child_process';

/** CPU time that a container has used, s, by its control group (versions 2 and 1). */
export function cpuSeconds(name: string): number {
	const read = 'cat /sys/fs/cgroup/cpu.stat 2>/dev/null || cat /sys/fs/cgroup/cpuacct/cpuacct.usage';
	const text = execFileSync('docker', ['exec', name, 'sh', '-c', read], { encoding: 'utf8' });
	const micro = /usage_usec (\d+)/.exec(text)?.[1];
	return micro === undefined ? Number(text.trim()) / 1e9 : Number(micro) / 1e6;
}
