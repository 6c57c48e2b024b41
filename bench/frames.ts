/**
 * CPU time of frames over much data: `node bench/frames.ts [--frames N] [--only WORDS] [--repeat N]`, see readme.md. The whole
 * screen is drawn as for a key, without a terminal and without servers. `--repeat` starts that many processes one after the
 * other, as only a new one has a first frame, and prints the medians of their figures.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { MlflowRun } from '../source/model/mlflow/experiment.ts';
import { metricHistory } from '../source/model/mlflow/metric-history.ts';
import { newestFirst } from '../source/model/mlflow/run-search.ts';
import type { Observation } from '../source/model/observation.ts';
import { layoutWork } from '../source/presentation/graph/sizes.ts';
import { keepHeapSmall } from '../source/terminal/small-heap.ts';
import { type ChartState, chartDialog } from '../source/ui/chart-state.ts';
import type { ViewState } from '../source/ui/conversation.ts';
import { loadCharts } from '../source/ui/dialogs/chart.ts';
import type { Dialog } from '../source/ui/dialogs/dialogs.ts';
import { type PresentInput, present, type Screen } from '../source/ui/presenter.ts';
import { historySeen, manyRuns } from '../test/given/many-runs.ts';
import { inputOf, now } from '../test/ui/input-of.ts';
import { percentile } from './statistics.ts';

await loadCharts();
keepHeapSmall();
const { values } = parseArgs({
	options: {
		frames: { type: 'string', default: '200' },
		only: { type: 'string', default: '' },
		repeat: { type: 'string', default: '1' },
	},
});
if (Number(values.repeat) > 1) {
	repeat(Number(values.repeat));
	process.exit();
}
const frames = Number(values.frames);
const size = { columns: 200, rows: 60 };

type Change = { readonly view?: Partial<ViewState>; readonly dialog?: Dialog };

const cpuMs = ({ user, system }: { readonly user: number; readonly system: number }) => (user + system) / 1000;

/** The longest slice in which a graph was laid out, as between two keys. */
let longestSliceMs = 0;
function layOut(): void {
	while (!layoutWork.isDone) {
		const before = process.threadCpuUsage();
		layoutWork.advance(8);
		longestSliceMs = Math.max(longestSliceMs, cpuMs(process.threadCpuUsage(before)));
	}
}

/** Prints the median of each figure of several processes. */
function repeat(times: number): void {
	const args = [import.meta.filename, '--frames', values.frames, '--only', values.only];
	const printed = Array.from({ length: times }, () =>
		execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd().split('\n'),
	);
	const figure = / +\d+\.\d/g;
	for (const [row, line] of (printed[0] ?? []).entries()) {
		const figures = printed.map(lines => (lines[row] ?? '').match(figure)?.map(Number) ?? []);
		let at = 0;
		console.log(
			line.replace(figure, text => {
				const middle = percentile(
					figures.map(one => one[at] ?? Number.NaN),
					0.5,
				);
				at++;
				return middle.toFixed(1).padStart(text.length);
			}),
		);
	}
}

/** Draws a frame for each change, and prints what they cost: CPU time of the thread that answers keys. */
function measure(name: string, input: PresentInput, change: (frame: number) => Change): void {
	if (!name.includes(values.only)) return;
	let screen: Screen | undefined;
	const costs = Array.from({ length: frames }, (_, frame) => {
		const { view, dialog = input.dialog } = change(frame);
		const before = process.threadCpuUsage();
		screen = present({ ...input, view: { ...input.view, ...view }, dialog }, screen);
		const spent = cpuMs(process.threadCpuUsage(before));
		layOut();
		return spent;
	});
	const [first = 0, ...others] = costs;
	const figures = [0.5, 0.99, 1].map(part => percentile(others, part).toFixed(1));
	console.log(
		`${name.padEnd(44)} first ${first.toFixed(1).padStart(6)}   p50 ${figures[0]}   p99 ${figures[1]}   max ${figures[2]} ms`,
	);
}

