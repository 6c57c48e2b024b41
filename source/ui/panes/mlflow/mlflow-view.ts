import { guideExperiment, type MlflowRun, type ModelVersion, metricNumber } from '../../../model/experiment.ts';
import { guideMetrics, type MetricSeries, metricSeries } from '../../../model/metric-series.ts';
import type { StackState } from '../../../model/state.ts';
import { age, metricValue, moment } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { mlflowRunTime } from '../../../presentation/mlflow-run-time.ts';
import { sparkline } from '../../../presentation/sparkline.ts';
import { ellipsize, fit, type Line, type Span, textWidth } from '../../../presentation/text.ts';
import { isGuessed } from '../../../selectors/stack.ts';
import { faceOf, sentence, staleNotice } from '../../face.ts';
import { mlflowStatusLook } from '../../lists/mlflow-runs/mlflow-run-rows.ts';
import type { PaneView, ViewContext } from '../view-context.ts';

export type MlflowViewInput = ViewContext & {
	readonly experimentName: string;
	/** Index of the first row shown, where there are more than fit. */
	readonly scroll: number;
};

export function mlflowView(input: MlflowViewInput): PaneView {
	const { state, now, glyphs, height } = input;
	const runs = state.mlflowRuns;
	const face = faceOf(state, 'experiment', runs !== null);
	const title: Line[] = [[{ text: glyphs.fold(input.experimentName) }]];
	if (isGuessed(state, 'mlflow')) title.push([{ text: 'guessed server', tone: 'warning', bold: true }]);
	if (face.kind === 'loading') return { title, rows: [[{ text: 'Asking MLflow', tone: 'muted' }]] };
	const notice = face.kind === 'stale' ? staleNotice(face, input) : [];
	if (runs === null) return { title, rows: notice };
	const newest = runs[0];
	if (!newest) {
		const text =
			state.experiment === null
				? input.experimentName === guideExperiment
					? `MLflow has no experiment ${input.experimentName} yet: the first pipeline run makes it (t).`
					: `MLflow has no experiment ${input.experimentName}: --experiment chooses another.`
				: 'No run in this experiment yet: the pipeline makes one a stage (t).';
		return { title, rows: [...notice, ...sentence(glyphs.fold(text), input.width)] };
	}
	title.push([{ text: `${age(now - newest.startedAt)} ago` }]);
	const series = metricSeries(runs);
	const metrics = metricRows(series, input);
	const isGuideMetric = (key: string | undefined) => key !== undefined && guideMetrics.includes(key);
	const content = [
		...metrics.filter((_, index) => isGuideMetric(series[index]?.key)),
		...modelRows(state.modelVersions, input),
		...paramRows(runs, input),
		...metrics.filter((_, index) => !isGuideMetric(series[index]?.key)),
		...(input.zoomed ? runRows(runs, input) : []),
	];
	const room = Math.max(1, height - notice.length);
	const first = Math.min(input.scroll, Math.max(0, content.length - room));
	if (content.length > room) title.push([{ text: `${content.length - room} rows more`, tone: 'muted' }]);
	return { title, rows: [...notice, ...content.slice(first, first + room)] };
}

/** The age of the newest run, and what day it is for the models; null where something is away. */
export function mlflowTimes({ feeds, mlflowRuns }: StackState, now: number): string | null {
	if (feeds.experiment.status === 'failed') return null;
	const newest = mlflowRuns?.[0];
	return `${newest ? age(now - newest.startedAt) : ''} ${new Date(now).toDateString()}`;
}

function metricRows(series: readonly MetricSeries[], { glyphs, width }: MlflowViewInput): Line[] {
	const keyWidth = Math.min(17, Math.max(6, ...series.map(one => textWidth(glyphs.fold(one.key)))));
	const rows = series.map(one => ({
		...one,
		value: metricValue(one.latest, glyphs.infinity),
		end: one.isLive ? { text: `${glyphs.state.running} live`, tone: 'active' as const } : changeSpan(one, glyphs),
	}));
	const valueWidth = Math.max(6, ...rows.map(row => textWidth(row.value)));
	const endWidth = Math.max(...rows.map(row => textWidth(row.end.text)));
	const chartWidth = Math.max(0, Math.min(24, width - keyWidth - valueWidth - endWidth - 3));
	return rows.map((row): Line => {
		const chart = sparkline(row.values, chartWidth, glyphs.bars);
		return [
			{ text: `${fit(glyphs.fold(row.key), keyWidth, glyphs.ellipsis)} ` },
			{ text: fit(row.value, valueWidth, glyphs.ellipsis, 'right'), bold: true },
			{ text: ` ${' '.repeat(Math.max(0, chartWidth - textWidth(chart)))}${chart} `, tone: 'odd' },
			row.end,
		];
	});
}

