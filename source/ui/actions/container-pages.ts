import { serviceLook } from '../../model/engine/health-symbol.ts';
import type { ContainerInspection } from '../../model/engine/inspection.ts';
import type { ContainerState } from '../../model/state.ts';
import { containerStateText } from '../../model/state-texts.ts';
import { memory, momentToSecond, timeOfDay } from '../../presentation/format.ts';
import { fit, textWidth } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, Page, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { asked, facts, heading } from './pages.ts';
import { cannot } from './step.ts';

/** Older probes rarely differ from these. */
const probesShown = 5;

const none: Text = ['none', '없음'];

/** The parts of docker inspect that operators need; the client masks secrets. Throws ClientError. */
export async function inspectionOf(
	{ clients, signal, now, say }: Pick<StepContext, 'clients' | 'signal' | 'now' | 'say'>,
	{ container }: ContainerState,
): Promise<Page> {
	const it = await clients.docker.inspection(container.id, signal);
	const { limits } = it;
	const limit = (value: number | null, words: (value: number) => string) => (value === null ? say(none) : words(value));
	const lines: PageLine[] = [
		...processRows(it, now, say),
		...heading(say(['Limits', '제한'])),
		...facts([
			[say(['memory', '메모리']), limit(limits.memoryBytes, memory)],
			[say(['CPUs', 'CPU']), limit(limits.cpus, String)],
			[say(['processes', '프로세스']), limit(limits.processes, String)],
		]),
		...heading(say(['Mounts', '마운트'])),
		...orNone(
			it.mounts.map(mount => ({
				text: `${mount.type.padEnd(6)}  ${mount.name ?? mount.source} -> ${mount.destination}${mount.isWritable ? '' : `  ${say(['(read-only)', '(읽기 전용)'])}`}`,
			})),
			say,
		),
		...heading(say(['Ports', '포트'])),
		...orNone(
			it.ports.map(port => ({
				text:
					port.publicPort === null
						? `${port.privatePort}/${port.protocol}`
						: say(
								[
									'{private}/{protocol}  published at {address}:{public}',
									'{private}/{protocol}  {address}:{public}에 게시됨',
								],
								{
									private: port.privatePort,
									protocol: port.protocol,
									address: port.address || '0.0.0.0',
									public: port.publicPort,
								},
							),
			})),
			say,
		),
		...heading(say(['Networks', '네트워크'])),
		...it.networks.map(network => ({
			text: `${network.name}  ${network.address || '-'}  ${network.aliases.join(' ')}`.trimEnd(),
		})),
		...heading(say(['Health check', '헬스 체크'])),
		...healthRows(it, say),
		...heading(say(['Environment (secrets masked)', '환경 변수 (비밀 값은 가림)'])),
		...it.environment.map(
			({ name, value, isMasked }): PageLine => ({ text: `${name}=${value}`, tone: isMasked ? 'muted' : undefined }),
		),
		...heading(say(['{count} {count|label|labels}', '레이블 {count}개'], { count: it.labelCount })),
	];
	return {
		title: say(['Inspect {name}', '{name} 상세 정보'], { name: it.name }),
		copies: it.id,
		copiesWhat: ['container ID', '컨테이너 ID'],
		note: say(['y copies the container ID', 'y 컨테이너 ID 복사']),
		lines,
	};
}

const orNone = (lines: readonly PageLine[], say: Writer): readonly PageLine[] =>
	lines.length === 0 ? [{ text: say(none) }] : lines;

const plainText = ['{text}', '{text}'] as const;

