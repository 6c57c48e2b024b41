import type { Monitor } from '../../app/monitor.ts';
import type { Config } from '../../config/schema.ts';
import { onlyOwnFacts } from '../../model/forget-server.ts';
import { guideMetrics, metricSeries } from '../../model/metric-series.ts';
import { runsNewestFirst } from '../../model/pipeline.ts';
import { sourceNames } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import { findingSentence } from '../../presentation/finding-text.ts';
import { type Line, lineWidth, type Span } from '../../presentation/text.ts';
import { stackServices } from '../../selectors/service-groups.ts';
import { ownProject } from '../../selectors/stack.ts';
import { verdictOf } from '../../selectors/verdict.ts';
import type { CommandContext } from '../context.ts';
import { importErrorLines } from '../dags/dags.ts';
import {
	forecastPart,
	importErrorPart,
	metricPart,
	pagePart,
	projectParts,
	rfc3339,
	runPart,
	servicePart,
	sourcePart,
} from '../facts.ts';
import type { Document } from '../json/documents.ts';
import {
	acknowledgementsProblemText,
	exitCodeOfVerdict,
	lookUntilJudged,
	needsForFindings,
	notCheckedParts,
	notCheckedSentences,
	watchedForFindings,
} from '../judged.ts';
import { servicesTable } from '../services/services.ts';
import { show } from '../show.ts';
import type { Style } from '../style.ts';
import { askWhyTasksWait, runLines, taskParts } from '../tasks/tasks.ts';
import { cellSpan, change, clock, heading, metric, since, taskCell } from '../text-parts.ts';
import type { Block } from '../text-table.ts';

type Status = Document<'status'>;

/** `laketop status` */
export function run(context: CommandContext): Promise<number> {
	return show<Status>(context, {
		watch: watchedForFindings,
		needs: needsForFindings,
		ask: async (monitor, signal) => {
			await lookUntilJudged(monitor, signal);
			await askWhyTasksWait(monitor, signal);
		},
		document: (state, now, monitor) => statusOf(state, now, monitor),
		blocks: statusBlocks,
		exitCode: document => document.exit_code,
	});
}

/** All that there is to say of the stack, and the verdict. */
export function statusOf(
	state: StackState,
	now: number,
	{ config, clients }: { readonly config: Config; readonly clients: Pick<Monitor['clients'], 'airflow' | 'mlflow'> },
): Status {
	const project = ownProject(state, config.discovery.project);
	const addresses = {
		docker: config.dockerHost.address,
		airflow: clients.airflow?.address,
		mlflow: clients.mlflow?.address,
	};
	// What a guessed server answers may be another stack's.
	const own = onlyOwnFacts(state);
	const dag = own.dags?.find(({ dagId }) => dagId === config.dag);
	const [newest] = runsNewestFirst(own.dagRuns[config.dag] ?? []);
	const facts = {
		...projectParts(state, config.discovery.project),
		sources: sourceNames.map(name => sourcePart(state, name, addresses[name])),
		scheduler: {
			state: own.airflowHealth?.scheduler ?? null,
			heartbeat_at: own.airflowHealth?.schedulerHeartbeatAt ? rfc3339(own.airflowHealth.schedulerHeartbeatAt) : null,
		},
		services: stackServices(state, project).map(servicePart),
		pages: state.endpoints.map(endpoint => pagePart(endpoint, state)),
		pipeline: {
			dag_id: config.dag,
			exists: own.dags === null ? null : dag !== undefined,
			is_paused: dag?.isPaused ?? null,
			next_run_at: dag?.nextRunAt ? rfc3339(dag.nextRunAt) : null,
			run: newest ? runPart(newest, now) : null,
			forecast: forecastPart(own, newest, now),
			tasks: taskParts(own, config.dag, null, now, { project, language: config.language }),
		},
		experiment: config.experiment,
		metrics: metricSeries(own.mlflowRuns ?? []).map(metricPart),
		import_errors: own.importErrors.map(importErrorPart),
	};
	const verdict = verdictOf(state, now);
	return {
		schema: 'laketop/status/1',
		at: rfc3339(now),
		state: verdict.state,
		exit_code: exitCodeOfVerdict(verdict),
		problems: [
			...verdict.findings.map(finding => findingSentence(finding, config.language)),
			...notCheckedSentences(verdict),
		],
		acknowledged: verdict.acknowledged.length,
		acknowledgements_problem: acknowledgementsProblemText(state, config.language),
		not_checked: notCheckedParts(verdict),
		...facts,
	};
}

/** One screenful. */
function statusBlocks(status: Status, style: Style): Block[] {
	return [
		[titleLine(status, style)],
		servicesTable(status.services, status, false),
		...pipelineBlocks(status, style),
		...metricBlocks(status, style),
		...importErrorLines(status.import_errors),
		verdictLines(status, style),
	];
}

