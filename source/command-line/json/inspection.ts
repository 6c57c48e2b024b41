import * as z from 'zod/mini';
import { about, count, flag, head, optionalCount, optionalText, optionalTime, text, time } from './fields.ts';
import { portPart } from './services.ts';

/** The document of `laketop inspect --json`. */
export const inspection = z.object({
	...head('laketop/inspection/1'),
	container: text('Name of the container'),
	project: optionalText('Compose project'),
	service: optionalText('Compose service'),
	replica: optionalCount('Number of the replica, from 1; null where Compose did not start it'),
	is_one_off: flag('Made by docker compose run: not a replica of its service'),
	id: text('Its id'),
	image: text('Image as requested'),
	image_id: text('Id of the running image'),
	command: text('Entry point and command, quoted for a shell'),
	user: text('User; empty: the user of the image'),
	working_directory: text('Working directory'),
	state: text('Container state'),
	exit_code: count('Last exit code'),
	error: text('Error reported by the engine; empty if none'),
	is_oom_killed: flag('OOM-killed'),
	created_at: optionalTime('Creation'),
	started_at: optionalTime('Start'),
	finished_at: optionalTime('End'),
	restart_policy: text('no, always, unless-stopped, on-failure'),
	restart_count: count('Restarts by the restart policy'),
	stop_signal: optionalText('Stop signal; null: SIGTERM'),
	stop_timeout_ms: optionalCount('Stop timeout, ms; null: 10 s'),
	mounts: z.array(
		z.object({
			type: text('bind, volume or tmpfs'),
			name: optionalText('Name of the volume; null for other types'),
			source: text('Path on the host'),
			destination: text('Path in the container'),
			is_writable: flag('Writable'),
		}),
	),
	environment: about(
		z.array(
			z.object({ name: text('Name'), value: text('Value, secrets masked'), is_masked: flag('The value is masked') }),
		),
		'Environment variables',
	),
	ports: z.array(portPart),
	networks: z.array(
		z.object({ name: text('Network'), address: text('Address in the network'), aliases: z.array(z.string()) }),
	),
	health: about(
		z.nullable(
			z.object({
				status: text('starting, healthy or unhealthy'),
				failing_streak: count('Consecutive failed probes'),
				test: text('Command of the probe'),
				interval_ms: count('Interval between probes, ms'),
				timeout_ms: count('Timeout of a probe, ms'),
				start_period_ms: count('Start period in which failures do not count, ms'),
				retries: count('Consecutive failures that make the container unhealthy'),
				probes: about(
					z.array(
						z.object({
							started_at: time(),
							ended_at: time(),
							exit_code: count('0: healthy'),
							output: text('Output of the probe'),
						}),
					),
					'Last five probes, oldest first',
				),
			}),
		),
		'Null without a health check',
	),
	memory_limit_bytes: optionalCount('Memory limit; null: none'),
	cpu_limit: optionalCount('CPU limit in cores; null: none'),
	process_limit: optionalCount('Limit of processes; null: none'),
	is_privileged: flag('Runs in privileged mode'),
	log_driver: text('Log driver'),
	log_options: text('Options of the log driver'),
});
