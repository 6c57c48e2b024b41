import { displayName, hasOwnTraffic, qualifiedName } from '../../../model/container.ts';
import { serviceLook } from '../../../model/service-state.ts';
import type { ContainerState } from '../../../model/state.ts';
import { age, memory, percent, traffic } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { sparkline } from '../../../presentation/sparkline.ts';
import { fit, type Span, textWidth } from '../../../presentation/text.ts';
import { type Language, textIn } from '../../../words/language.ts';
import type { ServicesViewInput } from './services-input.ts';

/** Names by container id, with the project where another row would read the same. */
export function namesOfRows(all: readonly ContainerState[], ownProject: string | null): ReadonlyMap<string, string> {
	const counts = new Map<string, number>();
	for (const service of all) counts.set(displayName(service), (counts.get(displayName(service)) ?? 0) + 1);
	return new Map(
		all.map(service => {
			const name = displayName(service);
			return [service.container.id, (counts.get(name) ?? 0) > 1 ? qualifiedName(service, ownProject) : name];
		}),
	);
}

export type Column = {
	readonly heading: string;
	readonly cell: (service: ContainerState) => Span;
};

type ColumnPlan = {
	readonly heading: string;
	readonly width: number;
	readonly align: 'left' | 'right';
	/** Where not all columns fit, those with the lowest numbers are kept. */
	readonly priority: number;
	readonly span: (service: ContainerState, width: number) => Span;
};

/** Cells from which ports and images are shown; a narrower pane needs them for the chart of CPU time. */
const wideFrom = 160;

/** Published ports on the host, as `docker ps` maps them: `8082:8080`. */
function portsSpan({ container }: ContainerState): Span {
	const mapped = container.ports.flatMap(({ publicPort, privatePort }) =>
		publicPort === null || publicPort === undefined ? [] : [`${publicPort}:${privatePort}`],
	);
	return { text: [...new Set(mapped)].join(' ') };
}

/** Columns in their order on the screen; widths are what their longest values need, in cells. */
function columnPlans(
	nameWidth: number,
	nameSpan: ColumnPlan['span'],
	chartSpan: ColumnPlan['span'],
	{ width, now, glyphs, language, say }: ServicesViewInput,
): ColumnPlan[] {
	const isKorean = language === 'ko';
	return [
		{
			heading: say(['SERVICE', '서비스']),
			width: nameWidth,
			align: 'left',
			priority: 0,
			span: nameSpan,
		},
		{
			heading: say(['STATE', '상태']),
			// The longest: `✖ exited 137`, `‖ 일시 중지됨`.
			width: isKorean ? 13 : 12,
			align: 'left',
			priority: 0,
			span: service => stateSpan(service, glyphs, language),
		},
		{
			heading: say(['AGE', '경과']),
			// The longest: `23h 59m`, `23시간 59분`.
			width: isKorean ? 11 : 7,
			align: 'right',
			priority: 2,
			span: service => ({ text: ageText(service, now, language) }),
		},
		{ heading: 'CPU', width: 7, align: 'right', priority: 1, span: cpuSpan },
		{
			heading: '',
			width: 12,
			align: 'left',
			priority: 3.5,
			span: chartSpan,
		},
		{ heading: say(['MEMORY', '메모리']), width: 8, align: 'right', priority: 1.5, span: memorySpan },
		{ heading: '%', width: 6, align: 'right', priority: 4, span: memoryPercentSpan },
		{
			heading: `${say(['NET', '통신'])} ${glyphs.down} ${glyphs.up}`,
			width: 13,
			align: 'right',
			priority: 5,
			span: networkSpan,
		},
		{ heading: say(['RESTARTS', '재시작']), width: 8, align: 'right', priority: 3, span: restartsSpan },
		...(width < wideFrom
			? []
			: [
					{
						heading: say(['PORTS', '포트']),
						width: 17,
						align: 'left' as const,
						priority: 6,
						span: portsSpan,
					},
					{
						heading: say(['IMAGE', '이미지']),
						width: 36,
						align: 'left' as const,
						priority: 7,
						span: ({ container }: ContainerState): Span => ({ text: container.image, tone: 'muted' }),
					},
				]),
	];
}

