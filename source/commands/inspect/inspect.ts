import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { containerCalled } from '../../command-line/names/service-names.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { Cell } from '../../command-line/output/table-cells.ts';
import { heading, serviceCell, when } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import { gatherMs, printOnce } from '../../command-line/show/show.ts';
import type { Container } from '../../model/engine/container.ts';
import type { ContainerInspection } from '../../model/engine/inspection.ts';
import { memory, precise } from '../../presentation/format.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { Text } from '../../words/language.ts';

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
	const { say } = style;
	return [
		[heading(found.container, { text: `  ${found.id.slice(0, 12)}`, tone: 'muted' })],
		{
			columns: [{ title: say(['PROPERTY', '속성']) }, { title: say(['VALUE', '값']), yields: 1 }],
			rows: propertiesOf(found, style)
				.filter(([, cell]) => cell.text !== '')
				.map(([name, cell]) => [{ text: say(name) }, cell]),
			empty: '',
		},
		{
			columns: [
				{ title: say(['MOUNT', '마운트']) },
				{ title: say(['SOURCE', '원본']), yields: 2 },
				{ title: say(['TARGET', '대상']), yields: 1 },
				{ title: say(['MODE', '모드']) },
			],
			rows: found.mounts.map(mount => [
				{ text: mount.type },
				{ text: mount.name ?? mount.source },
				{ text: mount.destination },
				{ text: mount.is_writable ? 'rw' : 'ro' },
			]),
			empty: say(['No mounts.', '마운트가 없습니다.']),
		},
		{
			columns: [{ title: say(['PORT', '포트']) }, { title: say(['PUBLISHED', '게시 주소']) }],
			rows: found.ports.map(port => [
				{ text: `${port.private_port}/${port.protocol}` },
				{ text: port.public_port === null ? '' : `${port.address}:${port.public_port}` },
			]),
			empty: say(['No ports.', '포트가 없습니다.']),
		},
		{
			columns: [
				{ title: say(['NETWORK', '네트워크']) },
				{ title: say(['ADDRESS', '주소']) },
				{ title: say(['ALIASES', '별칭']), yields: 1 },
			],
			rows: found.networks.map(({ name, address, aliases }) => [
				{ text: name },
				{ text: address },
				{ text: aliases.join(',') },
			]),
			empty: say(['No networks.', '네트워크가 없습니다.']),
		},
		{
			columns: [
				{ title: say(['VARIABLE', '환경 변수']), yields: 2 },
				{ title: say(['VALUE', '값']), yields: 1 },
			],
			rows: found.environment.map(({ name, value, is_masked }) => [
				{ text: name },
				{ text: value, tone: is_masked ? 'muted' : undefined },
			]),
			empty: say(['No environment variables.', '환경 변수가 없습니다.']),
		},
		...healthBlocks(found, style),
	];
}

/** Every property, empty where it is not set. */
function propertiesOf(found: Inspection, style: Style): [Text, Cell][] {
	const { at, health } = found;
	const state = serviceCell(
		{
			state: found.state,
			health: health?.status ?? 'none',
			exit_code: found.state === 'running' || found.state === 'paused' ? null : found.exit_code,
		},
		style,
	);
	const { say } = style;
	const restarts = say(['{policy}, {count} {count|restart|restarts}', '{policy}, 재시작 {count}회'], {
		policy: found.restart_policy,
		count: found.restart_count,
	});
	return [
		[['project', '프로젝트'], { text: found.project ?? '' }],
		[['service', '서비스'], { text: serviceName(found, style) }],
		[['state', '상태'], state],
		[['started', '시작'], { text: when(found.started_at, at, style) }],
		[['finished', '종료'], { text: found.state === 'running' ? '' : when(found.finished_at, at, style) }],
		[['error', '오류'], { text: found.error, tone: 'bad' }],
		[
			['out of memory', '메모리 부족'],
			{ text: found.is_oom_killed ? say(['OOM-killed', 'OOM으로 강제 종료됨']) : '', tone: 'bad' },
		],
		[['image', '이미지'], { text: found.image }],
		[['command', '명령'], { text: found.command }],
		[['user', '사용자'], { text: found.user }],
		[['working directory', '작업 디렉터리'], { text: found.working_directory }],
		[['restart policy', '재시작 정책'], { text: restarts }],
		[
			['memory limit', '메모리 제한'],
			{ text: found.memory_limit_bytes === null ? '' : memory(found.memory_limit_bytes) },
		],
		[['CPU limit', 'CPU 제한'], { text: found.cpu_limit === null ? '' : String(found.cpu_limit) }],
		[['log', '로그'], { text: [found.log_driver, found.log_options].filter(Boolean).join(', ') }],
		[['privileged', '특권 모드'], { text: found.is_privileged ? say(['yes', '예']) : '', tone: 'warning' }],
	];
}

function serviceName({ service, replica, is_one_off }: Inspection, { say }: Style): string {
	if (service === null) return '';
	if (is_one_off) return say(['{service} (one-off container)', '{service}(일회성 컨테이너)'], { service });
	return replica === null
		? service
		: say(['{service}, replica {replica}', '{service}, 복제본 {replica}'], { service, replica });
}

function healthBlocks({ health, at }: Inspection, style: Style): Block[] {
	const { say } = style;
	if (health === null) return [[[{ text: say(['No health check.', '헬스 체크가 없습니다.']) }]]];
	return [
		[
			heading(say(['Health check', '헬스 체크']), {
				text: `  ${say(
					[
						'{test}  every {interval}, timeout {timeout}, unhealthy after {retries} failures',
						'{test}  {interval}마다, 제한 시간 {timeout}, {retries}회 실패하면 비정상',
					],
					{
						test: health.test,
						interval: precise(health.interval_ms, style.language),
						timeout: precise(health.timeout_ms, style.language),
						retries: health.retries,
					},
				)}`,
			}),
		],
		{
			columns: [
				{ title: say(['PROBE', '점검 시각']) },
				{ title: say(['CODE', '코드']), align: 'right' },
				{ title: say(['OUTPUT', '출력']), yields: 1 },
			],
			rows: health.probes.map(({ started_at, exit_code, output }) => [
				{ text: when(started_at, at, style) },
				{ text: String(exit_code), tone: exit_code === 0 ? undefined : 'bad' },
				{ text: output.split('\n').filter(Boolean).join(' ') },
			]),
			empty: say(['No probes yet.', '아직 헬스 체크 결과가 없습니다.']),
		},
	];
}
