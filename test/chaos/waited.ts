import { readFileSync } from 'node:fs';

/**
 * How long a process has waited for a processor so far, ms (proc(5), schedstat); 0 if the system does not report it.
 */
export function waitedMs(pid: number): number {
	try {
		return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
	} catch {
		return 0;
	}
}
