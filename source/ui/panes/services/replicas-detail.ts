import { displayName } from '../../../model/engine/container.ts';
import { serviceLook } from '../../../model/engine/health-symbol.ts';
import { memory, percent, timeOfDay, traffic } from '../../../presentation/format.ts';
import { fit, type Line, type Span, textWidth } from '../../../presentation/text.ts';
import { type ServiceUnit, shortUnitName } from '../../../selectors/containers/service-units.ts';
import { textIn } from '../../../words/language.ts';
import type { ViewContext } from '../view-context.ts';

/** Cells of the labels, a space in front of them included. */
const labelWidth = 12;

/** A service of several replicas: what they use total, and the state of each. */
export function replicasDetail(
	unit: ServiceUnit,
	{ now, glyphs, language, say }: Pick<ViewContext, 'now' | 'glyphs' | 'language' | 'say'>,
): Line[] {
	const { replicas, up, use } = unit;
	const look = serviceLook(unit.worst);
	const rows: Line[] = [[{ text: '' }]];
	const row = (label: string, ...spans: Span[]) =>
		rows.push([
			{ text: fit(` ${label}`, labelWidth, ''), tone: 'muted' },
			...spans.map(span => ({ ...span, text: glyphs.fold(span.text) })),
		]);
	rows.push([
		{ text: glyphs.fold(shortUnitName(unit)), bold: true },
		{
			text: `  ${say(['{up} of {n} replicas up', '복제본 {n}개 중 {up}개 가동'], { up, n: replicas.length })}`,
			tone: look.tone,
		},
	]);
	if (use !== null) {
		const { cpuPercent, memoryBytes, traffic: net } = use;
		row(
			say(['total', '합계']),
			{ text: `CPU ${cpuPercent === null ? '-' : percent(cpuPercent)}  ` },
			{ text: `${say(['memory', '메모리'])} ${memory(memoryBytes)}` },
		);
		if (net)
			row(say(['network', '네트워크']), {
				text: say(['{received} received, {sent} sent', '수신 {received}, 송신 {sent}'], {
					received: traffic(net.received),
					sent: traffic(net.sent),
				}),
			});
		row(say(['disk', '디스크']), {
			text: say(['{read} read, {written} written', '읽기 {read}, 쓰기 {written}'], {
				read: traffic(use.blockRead),
				written: traffic(use.blockWritten),
			}),
		});
	}
	const width = Math.max(...replicas.map(one => textWidth(glyphs.fold(displayName(one)))));
	for (const one of replicas) {
		const { word, symbol, tone } = serviceLook(one);
		rows.push([
			{ text: ` ${fit(glyphs.fold(displayName(one)), Math.max(labelWidth - 1, width + 1), glyphs.ellipsis)}` },
			{ text: `${glyphs.state[symbol]} ${glyphs.fold(textIn(word, language))}`, tone },
			...(one.since === null
				? []
				: [
						{
							text: ` ${say(['for {age:duration} (since {at})', '({age:duration} 경과, {at}부터)'], {
								age: now - one.since,
								at: timeOfDay(one.since, true),
							})}`,
						},
					]),
		]);
	}
	const images = new Set(replicas.map(({ container }) => container.image));
	for (const image of images) row(say(['image', '이미지']), { text: image });
	return rows;
}