function processRows(it: ContainerInspection, now: number, say: Writer): PageLine[] {
	const at = (time: number | null) => (time === null ? '-' : momentToSecond(time, now));
	const { restartPolicy } = it;
	const state = [
		say(plainText, { text: containerStateText({ state: it.state }) }),
		it.state === 'running' ? null : say(['exit code {code}', '종료 코드 {code}'], { code: it.exitCode }),
		it.oomKilled ? say(['OOM-killed', 'OOM으로 강제 종료됨']) : null,
		it.error || null,
	];
	const policy = [
		restartPolicy.name,
		restartPolicy.maximumRetries > 0
			? say(['at most {n} times', '최대 {n}회'], { n: restartPolicy.maximumRetries })
			: null,
		say(['restarted {n} {n|time|times} by the engine', '엔진이 {n}회 재시작함'], { n: it.restartCount }),
	];
	const list = (parts: readonly (string | null)[]) => parts.filter(part => part !== null).join(', ');
	return facts([
		[say(['state', '상태']), list(state)],
		[say(['started', '시작']), at(it.startedAt)],
		...(it.state === 'running' ? [] : [[say(['finished', '종료']), at(it.finishedAt)] as const]),
		[say(['created', '생성']), at(it.createdAt)],
		[say(['image', '이미지']), it.image],
		[say(['image ID', '이미지 ID']), it.imageId],
		[say(['command', '명령']), it.command],
		[say(['user', '사용자']), it.user || say(['root (image default)', 'root (이미지 기본값)'])],
		[say(['working directory', '작업 디렉터리']), it.workingDirectory || '/'],
		[say(['restart policy', '재시작 정책']), list(policy)],
		[say(['log driver', '로그 드라이버']), `${it.logDriver}${it.logOptions ? ` (${it.logOptions})` : ''}`],
		...(it.isPrivileged
			? [
					[
						say(['privileged', '특권 모드']),
						say(['yes: it has full access to the host', '예: 호스트 전체에 접근 가능']),
						'active',
					] as const,
				]
			: []),
	]);
}

function healthRows({ health }: ContainerInspection, say: Writer): readonly PageLine[] {
	if (health === null) return [{ text: say(none) }];
	const look = say(
		serviceLook({ container: { state: 'running', health: health.status }, detail: null, isJob: false }).word,
	);
	const status =
		health.failingStreak > 0
			? say(['{look}, failed {n} {n|time|times} in a row', '{look}, {n}회 연속 실패'], {
					look,
					n: health.failingStreak,
				})
			: look;
	return [
		...facts([
			[say(['status', '상태']), status, health.status === 'unhealthy' ? 'bad' : undefined],
			[say(['test', '검사 명령']), health.test],
			[
				say(['interval', '주기']),
				say(
					[
						'every {every:precise}, timeout {timeout:precise}, unhealthy after {retries} {retries|failure|failures}, start period {start:precise}',
						'{every:precise}마다, 제한 시간 {timeout:precise}, {retries}회 실패 시 비정상, 시작 유예 {start:precise}',
					],
					{
						every: health.intervalMs,
						timeout: health.timeoutMs,
						retries: health.retries,
						start: health.startPeriodMs,
					},
				),
			],
		]),
		...health.probes.slice(-probesShown).map(
			(probe): PageLine => ({
				text: say(['{at}  exit code {code}  {output}', '{at}  종료 코드 {code}  {output}'], {
					at: timeOfDay(probe.startedAt, true),
					code: probe.exitCode,
					output: probe.output.trim().replaceAll(/(?<!\s)\s*\n\s*/g, ' | '),
				}),
				tone: probe.exitCode === 0 ? undefined : 'bad',
			}),
		),
	];
}

/** About as often as top itself (3 s by default). */
const topAgainMs = 2000;

/** Refreshed while the page is open. */
export function processesPage({ clients, signal, say }: StepContext, { container }: ContainerState): Effect {
	const ask = async (): Promise<Page> => {
		const { titles, rows } = await clients.docker.processes(container.id, signal);
		const widths = titles.map((title, column) =>
			column === titles.length - 1
				? title.length
				: rows.reduce((width, row) => Math.max(width, textWidth(row[column] ?? '')), title.length),
		);
		const line = (cells: readonly string[]) =>
			cells
				.map((cell, column) => fit(cell, Math.max(widths[column] ?? 0, textWidth(cell)), ''))
				.join('  ')
				.trimEnd();
		return {
			title: say(['Processes of {name} ({count})', '{name}의 프로세스 ({count})'], {
				name: container.name,
				count: rows.length,
			}),
			note: say(['refreshed every 2s; y copies it', '2초마다 새로 고침, y 복사']),
			lines: [{ text: line(titles), tone: 'muted', bold: true }, ...rows.map(row => ({ text: line(row) }))],
			again: { everyMs: topAgainMs, ask },
		};
	};
	if (container.state !== 'running')
		return cannot(
			say(['{name} is not running ({state})', '{name}이(가) 실행 중이 아닙니다 ({state})'], {
				name: container.name,
				state: containerStateText({ state: container.state }),
			}),
		);
	return asked(ask);
}
