import { request } from 'node:http';
import * as z from 'zod/mini';

const statsAnswer = z.object({ cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }) }) });

/**
 * CPU time that a container has used, s, by the engine's counters. `docker exec` would start a program in the container:
 * 30 to 50 ms of its CPU time, more than what is measured in a few seconds.
 */
export function cpuSeconds(name: string): Promise<number> {
	const path = `/v1.41/containers/${name}/stats?stream=false&one-shot=true`;
	return new Promise((resolve, reject) => {
		const asked = request({ socketPath: '/var/run/docker.sock', path }, async answer => {
			try {
				let text = '';
				for await (const piece of answer) text += piece;
				resolve(statsAnswer.parse(JSON.parse(text)).cpu_stats.cpu_usage.total_usage / 1e9);
			} catch (error) {
				reject(error);
			}
		});
		asked.on('error', reject).end();
	});
}
