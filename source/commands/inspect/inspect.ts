import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import type { Container } from '../../model/container.ts';
import type { ContainerInspection } from '../../model/inspection.ts';
import { memory } from '../../presentation/format.ts';
import { ownProject } from '../../selectors/stack.ts';
import type { CommandContext } from '../context.ts';
import { rfc3339 } from '../facts.ts';
import { demandLive } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { containerCalled } from '../service-names.ts';
import { gatherMs, printOnce } from '../show.ts';
import type { Style } from '../style.ts';
import type { Cell } from '../table-cells.ts';
import { heading, serviceCell, span, when } from '../text-parts.ts';
import type { Block } from '../text-table.ts';

/** `laketop inspect` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal } = context;
	const [word = ''] = given.words;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers'] });
	try {
		await gather(monitor, ['containers'], gatherMs, signal);
		const state = monitor.store.current();
		demandLive(state, 'containers');
		const { container } = containerCalled(state, ownProject(state, config.discovery.project), word);
		const found = await monitor.clients.docker.inspection(container.id, signal);
		return await printOnce(context, documentOf(found, container, io.clock.now()), inspectionBlocks);
	} finally {
		await monitor.stop();
	}
}

type Inspection = Document<'inspection'>;
const time = (ms: number | null) => (ms === null ? null : rfc3339(ms));

function documentOf(found: ContainerInspection, container: Container, now: number): Inspection {
	const { health, limits } = found;
	return {
		schema: 'laketop/inspection/1',
		at: rfc3339(now),
		container: found.name,
		project: container.project,
		service: container.service,
		replica: container.replica,
		is_one_off: container.isOneOff,
		id: found.id,
		image: found.image,
		image_id: found.imageId,
		command: found.command,
		user: found.user,
		working_directory: found.workingDirectory,
		state: found.state,
		exit_code: found.exitCode,
		error: found.error,
		is_oom_killed: found.oomKilled,
		created_at: time(found.createdAt),
		started_at: time(found.startedAt),
		finished_at: time(found.finishedAt),
		restart_policy: found.restartPolicy.name,
		restart_count: found.restartCount,
		stop_signal: found.stopSignal,
		stop_timeout_ms: found.stopTimeoutMs,
		mounts: found.mounts.map(({ type, name, source, destination, isWritable }) => ({
			type,
			name,
			source,
			destination,
			is_writable: isWritable,
		})),
		environment: found.environment.map(({ name, value, isMasked }) => ({ name, value, is_masked: isMasked })),
		ports: found.ports.map(({ address, publicPort, privatePort, protocol }) => ({
			address: address ?? '',
			public_port: publicPort,
			private_port: privatePort,
			protocol,
		})),
		networks: found.networks.map(({ name, address, aliases }) => ({ name, address, aliases: [...aliases] })),
		health:
			health === null
				? null
				: {
						status: health.status,
						failing_streak: health.failingStreak,
						test: health.test,
						interval_ms: health.intervalMs,
						timeout_ms: health.timeoutMs,
						start_period_ms: health.startPeriodMs,
						retries: health.retries,
						probes: health.probes.map(probe => ({
							started_at: rfc3339(probe.startedAt),
							ended_at: rfc3339(probe.endedAt),
							exit_code: probe.exitCode,
							output: probe.output,
						})),
					},
		memory_limit_bytes: limits.memoryBytes,
		cpu_limit: limits.cpus,
		process_limit: limits.processes,
		is_privileged: found.isPrivileged,
		log_driver: found.logDriver,
		log_options: found.logOptions,
	};
}

function inspectionBlocks(found: Inspection, style: Style): Block[] {
	const { at, health } = found;
	const state = serviceCell({
		state: found.state,
		health: health?.status ?? 'none',
		exit_code: found.state === 'running' || found.state === 'paused' ? null : found.exit_code,
	});
	const facts: [string, Cell][] = [
		['project', { text: found.project ?? '' }],
		['service', { text: serviceWords(found) }],
		['state', state],
		['started', { text: when(found.started_at, at, style) }],
		['finished', { text: found.state === 'running' ? '' : when(found.finished_at, at, style) }],
		['error', { text: found.error, tone: 'bad' }],
		['out of memory', { text: found.is_oom_killed ? 'it was ended for want of memory' : '', tone: 'bad' }],
		['image', { text: found.image }],
		['command', { text: found.command }],
		['user', { text: found.user }],
		['working directory', { text: found.working_directory }],
		['restart policy', { text: `${found.restart_policy}, restarted ${found.restart_count} times` }],
		['memory limit', { text: found.memory_limit_bytes === null ? '' : memory(found.memory_limit_bytes) }],
		['CPU limit', { text: found.cpu_limit === null ? '' : String(found.cpu_limit) }],
		['log', { text: [found.log_driver, found.log_options].filter(Boolean).join(', ') }],
		['privileged', { text: found.is_privileged ? 'yes' : '', tone: 'warning' }],
	];
	return [
		[heading(found.container, { text: `  ${found.id.slice(0, 12)}`, tone: 'muted' })],
		{
			columns: [{ title: 'FACT' }, { title: 'VALUE', yields: 1 }],
			rows: facts.filter(([, cell]) => cell.text !== '').map(([name, cell]) => [{ text: name }, cell]),
			empty: '',
		},
		{
			columns: [{ title: 'MOUNT' }, { title: 'FROM', yields: 2 }, { title: 'TO', yields: 1 }, { title: 'MODE' }],
			rows: found.mounts.map(mount => [
				{ text: mount.type },
				{ text: mount.name ?? mount.source },
				{ text: mount.destination },
				{ text: mount.is_writable ? 'rw' : 'ro' },
			]),
			empty: 'It has no mounts.',
		},
		{
			columns: [{ title: 'PORT' }, { title: 'PUBLISHED' }],
			rows: found.ports.map(port => [
				{ text: `${port.private_port}/${port.protocol}` },
				{ text: port.public_port === null ? '' : `${port.address}:${port.public_port}` },
			]),
			empty: 'It has no ports.',
		},
		{
			columns: [{ title: 'NETWORK' }, { title: 'ADDRESS' }, { title: 'ALIASES', yields: 1 }],
			rows: found.networks.map(({ name, address, aliases }) => [
				{ text: name },
				{ text: address },
				{ text: aliases.join(',') },
			]),
			empty: 'It is in no network.',
		},
		{
			columns: [
				{ title: 'VARIABLE', yields: 2 },
				{ title: 'VALUE', yields: 1 },
			],
			rows: found.environment.map(({ name, value, is_masked }) => [
				{ text: name },
				{ text: value, tone: is_masked ? 'muted' : undefined },
			]),
			empty: 'Its environment is empty.',
		},
		...healthBlocks(found, style),
	];
}

function serviceWords({ service, replica, is_one_off }: Inspection): string {
	if (service === null) return '';
	return is_one_off ? `${service} (one-off container)` : replica === null ? service : `${service}, replica ${replica}`;
}

function healthBlocks({ health, at }: Inspection, style: Style): Block[] {
	if (health === null) return [[[{ text: 'It has no health check.' }]]];
	return [
		[
			heading('health check', {
				text: `  ${health.test}  every ${span(health.interval_ms)}, within ${span(health.timeout_ms)}, ${health.retries} failures make it unhealthy`,
			}),
		],
		{
			columns: [{ title: 'PROBE' }, { title: 'CODE', align: 'right' }, { title: 'SAID', yields: 1 }],
			rows: health.probes.map(({ started_at, exit_code, output }) => [
				{ text: when(started_at, at, style) },
				{ text: String(exit_code), tone: exit_code === 0 ? undefined : 'bad' },
				{ text: output.split('\n').filter(Boolean).join(' ') },
			]),
			empty: 'It was not probed yet.',
		},
	];
}