function titleLine(status: Status, style: Style): Line {
	const { glyphs, isTerminal } = style;
	const servers = status.sources.flatMap(({ name, version, state, is_guess }): Span[] => {
		// Whose server it is, nobody knows: neither its version nor whether it answers is the stack's.
		if (is_guess) return [{ text: `  ${name} ` }, { text: 'guess', tone: 'warning' }];
		const shown = `${name}${version === null ? '' : ` ${version.split(/[+~]/)[0]}`}`;
		const look =
			state === 'live'
				? ({ word: 'live', symbol: glyphs.state.success, tone: 'good' } as const)
				: state === 'failed'
					? ({ word: 'failed', symbol: glyphs.state.failed, tone: 'bad' } as const)
					: ({ word: 'silent', symbol: glyphs.state.unknown, tone: 'warning' } as const);
		return [
			{ text: `  ${shown} ` },
			{ text: isTerminal && state === 'live' ? look.symbol : look.word, tone: look.tone },
		];
	});
	return heading(status.project ?? 'no stack found', ...servers);
}

function pipelineBlocks(status: Status, style: Style): Block[] {
	const { pipeline, at } = status;
	const paused: Line[] = pipeline.is_paused ? [[{ text: `${pipeline.dag_id} is paused`, tone: 'warning' }]] : [];
	if (pipeline.run === null) {
		if (pipeline.exists !== true) return [];
		return [[...paused, [{ text: `${pipeline.dag_id} has no run yet` }]]];
	}
	const stages = pipeline.tasks.map(task => {
		const took = clock(task.elapsed_ms);
		const cell = taskCell(task.state, pipeline.run);
		return [
			cellSpan(
				{
					...cell,
					text: style.isTerminal ? task.task_id : `${task.task_id} ${cell.text}`,
				},
				style,
			),
			{ text: took === '' ? '' : ` ${took}`, tone: 'muted' as const },
		];
	});
	const why = pipeline.tasks.flatMap(({ task_id, failure }): Line[] =>
		failure
			? [
					[
						{ text: `${task_id}: `, bold: true },
						{ text: failure.reason, tone: 'bad' },
					],
				]
			: [],
	);
	const [lead = []] = runLines(pipeline.dag_id, pipeline.run, at, style);
	const leading = 'columns' in lead ? [] : lead;
	const waits = standingWaits(pipeline.tasks);
	return [
		[
			...leading,
			...flowing(stages, ` ${style.isTerminal ? style.glyphs.arrow : '>'} `, style),
			...why,
			...waits,
			...paused,
		],
	];
}

/** Why the run does not get on: nothing while any of its tasks runs, and nothing of those that wait for others of it. */
function standingWaits(tasks: Status['pipeline']['tasks']): Line[] {
	if (tasks.some(({ state }) => state === 'running')) return [];
	const told = tasks.filter(({ waits_for }) => waits_for !== null && waits_for.reason !== 'upstream');
	const first = told.find(({ waits_for }) => waits_for?.needs_help) ?? told[0];
	if (!first?.waits_for) return [];
	const { task_id, waits_for } = first;
	return [
		[
			{ text: `${task_id}: `, bold: true },
			{ text: waits_for.text, tone: waits_for.needs_help ? 'warning' : 'waiting' },
		],
	];
}

/** Pieces one behind the other, on as many rows as they need; without a terminal on one. */
function flowing(pieces: readonly Line[], between: string, { columns }: Style): Line[] {
	const rows: Span[][] = [];
	for (const piece of pieces) {
		const row = rows.at(-1);
		if (row && lineWidth(row) + between.length + lineWidth(piece) <= columns) {
			row.push({ text: between, tone: 'muted' }, ...piece);
		} else rows.push([...piece]);
	}
	return rows;
}

function metricBlocks({ metrics, experiment, at }: Status, style: Style): Block[] {
	const [newest] = metrics.toSorted((a, b) => Date.parse(b.logged_at) - Date.parse(a.logged_at));
	if (!newest) return [];
	const shown = metrics.filter(({ key }) => guideMetrics.includes(key));
	const pieces = (shown.length > 0 ? shown : metrics.slice(0, 6)).map((one): Line => {
		const moved = change(one.change, style.glyphs);
		return [
			{ text: `${one.key} ` },
			{ text: metric(one.value, style.glyphs), bold: true },
			{ text: one.is_live ? ' live' : moved === '' ? '' : ` (${moved})`, tone: one.is_live ? 'active' : 'muted' },
		];
	});
	return [
		[
			heading(experiment, { text: `  ${since(newest.logged_at, at)} ago`, tone: 'muted' }),
			...flowing(pieces, '  ', style),
		],
	];
}

function verdictLines({ state, problems, acknowledged }: Status, style: Style): Line[] {
	const known =
		acknowledged === 0 ? '' : `  ${acknowledged} acknowledged ${acknowledged === 1 ? 'finding' : 'findings'}`;
	if (problems.length === 0) {
		return [[cellSpan({ text: 'healthy', symbol: 'success', tone: 'good' }, style), { text: known, tone: 'muted' }]];
	}
	return problems.map(
		(problem, index): Line => [
			index === 0
				? { ...cellSpan({ text: `${state}: `, symbol: 'failed', tone: 'bad' }, style), bold: true }
				: { text: ' '.repeat(state.length + 2 + (style.isTerminal ? 2 : 0)) },
			{ text: problem },
		],
	);
}