function run(index: number): MlflowRun {
	const keys = (prefix: string, count: number) => Array.from({ length: count }, (_, key) => `${prefix}_${key}`);
	return {
		runId: `r${index}`,
		runName: `stage-${index % 7}-${index}`,
		experimentId: '1',
		status: index % 5 === 0 ? 'FAILED' : 'FINISHED',
		startedAt: now - index * 60_000,
		endedAt: now - index * 60_000 + 30_000,
		metrics: keys('metric', 12).map((key, at) => ({ key, value: (index * (at + 1)) % 997, step: 0, loggedAt: now })),
		params: keys('param', 10).map(key => ({ key, value: String(index % 6) })),
		tags: [{ key: 'dag_run_id', value: `manual__${index}` }],
	};
}
const runs = Array.from({ length: 10_000 }, (_, index) => run(index));
const experiment = { experimentId: '1', name: 'churn', artifactLocation: null };
const query = { filter: '', orderBy: newestFirst };
const listed: Observation[] = [
	{ type: 'source connected', at: now, source: 'mlflow', version: '3.17.2', address: 'http://x' },
	{ type: 'experiment fetched', at: now, name: 'churn', experiment },
	{ type: 'mlflow runs fetched', at: now, experimentId: '1', runs: runs.slice(0, 200) },
	{ type: 'feed live', at: now, feed: 'experiment' },
	{ type: 'mlflow runs found', at: now, experimentId: '1', query, after: 0, runs, nextPage: null },
];
const list = (more: object = {}) => ({
	browse: { kind: 'mlflow-runs' as const, filter: '', sort: null, state: null, selected: null, back: null, ...more },
});
const listInput = inputOf({ seen: listed, view: list(), ...size });
measure('10,000 MLflow runs: scroll', listInput, frame => ({ view: list({ selected: `r${frame * 40}` }) }));
measure('10,000 MLflow runs: filter by words, typed', listInput, frame => ({
	view: list({ filter: `stage-${frame % 7}-${frame}` }),
}));
measure('10,000 MLflow runs: sort, fetched rows', listInput, frame => ({
	view: list({ sort: frame % 2 ? 'took' : '-took' }),
}));
measure('10,000 MLflow runs: columns', listInput, frame => ({
	view: {
		...list({ selected: `r${frame * 40}` }),
		runColumns: { churn: Array.from({ length: 9 }, (_, key) => `metrics.metric_${key}`) },
	},
}));

const tasks = Array.from({ length: 300 }, (_, index) => `group_${Math.floor(index / 15)}.task_${index}`);
const many = manyRuns({ runs: 100, tasks });
const seen = historySeen(many, now);
const pipeline = { focus: 'pipeline' as const, zoomed: true, dagId: many.runs[0]?.dagId ?? '' };
const tasksOfNewest: Observation = {
	type: 'task instances fetched',
	at: now,
	dagId: pipeline.dagId,
	dagRunId: many.runs[0]?.dagRunId ?? '',
	taskInstances: many.runs[0] ? many.instancesOf(many.runs[0]) : [],
};
const grid = inputOf({ seen: [...seen, tasksOfNewest], view: { ...pipeline, pipelineView: 'grid' }, ...size });
measure('grid of 100 runs of 300 tasks: right and down', grid, frame => ({
	view: { dagRunId: many.runs[frame % 100]?.dagRunId ?? null, taskId: tasks[(frame * 3) % 300] ?? null },
}));
for (const pipelineView of ['graph', 'gantt', 'trend'] as const) {
	const input = inputOf({ seen: [...seen, tasksOfNewest], view: { ...pipeline, pipelineView }, ...size });
	measure(`${pipelineView} of 300 tasks: pan`, input, frame => ({
		view: { taskId: tasks[(frame * 7) % 300] ?? null },
	}));
}

const thousand = manyRuns({ runs: 1000, tasks: tasks.slice(0, 7) });
const runList = { browse: { kind: 'runs' as const, filter: '', sort: null, state: null, selected: null, back: null } };
const runsInput = inputOf({
	seen: [
		...historySeen(thousand, now),
		{ type: 'dag runs fetched', at: now, dagId: pipeline.dagId, runs: [...thousand.runs] },
	],
	view: { dagId: pipeline.dagId, ...runList },
	...size,
});
measure('list of 1,000 DAG runs: scroll', runsInput, frame => ({
	view: { browse: { ...runList.browse, selected: thousand.runs[(frame * 5) % 1000]?.dagRunId ?? null } },
}));

const points = Array.from({ length: 100_000 }, (_, step) => ({
	step,
	at: now + step * 1000,
	value: Math.exp(-step / 20_000) + ((step * 16_807) % 2147) / 21_470,
}));
const [newest] = runs;
const chart: ChartState = {
	runs: newest ? [newest] : [],
	all: runs.slice(0, 200),
	keys: ['loss'],
	shown: ['loss'],
	histories: [metricHistory({ runId: 'r0', key: 'loss' }, points)],
	detail: null,
	axis: 'step',
	isLog: false,
	smoothing: 0,
	window: null,
	cursor: 50_000,
	isLoading: false,
	problem: null,
	ask: async () => ({ runs: [], all: [], histories: [], detail: null }),
};
for (const [name, more] of [
	['', {}],
	[', log', { isLog: true }],
	[', smoothed', { smoothing: 60 }],
	[', over time', { axis: 'time' as const, cursor: null }],
] as const)
	measure(`chart of 100,000 points: zoom${name}`, inputOf({ seen: listed, ...size }), frame => {
		const half = 50_000 / 1.4 ** (frame % 24);
		const window =
			'axis' in more
				? { from: now + (50_000 - half) * 1000, to: now + (50_000 + half) * 1000 }
				: { from: 50_000 - half, to: 50_000 + half };
		return { dialog: chartDialog({ ...chart, ...more, window: frame % 24 === 0 ? null : window }) };
	});
console.log(`longest slice of a layout ${longestSliceMs.toFixed(1)} ms`);