/** The change from the run before. Neither good nor bad: laketop cannot know which way a metric should go. */
function changeSpan({ change }: MetricSeries, glyphs: Glyphs): Span {
	if (change === null || !Number.isFinite(change)) return { text: '' };
	if (change === 0) return { text: '=', tone: 'muted' };
	const sign = change > 0 ? '+' : glyphs.minus;
	return { text: `${sign}${metricValue(Math.abs(change))}` };
}

function modelRows(versions: readonly ModelVersion[] | null, { glyphs, now }: MlflowViewInput): Line[] {
	if (!versions || versions.length === 0) return [];
	const byName = new Map<string, ModelVersion[]>();
	for (const version of versions) byName.set(version.name, [...(byName.get(version.name) ?? []), version]);
	return [...byName].map(([name, list]): Line => {
		const spans: Span[] = [{ text: glyphs.fold(name) }];
		for (const version of list.slice(0, 4)) {
			const marks = [
				...version.aliases.map(alias => `@${alias}`),
				version.stage === 'None' ? '' : version.stage,
			].filter(Boolean);
			const ready = version.status === 'READY';
			spans.push(
				{ text: ` v${version.version}`, bold: version === list[0] },
				...(marks.length > 0 ? [{ text: ` ${glyphs.fold(marks.join(' '))}`, tone: 'odd' as const }] : []),
				...(ready ? [] : [{ text: ` ${glyphs.fold(version.status.toLowerCase())}`, tone: 'bad' as const }]),
				...(version === list[0] ? [{ text: ` ${moment(version.createdAt, now)}`, tone: 'muted' as const }] : []),
			);
		}
		if (list.length > 4) spans.push({ text: ` ${glyphs.ellipsis} ${list.length} versions`, tone: 'muted' });
		return spans;
	});
}

/** The newest value of each param, with the run that set it, newest first. */
function paramRows(runs: readonly MlflowRun[], { glyphs, width }: MlflowViewInput): Line[] {
	const shown = new Map<string, MlflowRun>();
	for (const run of runs) if (run.params.length > 0 && !shown.has(run.runName)) shown.set(run.runName, run);
	return [...shown.values()].map((run): Line => {
		const params = run.params.map(param => `${param.key}=${param.value}`).join(' ');
		const name = ellipsize(glyphs.fold(run.runName), 20, glyphs.ellipsis);
		return [
			{ text: `${name}: `, tone: 'muted' },
			{ text: ellipsize(glyphs.fold(params), width - textWidth(name) - 2, glyphs.ellipsis) },
		];
	});
}

function runRows(runs: readonly MlflowRun[], { glyphs, now }: MlflowViewInput): Line[] {
	// A date of another year is longer.
	const beganWidth = Math.max(12, ...runs.map(run => textWidth(mlflowRunTime(run, now, runs))));
	const rows: Line[] = [
		[{ text: '' }],
		[{ text: `${fit('RUN', 24, '')} ${fit('STATUS', 10, '')} ${fit('BEGAN', beganWidth, '')} METRICS`, tone: 'muted' }],
	];
	for (const run of runs) {
		const metrics = run.metrics
			.map(metric => `${metric.key}=${metricValue(metricNumber(metric.value), glyphs.infinity)}`)
			.join(' ');
		rows.push([
			{ text: `${fit(glyphs.fold(run.runName), 24, glyphs.ellipsis)} ` },
			{
				text: `${fit(glyphs.fold(run.status.toLowerCase()), 10, glyphs.ellipsis)} `,
				tone: mlflowStatusLook(run.status).tone,
			},
			{ text: `${fit(mlflowRunTime(run, now, runs), beganWidth, '')} `, tone: 'muted' },
			{ text: glyphs.fold(metrics) },
		]);
	}
	return rows;
}
