import { serviceLook } from '../../../model/engine/health-symbol.ts';
import { age, memory, percent, traffic } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { sparkline } from '../../../presentation/sparkline.ts';
import { cutCell, fit, type Span, textWidth } from '../../../presentation/text.ts';
import { type ServiceUnit, shortUnitName, unitName } from '../../../selectors/containers/service-units.ts';
import { type Language, textIn } from '../../../words/language.ts';
import type { ServiceRow } from './service-list.ts';
import type { ServicesViewInput } from './services-input.ts';

/** A row with figures: a service, or one of its replicas. */
export type UnitRow = Extract<ServiceRow, { kind: 'service' | 'replica' }>;

export type Column = {
	readonly heading: string;
	readonly cell: (row: UnitRow) => Span;
};

type ColumnPlan = {
	readonly heading: string;
	readonly width: number;
	readonly align: 'left' | 'right';
	/** Where not all columns fit, those with the lowest numbers are kept. */
	readonly priority: number;
	readonly span: (row: UnitRow, width: number) => Span;
};

/** Cells from which ports and images are shown; a narrower pane needs them for the chart of CPU time. */
const wideFrom = 160;

/** Published ports on the host, as `docker ps` maps them: `8082:8080`. */
function portsSpan({ unit }: UnitRow): Span {
	const mapped = unit.replicas.flatMap(({ container }) =>
		container.ports.flatMap(({ publicPort, privatePort }) =>
			publicPort === null || publicPort === undefined ? [] : [`${publicPort}:${privatePort}`],
		),
	);
	const ports = [...new Set(mapped)].join(' ');
	return { text: ports === '' ? '' : ` ${ports}` };
}

/** More than one while a service is moved to another image. */
function imagesSpan({ unit }: UnitRow): Span {
	return { text: [...new Set(unit.replicas.map(({ container }) => container.image))].join(' '), tone: 'muted' };
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
			span: row => stateSpan(row, glyphs, language),
		},
		{
			heading: say(['AGE', '경과']),
			// The longest: `23h 59m`, `23시간 59분`.
			width: isKorean ? 11 : 7,
			align: 'right',
			priority: 2,
			span: ({ unit }) => ({ text: ageText(unit, now, language) }),
		},
		{ heading: 'CPU', width: 7, align: 'right', priority: 1, span: row => cpuSpan(row, glyphs) },
		{
			heading: '',
			width: 12,
			align: 'left',
			priority: 3.5,
			span: chartSpan,
		},
		{ heading: say(['MEMORY', '메모리']), width: 8, align: 'right', priority: 1.5, span: memorySpan },
		{ heading: '%', width: 6, align: 'right', priority: 4, span: row => memoryPercentSpan(row, glyphs) },
		{
			heading: `${say(['NET', '통신'])} ${glyphs.down} ${glyphs.up}`,
			// The longest, `999 kB / 999 kB`, and a gap.
			width: 16,
			align: 'right',
			priority: 5,
			span: networkSpan,
		},
		{ heading: say(['RESTARTS', '재시작']), width: 8, align: 'right', priority: 3, span: restartsSpan },
		...(width < wideFrom
			? []
			: [
					{
						// Left of it are numbers at the right of their column: without a gap both headings read as one.
						heading: ` ${say(['PORTS', '포트'])}`,
						width: 18,
						align: 'left' as const,
						priority: 6,
						span: portsSpan,
					},
					{
						heading: say(['IMAGE', '이미지']),
						width: 36,
						align: 'left' as const,
						priority: 7,
						span: imagesSpan,
					},
				]),
	];
}

/**
 * The columns that fit; names and charts share the remaining cells.
 * @param rows all that widths and names are chosen for, the shown ones among them
 */
