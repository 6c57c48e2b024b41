import type { Container } from '../../../model/engine/container.ts';
import { serviceLook } from '../../../model/engine/health-symbol.ts';
import type { ContainerState } from '../../../model/state.ts';
import { timeOfDay } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { cutInside, fit, type Line, type Span, textWidth, wrapText } from '../../../presentation/text.ts';
import { type Language, textIn } from '../../../words/language.ts';
import type { Writer } from '../../../words/write.ts';
import type { ViewContext } from '../view-context.ts';

/** More lines of a probe's output are counted, not shown. */
const outputLines = 6;

/** Cells of the labels, a space in front of them included. */
const labelWidth = 12;

/** Cells that the source of a mount keeps beside a long path in the container. */
const leastSource = 12;

/** State and age of a service, its health check or exit, restarts, image, ports, mounts. */
export function serviceDetail(
	service: ContainerState,
	{ now, glyphs, width, language, say }: Pick<ViewContext, 'now' | 'glyphs' | 'width' | 'language' | 'say'>,
): Line[] {
	const { container, detail } = service;
	const look = serviceLook(service);
	const rows: Line[] = [[{ text: '' }]];
	const row = (label: string, ...spans: Span[]) =>
		rows.push([
			{ text: fit(` ${label}`, labelWidth, ''), tone: 'muted' },
			...spans.map(span => ({ ...span, text: glyphs.fold(span.text) })),
		]);
	const since =
		service.since === null ? '' : say(sinceText, { age: now - service.since, at: timeOfDay(service.since, true) });
	rows.push([
		{ text: glyphs.fold(container.name), bold: true },
		{ text: `  ${glyphs.state[look.symbol]} ${glyphs.fold(textIn(look.word, language))}`, tone: look.tone, bold: true },
		{ text: since === '' ? '' : ` ${since}` },
	]);
	if (!detail) {
		row('', { text: say(['not inspected yet', '아직 조회하지 않음']), tone: 'muted' });
		return rows;
	}
	if (container.state === 'running' || container.state === 'paused') {
		const health = say(['health', '헬스 체크']);
		if (detail.health === 'none') row(health, { text: say(['no health check', '없음']), tone: 'muted' });
		else {
			const failures = say(detail.failingStreak > 0 ? failedText : passingText, { n: detail.failingStreak });
			row(health, { text: healthWord(detail.health, language), tone: look.tone }, { text: `, ${failures}` });
			const last = detail.probes.at(-1);
			if (last) {
				const { endedAt, startedAt, exitCode } = last;
				const took = endedAt - startedAt;
				row(say(['last check', '최근 점검']), {
					text: say(probeText, { at: timeOfDay(endedAt, true), exitCode, took }),
				});
				const lastOutput = last.output.trim() || say(['no output', '출력 없음']);
				const output = wrapText(glyphs.fold(lastOutput), Math.max(10, width - labelWidth));
				for (const line of output.slice(0, outputLines)) rows.push([{ text: `${' '.repeat(labelWidth)}${line}` }]);
				const more = output.length - outputLines;
				if (more > 0) row('', { text: say(['{n} more {n|line|lines}', '{n}줄 더'], { n: more }), tone: 'muted' });
			}
		}
	} else {
		const { exitCode, oomKilled, error } = detail;
		const exit = say(['exit code {exitCode}', '종료 코드 {exitCode}'], { exitCode });
		row(say(['exited', '종료']), {
			text: [exit, oomKilled ? say(['OOM-killed', 'OOM으로 강제 종료됨']) : '', error].filter(Boolean).join(', '),
			tone: exitCode === 0 ? undefined : 'bad',
		});
	}
	row(say(['restarts', '재시작']), {
		text: say(restartsText, { n: detail.restartCount, policy: detail.restartPolicy }),
	});
	const words = replicaWords(service, say);
	if (words !== '') row(say(['service', '서비스']), { text: words });
	row(say(['image', '이미지']), { text: container.image });
	row('ID', { text: container.id.slice(0, 12) });
	const ports = container.ports
		.map(port =>
			port.publicPort === null ? String(port.privatePort) : `${port.address}:${port.publicPort}->${port.privatePort}`,
		)
		.filter((text, index, all) => all.indexOf(text) === index);
	if (ports.length > 0) row(say(['ports', '포트']), { text: ports.join('  ') });
	for (const mount of container.mounts) {
		row(mount.type, { text: mountText(mount, width - labelWidth, glyphs) });
	}
	return rows;
}

/** People look for the path in the container: the long path on the host is cut first. */
function mountText({ source, destination }: Container['mounts'][number], width: number, { ellipsis }: Glyphs): string {
	const target = ` -> ${destination}`;
	return `${cutInside(source, Math.max(leastSource, width - textWidth(target)), ellipsis)}${target}`;
}

const sinceText = ['for {age:duration} (since {at})', '({age:duration} 경과, {at}부터)'] as const;
const failedText = ['{n} consecutive {n|failure|failures}', '연속 실패 {n}회'] as const;
const passingText = ['no consecutive failures', '연속 실패 없음'] as const;
const probeText = ['{at}, exit code {exitCode}, {took:precise}', '{at}, 종료 코드 {exitCode}, {took:precise}'] as const;
const restartsText = ['{n} (restart policy: {policy})', '{n}회(재시작 정책: {policy})'] as const;
const oneOffText = [
	'{name}: one-off container (docker compose run)',
	'{name}: 일회성 컨테이너 (docker compose run)',
] as const;
const replicaText = ['{name}, replica {number} of {replicas}', '{name}, 복제본 {replicas}개 중 {number}번'] as const;

/** Also of a paused container, whose state word does not include its health. */
function healthWord(health: string, language: Language): string {
	return textIn(serviceLook({ container: { state: 'running', health }, detail: null, isJob: false }).word, language);
}

/** `api, replica 2 of 3`; empty for the only container of a service. */
function replicaWords({ container: { service, replica, isOneOff }, replicas }: ContainerState, say: Writer): string {
	const name = service ?? '';
	if (isOneOff) return say(oneOffText, { name });
	return replicas > 1 ? say(replicaText, { name, number: replica ?? '?', replicas }) : '';
}
