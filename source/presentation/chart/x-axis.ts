import type { Range } from '../../model/mlflow/metric-history.ts';
import type { ChartedRun, MetricChart } from '../../selectors/mlflow-runs/metric-chart.ts';
import { moment, momentToSecond, stopwatch, timeOfDay } from '../format.ts';
import { fit, textWidth } from '../text.ts';
import { timeStep } from '../time-axis.ts';
import { dotAt } from './canvas.ts';
import { linearScale, projection, type Scale } from './scale.ts';

/** Cells from one label to the next, at least. */
const labelCells = 12;
const dayMs = 86_400_000;
const yearMs = 364 * dayMs;
const decadeMs = 10 * yearMs;
/** Around points of one moment, ms. */
const marginMs = 5000;

type Axis = Pick<MetricChart, 'axis' | 'runs'>;

/** The horizontal axis of a chart: whole steps, runs, the minutes of a clock, or time since the start of the run. */
export function xScale({ axis, runs }: Axis, range: Range, cells: number): Scale {
	const isMoment = axis !== 'step' && axis !== 'runs' && range.from === range.to;
	const { from, to } = isMoment ? { from: range.from - marginMs, to: range.to + marginMs } : range;
	const count = Math.max(2, Math.floor(cells / labelCells));
	const linear = linearScale(from, to, count, true);
	const whole = linear.ticks.filter(Number.isInteger);
	if (axis === 'step') return { ...linear, ticks: whole, label: stepLabel };
	if (axis === 'runs') return { ...linear, ticks: whole, label: runLabel(runs) };
	const leastStep = (to - from) / count;
	const step = timeStep(leastStep) ?? Math.ceil(leastStep / decadeMs) * decadeMs;
	// Less than a second from label to label: a clock has none of these.
	const isShort = to - from < count * 500;
	if (isShort)
		return axis === 'time' ? { ...linear, label: timeLabel(0) } : { ...linear, label: at => `${linearSeconds(at)}s` };
	// Hours and days begin where the local clock has them.
	const offset = axis === 'time' ? -new Date(from).getTimezoneOffset() * 60_000 : 0;
	const ticks: number[] = [];
	for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) ticks.push(at);
	return { ...linear, ticks, label: axis === 'time' ? timeLabel(step) : stopwatchLabel };
}

/** When a run began: its day, or its time where all are of one day. */
function runLabel(runs: readonly ChartedRun[]): (at: number) => string {
	const span = (runs.at(-1)?.startedAt ?? 0) - (runs[0]?.startedAt ?? 0);
	const label = timeLabel(span >= yearMs ? yearMs : span >= dayMs ? dayMs : 60_000);
	return at => {
		const run = runs[at - 1];
		return run ? label(run.startedAt) : '';
	};
}

const stepLabel = (step: number) =>
	Math.abs(step) < 1e7 ? String(step) : String(Number(step.toPrecision(4))).replace('e+', 'e');
const linearSeconds = (ms: number) => Number((ms / 1000).toFixed(3));
const stopwatchLabel = (ms: number) => (ms < 0 ? `-${stopwatch(-ms)}` : stopwatch(ms));

function timeLabel(stepMs: number): (at: number) => string {
	if (stepMs < dayMs) return at => timeOfDay(at, stepMs < 60_000);
	return at => {
		const date = new Date(at);
		if (stepMs >= yearMs) return String(date.getFullYear());
		return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
	};
}

/** A position in words' place: `1230`, `14:03:21`, `1:02:03`; of a run its name and start. */
export function xText({ axis, runs }: Axis, x: number, now: number): string {
	if (axis === 'step') return String(x);
	if (axis === 'runs') {
		const run = runs[x - 1];
		return run ? `${run.runName || run.runId.slice(0, 8)} ${moment(run.startedAt, now)}` : '';
	}
	return axis === 'time' ? momentToSecond(x, now) : stopwatchLabel(x);
}

/** The labels below an axis, each centred on its tick where there is room. */
export function xLabels(scale: Scale, cells: number): string {
	const at = projection(scale);
	let row = '';
	for (const tick of scale.ticks) {
		const label = scale.label(tick);
		const width = textWidth(label);
		const centred = dotAt(at(tick), cells) - Math.floor(width / 2);
		const start = Math.max(0, Math.min(cells - width, centred));
		if (start < row.length + (row === '' ? 0 : 2)) continue;
		row = `${row.padEnd(start)}${label}`;
	}
	return fit(row, cells, '');
}
