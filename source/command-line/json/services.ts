import * as z from 'zod/mini';
import { about, count, flag, optionalCount, optionalText, optionalTime, text } from './fields.ts';

/** Parts of the documents of `--json` about containers. */

export const portPart = z.object({
	address: text('Host address; empty if not published'),
	public_port: optionalCount('Port on the host; null if not published'),
	private_port: count('Port in the container'),
	protocol: text('tcp, udp or sctp'),
});

export const servicePart = z.object({
	name: text('Compose service, `service-2` for one of several replicas, or the container name'),
	service: optionalText('Compose service'),
	container: text('Name of the container'),
	id: text('Id of the container'),
	project: optionalText('Compose project'),
	replica: optionalCount('Number of the replica, from 1; null if not started by Compose'),
	is_one_off: flag('Created by docker compose run: not a replica of its service'),
	image: text('Image'),
	state: text('Container state: running, exited, paused, restarting, created, removing, dead'),
	health: text('starting, healthy, unhealthy; none without a health check'),
	verdict: about(
		z.enum(['up', 'changing', 'unhealthy', 'down', 'done']),
		'State and health combined; done: runs once and exited with 0',
	),
	since: optionalTime('Start of this state and health'),
	exit_code: optionalCount('Last exit code; null while running'),
	restart_count: optionalCount('Restarts by the restart policy'),
	restart_policy: optionalText('no, always, unless-stopped, on-failure'),
	failing_streak: optionalCount('Consecutive failed health probes'),
	cpu_percent: optionalCount('Percent of one core; 200 is two busy cores'),
	memory_bytes: optionalCount('Memory in use without the page cache, as in docker stats'),
	memory_limit_bytes: optionalCount('Memory limit'),
	received_bytes: optionalCount('Bytes received since the start'),
	sent_bytes: optionalCount('Bytes sent since the start'),
	ports: z.array(portPart),
});
export type ServicePart = z.infer<typeof servicePart>;
