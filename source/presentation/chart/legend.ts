import { type MetricChart, nearestPoint } from '../../selectors/mlflow-runs/metric-chart.ts';
import type { Text } from '../../words/language.ts';
import { metricValue } from '../format.ts';
import { fit, fitName, type Line, textWidth } from '../text.ts';
import { type ChartLook, type ChartStyle, toneOf, type Visible } from './style.ts';
import { xText } from './x-axis.ts';

const widestLabel = 40;

const positions = {
	step: ['value at step {x}', 'step {x}의 값'],
	time: ['value at {x}', '{x}의 값'],
	relative: ['value {x} after the start', '시작 후 {x}의 값'],
	runs: ['value of {x}', '{x}의 값'],
} as const satisfies Record<MetricChart['axis'], Text>;

/** The step, time or run of the value: a series may have none exactly at the cursor. */
const axisTitles = {
	step: ['step', 'step'],
	time: ['time', '시각'],
	relative: ['after the start', '시작 후'],
	runs: ['MLflow run', 'MLflow 실행'],
} as const satisfies Record<MetricChart['axis'], Text>;

/** A heading and a row for each series: its value at the cursor or the last one, and the lowest and highest in sight. */
export function legendRows(
	chart: MetricChart,
	seen: readonly Visible[],
	look: ChartLook,
	style: ChartStyle & { readonly mark: (series: number) => string },
): Line[] {
	const { glyphs, say, now, mark } = style;
	const { cursor } = look;
	const labels = chart.series.map(({ label }) => glyphs.fold(label));
	const headings = [
		cursor === null
			? say(['last value', '마지막 값'])
			: say(positions[chart.axis], { x: glyphs.fold(xText(chart, Math.round(cursor), now)) }),
		say(axisTitles[chart.axis]),
		say(['lowest', '최저']),
		say(['highest', '최고']),
	];
	const rows = chart.series.map((series, index) => {
		const { first = 0, end = 0, lowest = Number.NaN, highest = Number.NaN } = seen[index] ?? {};
		const point = cursor === null ? end - 1 : nearestPoint(series.xs, cursor);
		const isKnown = point >= 0 && (cursor !== null || end > first);
		const number = (value: number) => (Number.isNaN(value) ? '' : metricValue(value, glyphs.infinity));
		return [
			isKnown ? metricValue(series.ys[point] ?? Number.NaN, glyphs.infinity) : '',
			isKnown ? glyphs.fold(xText(chart, series.xs[point] ?? 0, now)) : '',
			number(lowest),
			number(highest),
		];
	});
	const widths = headings.map((heading, column) =>
		Math.max(textWidth(heading), ...rows.map(row => textWidth(row[column] ?? ''))),
	);
	const room = style.width - widths.reduce((sum, width) => sum + width + 2, 0) - 4;
	const labelWidth = Math.max(4, Math.min(widestLabel, room, Math.max(...labels.map(textWidth))));
	const columns = (texts: readonly string[]) =>
		texts.map((text, column) => `  ${fit(text, widths[column] ?? 0, glyphs.ellipsis, 'right')}`).join('');
	return [
		[{ text: `${' '.repeat(labelWidth + 4)}${columns(headings)}`, tone: 'muted' }],
		...chart.series.map((series, index): Line => {
			const [value = '', ...others] = rows[index] ?? [];
			return [
				{ text: `${mark(index)} `, tone: toneOf(index), bold: true },
				{ text: series.isLive ? glyphs.state.running : ' ', tone: 'active' },
				{ text: ` ${fitName(labels[index] ?? '', labelWidth, glyphs.ellipsis)}` },
				{ text: `  ${fit(value, widths[0] ?? 0, glyphs.ellipsis, 'right')}`, bold: true },
				{ text: columns(['', ...others]).slice((widths[0] ?? 0) + 2), tone: 'muted' },
			];
		}),
	];
}
