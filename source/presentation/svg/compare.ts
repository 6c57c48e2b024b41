import type { DifferingText, FiguresComparison } from '../../selectors/mlflow-runs/run-comparison.ts';
import type { Writer } from '../../words/write.ts';
import { metricValue } from '../format.ts';
import type { Element } from '../markup.ts';
import { verdictWords } from '../verdict-words.ts';
import {
	bar,
	cellHeight,
	cellWidth,
	margin,
	nameCells,
	type Picture,
	type PictureTone,
	rule,
	shortened,
	textLine,
	word,
} from './page.ts';

/** Pixels. */
const barsWidth = 360;
const barHeight = 12;
const gap = 8;
/** Cells. */
const widestName = 34;
const widestValue = 44;

export type ComparedPicture = {
	/** Of what is compared, the first of them first. */
	readonly names: readonly string[];
	readonly metrics: FiguresComparison['metrics'];
	/** Texts that differ, under a title each; empty ones are left out. */
	readonly texts: readonly { readonly title: string; readonly rows: readonly DifferingText[] }[];
};

/** Each metric as bars of its own scale, with what is better and worse than the first, then the texts that differ. */
export function comparePicture(
	{ names, metrics, texts }: ComparedPicture,
	{ say, title }: { readonly say: Writer; readonly title: string },
): Picture {
	const shapes: (Element | null)[] = [];
	const cells = nameCells(names, widestName);
	const left = margin + (cells + 1) * cellWidth;
	let y = margin;
	let width = left + barsWidth + 24 * cellWidth;
	for (const metric of metrics) {
		shapes.push(
			textLine({ x: margin, y }, [{ text: shortened(metric.key, 60), bold: true }, ...direction(metric, say)]),
		);
		y += cellHeight;
		for (const [index, name] of names.entries()) {
			shapes.push(
				textLine({ x: margin, y }, [{ text: shortened(name, cells) }]),
				...barOf(metric, index, { left, y }, say),
			);
			y += cellHeight;
		}
		y += gap;
	}
	if (metrics.length === 0) {
		shapes.push(
			word({ x: margin, y }, say(['No metrics logged yet', '아직 기록된 메트릭이 없습니다']), { tone: 'muted' }),
		);
		y += cellHeight + gap;
	}
	for (const { title: heading, rows } of texts.filter(one => one.rows.length > 0)) {
		const table = tableOf(names, heading, rows, y);
		shapes.push(...table.shapes);
		y = table.bottom + gap;
		width = Math.max(width, table.right);
	}
	return { title, width: width + margin, height: y + margin, shapes: shapes.filter(shape => shape !== null) };
}

function direction({ direction: better }: FiguresComparison['metrics'][number], say: Writer) {
	if (better === null) return [];
	const words =
		better === 'higher'
			? say(['  higher is better', '  높을수록 좋음'])
			: say(['  lower is better', '  낮을수록 좋음']);
	return [{ text: words, tone: 'muted' as const }];
}

/** The bar of a value from zero on, and the value with its verdict behind it. */
function barOf(
	{ values, verdicts }: FiguresComparison['metrics'][number],
	index: number,
	{ left, y }: { readonly left: number; readonly y: number },
	say: Writer,
): (Element | null)[] {
	const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
	const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
	// A quotient: the difference of very large values has no number.
	const size = Math.max(high, -low);
	const span = size === 0 ? 1 : high / size - low / size;
	const xOf = (value: number) => left + (size === 0 ? 0 : ((value / size - low / size) / span) * barsWidth);
	const value = values[index] ?? null;
	const verdict = verdicts[index] ?? null;
	const tone: PictureTone = verdict === null ? 'waiting' : verdictWords[verdict].tone;
	const shown = value === null ? '-' : metricValue(value);
	const figure = textLine({ x: left + barsWidth + cellWidth, y }, [
		{ text: shown },
		...(verdict === null ? [] : [{ text: ` ${say(verdictWords[verdict].word)}`, tone }]),
	]);
	const zero = rule({ x: xOf(0), y }, { x: xOf(0), y: y + cellHeight }, 'muted faint');
	if (value === null || !Number.isFinite(value)) return [zero, figure];
	const [from, to] = [Math.min(xOf(0), xOf(value)), Math.max(xOf(0), xOf(value))];
	const place = { x: from, y: y + (cellHeight - barHeight) / 2, width: Math.max(1, to - from), height: barHeight };
	return [zero, bar(place, tone, String(value)), figure];
}

function tableOf(
	names: readonly string[],
	title: string,
	rows: readonly DifferingText[],
	top: number,
): { readonly shapes: readonly (Element | null)[]; readonly bottom: number; readonly right: number } {
	const table = [{ key: title, values: names }, ...rows];
	const widths = [
		nameCells(
			table.map(({ key }) => key),
			widestName,
		),
		...names.map((_, column) =>
			nameCells(
				table.map(({ values }) => values[column] ?? '-'),
				widestValue,
			),
		),
	];
	const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, cells) => sum + cells + 2, 0));
	const shapes = table.flatMap(({ key, values }, row) =>
		[key, ...names.map((_, column) => values[column] ?? '-')].map((text, column) =>
			textLine({ x: margin + (starts[column] ?? 0) * cellWidth, y: top + row * cellHeight }, [
				{
					text: shortened(text.replaceAll('\n', ' '), widths[column] ?? 0),
					...(row === 0 ? { bold: true } : column > 0 && text === '-' ? { tone: 'muted' as const } : {}),
				},
			]),
		),
	);
	const cells = widths.reduce((sum, one) => sum + one + 2, 0);
	return { shapes, bottom: top + table.length * cellHeight, right: margin + cells * cellWidth };
}