/** The columns that fit; names and charts share the remaining cells. */
export function columnsFor(
	services: readonly ContainerState[],
	names: ReadonlyMap<string, string>,
	input: ServicesViewInput,
): Column[] {
	const { width, glyphs } = input;
	const nameSpan = ({ container }: ContainerState): Span => ({ text: names.get(container.id) ?? container.name });
	const longest = Math.max(...services.map(service => textWidth(glyphs.fold(nameSpan(service).text))), 7);
	const chartSpan = (service: ContainerState, cells: number) => historySpan(service, cells, glyphs);
	const plans = columnPlans(Math.min(longest, 28), nameSpan, chartSpan, input);
	const room = width - 2;
	const widthOf = (list: readonly ColumnPlan[]) => list.reduce((sum, plan) => sum + plan.width, 0) + list.length - 1;
	// By priority, each that still fits; then in their order.
	let chosen: ColumnPlan[] = [];
	for (const plan of plans.toSorted((a, b) => a.priority - b.priority)) {
		if (plan.priority === 0 || widthOf([...chosen, plan]) <= room) chosen = [...chosen, plan];
	}
	const kept = plans.filter(plan => chosen.includes(plan));
	const hasChart = kept.some(plan => plan.span === chartSpan);
	let spare = Math.max(0, room - widthOf(kept));
	return kept.map(plan => {
		// The chart gets spare cells before the name, up to the length of the history.
		const extra =
			plan.span === nameSpan
				? hasChart
					? Math.min(4, spare)
					: spare
				: plan.span === chartSpan
					? Math.min(24, spare)
					: 0;
		spare -= extra;
		const cells = Math.max(plan.width + extra, textWidth(plan.heading));
		return {
			heading: fit(plan.heading, cells, glyphs.ellipsis, plan.align),
			cell: service => {
				const span = plan.span(service, cells);
				return { ...span, text: fit(glyphs.fold(span.text), cells, glyphs.ellipsis, plan.align) };
			},
		};
	});
}

function stateSpan(service: ContainerState, glyphs: Glyphs, language: Language): Span {
	const look = serviceLook(service);
	return {
		text: `${glyphs.state[look.symbol]} ${textIn(look.word, language)}`,
		tone: look.tone,
		bold: look.tone === 'bad',
	};
}

export function ageText(service: ContainerState, now: number, language: Language): string {
	return service.since === null ? '' : age(now - service.since, language);
}

function cpuSpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || !use || use.cpuPercent === null) return { text: '-', tone: 'muted' };
	return { text: percent(use.cpuPercent), tone: use.cpuPercent >= 80 ? 'active' : undefined };
}

function historySpan({ use }: ContainerState, cells: number, glyphs: Glyphs): Span {
	const history = use?.cpuHistory ?? [];
	// One scale for all rows, so that they can be compared: full height is a core. The square root keeps small use visible.
	const roots = history.map(value => Math.sqrt(value / 100));
	return { text: sparkline(roots, cells, glyphs.bars, 0, Math.max(1, ...roots.slice(-cells))), tone: 'odd' };
}

function memorySpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || !use) return { text: '-', tone: 'muted' };
	return { text: memory(use.last.memoryBytes) };
}

function memoryPercentSpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || use?.memoryPercent == null) return { text: '' };
	return { text: percent(use.memoryPercent), tone: use.memoryPercent >= 90 ? 'bad' : undefined };
}

function networkSpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || !use || !hasOwnTraffic(container)) return { text: '' };
	return { text: `${traffic(use.last.receivedBytes)} / ${traffic(use.last.sentBytes)}` };
}

function restartsSpan({ detail }: ContainerState): Span {
	if (!detail) return { text: '' };
	return { text: String(detail.restartCount), tone: detail.restartCount > 0 ? 'warning' : 'muted' };
}