export function columnsFor(rows: readonly UnitRow[], input: ServicesViewInput): Column[] {
	const { width, glyphs } = input;
	const names = namesOf(rows, input.ownProject);
	const nameSpan = (row: UnitRow): Span => nameInRow(row, names.get(row.id) ?? row.id);
	const longest = Math.max(...rows.map(row => textWidth(glyphs.fold(nameSpan(row).text))), 7);
	const chartSpan = (row: UnitRow, cells: number) => historySpan(row, cells, glyphs);
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
			cell: row => {
				const span = plan.span(row, cells);
				return { ...span, text: fit(cutCell(glyphs.fold(span.text), cells, glyphs.ellipsis), cells, '', plan.align) };
			},
		};
	});
}

/** Names by row, with the project where another row would read the same. */
function namesOf(rows: readonly UnitRow[], ownProject: string | null): ReadonlyMap<string, string> {
	const counts = new Map<string, number>();
	const all = [...new Map(rows.map(row => [row.id, row])).values()];
	for (const { unit } of all) counts.set(shortUnitName(unit), (counts.get(shortUnitName(unit)) ?? 0) + 1);
	return new Map(
		all.map(({ id, unit }) => {
			const name = shortUnitName(unit);
			return [id, (counts.get(name) ?? 0) > 1 ? unitName(unit, ownProject) : name];
		}),
	);
}

/** `airflow-worker 2/2`, and `  airflow-worker-1` below it. */
function nameInRow({ depth, unit }: UnitRow, name: string): Span {
	const { replicas, up } = unit;
	const count = replicas.length === 1 ? '' : ` ${up}/${replicas.length}`;
	return { text: `${'  '.repeat(depth)}${name}${count}` };
}

function stateSpan({ unit }: UnitRow, glyphs: Glyphs, language: Language): Span {
	const look = serviceLook(unit.worst);
	return {
		text: `${glyphs.state[look.symbol]} ${textIn(look.word, language)}`,
		tone: look.tone,
		bold: look.tone === 'bad',
	};
}

export function ageText({ since }: Pick<ServiceUnit, 'since'>, now: number, language: Language): string {
	return since === null ? '' : age(now - since, language);
}

/** High use stands out by a mark too, not by its colour alone: `!82.5%`. */
function highUse(text: string, tone: Span['tone'], { state }: Glyphs): Span {
	return { text: `${state.warning}${text}`, tone };
}

function cpuSpan({ unit: { use } }: UnitRow, glyphs: Glyphs): Span {
	if (use === null || use.cpuPercent === null) return { text: '-', tone: 'muted' };
	const text = percent(use.cpuPercent);
	return use.cpuPercent >= 80 ? highUse(text, 'active', glyphs) : { text };
}

function historySpan({ unit: { cpuHistory } }: UnitRow, cells: number, glyphs: Glyphs): Span {
	// One scale for all rows, so that they can be compared: full height is a core. The square root keeps small use visible.
	const roots = cpuHistory.map(value => Math.sqrt(value / 100));
	return { text: sparkline(roots, cells, glyphs.bars, 0, Math.max(1, ...roots.slice(-cells))), tone: 'odd' };
}

function memorySpan({ unit: { use } }: UnitRow): Span {
	return use === null ? { text: '-', tone: 'muted' } : { text: memory(use.memoryBytes) };
}

function memoryPercentSpan({ unit: { use } }: UnitRow, glyphs: Glyphs): Span {
	if (use === null || use.memoryPercent === null) return { text: '' };
	const text = percent(use.memoryPercent);
	return use.memoryPercent >= 90 ? highUse(text, 'bad', glyphs) : { text };
}

function networkSpan({ unit: { use } }: UnitRow): Span {
	return { text: use?.traffic ? `${traffic(use.traffic.received)} / ${traffic(use.traffic.sent)}` : '' };
}

function restartsSpan({ unit: { restarts } }: UnitRow): Span {
	if (restarts === null) return { text: '' };
	return { text: String(restarts), tone: restarts > 0 ? 'warning' : 'muted' };
}
