import type { Monitor } from '../../app/monitor.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { forecastPart, importErrorPart, runPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { metricPart } from '../../command-line/facts/mlflow.ts';
import { pagePart, projectParts, sourcePart } from '../../command-line/facts/servers.ts';
import { servicePart } from '../../command-line/facts/services.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { cellSpan, change, heading, metric, taskCell } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import {
	acknowledgementsProblemText,
	exitCodeOfVerdict,
	lookUntilJudged,
	notCheckedParts,
	notCheckedSentences,
	requiredForFindings,
	watchedForFindings,
} from '../../command-line/show/judged.ts';
import { show } from '../../command-line/show/show.ts';
import type { Config } from '../../config/schema.ts';
import { runsNewestFirst } from '../../model/airflow/pipeline.ts';
import { programOf } from '../../model/engine/engine-address.ts';
import { onlyOwnFacts } from '../../model/fold/forget-server.ts';
import { guideMetrics, metricSeries } from '../../model/mlflow/metric-series.ts';
import { sourceNames } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import { findingSentence } from '../../presentation/finding-text.ts';
import { ago } from '../../presentation/format.ts';
import { type Line, lineWidth, type Span } from '../../presentation/text.ts';
import { stackServices } from '../../selectors/containers/service-groups.ts';
import { verdictOf } from '../../selectors/findings/verdict.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { Language } from '../../words/language.ts';
import { importErrorLines } from '../dags/dags.ts';
import { serviceRows } from '../services/rows.ts';
import { servicesTable } from '../services/services.ts';
import { askWhyTasksWait, progressText, runLines, taskParts } from '../tasks/tasks.ts';
import { questionLines, questionParts } from './open-questions.ts';
import { verdictLines } from './verdict-lines.ts';

type Status = Document<'status'>;

/** `laketop status` */
export function run(context: CommandContext): Promise<number> {
	return show<Status>(context, {
		watch: watchedForFindings,
		requires: requiredForFindings,
		ask: async (monitor, signal) => {
			await lookUntilJudged(monitor, signal);
			await askWhyTasksWait(monitor, ownProject(monitor.store.current(), context.config.discovery.project), signal);
		},
		document: (state, now, monitor) =>
			statusOf(state, now, monitor, context.given.is('json') ? 'en' : context.language),
		blocks: statusBlocks,
		exitCode: document => document.exit_code,
	});
}

export function statusOf(
	state: StackState,
	now: number,
	{ config, clients }: { readonly config: Config; readonly clients: Pick<Monitor['clients'], 'airflow' | 'mlflow'> },
	language: Language,
): Status {
	const project = ownProject(state, config.discovery.project);
	const addresses = {
		docker: config.dockerHost.address,
		airflow: clients.airflow?.address,
		mlflow: clients.mlflow?.address,
	};
	// The answers of a guessed server may describe another stack.
	const own = onlyOwnFacts(state);
	const shownDag = own.defaultDag ?? config.dag;
	const dag = own.dags?.find(({ dagId }) => dagId === shownDag);
	const [newest] = runsNewestFirst(own.dagRuns[shownDag] ?? []);
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
			dag_id: shownDag,
			exists: own.dags === null ? null : dag !== undefined,
			is_paused: dag?.isPaused ?? null,
			next_run_at: dag?.nextRunAt ? rfc3339(dag.nextRunAt) : null,
			run: newest ? runPart(newest, now) : null,
			forecast: forecastPart(own, newest, now),
			tasks: taskParts(own, shownDag, null, now, { project, language }),
		},
		questions: questionParts(own),
		experiment: own.defaultExperiment ?? config.experiment,
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
			...verdict.findings.map(finding => findingSentence(finding, language)),
			...notCheckedSentences(verdict, language),
		],
		acknowledged: verdict.acknowledged.length,
		acknowledgements_problem: acknowledgementsProblemText(state, language),
		not_checked: notCheckedParts(verdict),
		...facts,
	};
}

function statusBlocks(status: Status, style: Style): Block[] {
	return [
		[titleLine(status, style)],
		servicesTable(serviceRows(status.services), status, style, false),
		...pipelineBlocks(status, style),
		questionLines(status.questions, style),
		...metricBlocks(status, style),
		...importErrorLines(status.import_errors, style),
		verdictLines(status, style),
	];
}

function titleLine(status: Status, style: Style): Line {
	const { glyphs, isTerminal, say } = style;
	const servers = status.sources.flatMap(({ name, version, state, is_guess }): Span[] => {
		// A guessed server may belong to another stack, and so may its version and state.
		if (is_guess) return [{ text: `  ${name} ` }, { text: say(['guessed', '추정']), tone: 'warning' }];
		// The title says that there is none by intent.
		if (state === 'absent' && name === 'docker') return [];
		if (state === 'absent') return [{ text: `  ${name} ${say(['none', '없음'])}`, tone: 'muted' }];
		const { program, number } = programOf(name, version ?? undefined);
		const shown = `${program}${number === undefined ? '' : ` ${number.split(/[+~]/)[0]}`}`;
		const look =
			state === 'live'
				? ({ word: say(['OK', '정상']), symbol: glyphs.state.success, tone: 'good' } as const)
				: state === 'failed'
					? ({ word: say(['failed', '실패']), symbol: glyphs.state.failed, tone: 'bad' } as const)
					: ({ word: say(['no answer', '응답 없음']), symbol: glyphs.state.unknown, tone: 'warning' } as const);
		return [
			{ text: `  ${shown} ` },
			{ text: isTerminal && state === 'live' ? look.symbol : look.word, tone: look.tone },
		];
	});
	return heading(
		status.project ?? managedTitle(status, style) ?? say(['no stack found', '스택을 찾을 수 없음']),
		...servers,
	);
}

/** The servers of a stack that is watched without a container engine, by their hosts; null with an engine. */
function managedTitle({ sources }: Status, { say }: Style): string | null {
	if (sources.find(({ name }) => name === 'docker')?.state !== 'absent') return null;
	const hosts = sources.flatMap(({ address, state }) =>
		state === 'absent' ? [] : (URL.parse(address ?? '')?.host ?? []),
	);
	const servers = [...new Set(hosts)].join(', ');
	return servers === ''
		? say(['no container engine', '컨테이너 엔진 없음'])
		: say(['{servers} (no container engine)', '{servers}(컨테이너 엔진 없음)'], { servers });
}

function pipelineBlocks(status: Status, style: Style): Block[] {
	const { pipeline, at } = status;
	const { say } = style;
	const dag = pipeline.dag_id;
	const paused: Line[] = pipeline.is_paused
		? [[{ text: say(['{dag} is paused', '{dag}이(가) 일시 중지되었습니다'], { dag }), tone: 'warning' }]]
		: [];
	if (pipeline.run === null) {
		if (pipeline.exists !== true) return [];
		return [[...paused, [{ text: say(['{dag} has no DAG runs yet', '{dag}에 아직 DAG 실행이 없습니다'], { dag }) }]]];
	}
	const stages = pipeline.tasks.map(task => {
		const elapsed = progressText(task);
		const cell = taskCell(task.state, style, pipeline.run);
		return [
			cellSpan(
				{
					...cell,
					text: style.isTerminal ? task.task_id : `${task.task_id} ${cell.text}`,
				},
				style,
			),
			{ text: elapsed === '' ? '' : ` ${elapsed}`, tone: 'muted' as const },
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

/** Why the DAG run is stuck: nothing while a task runs, and nothing about tasks that wait for upstream tasks. */
function standingWaits(tasks: Status['pipeline']['tasks']): Line[] {
	if (tasks.some(({ state }) => state === 'running')) return [];
	const waiting = tasks.filter(({ waits_for }) => waits_for !== null && waits_for.reason !== 'upstream');
	const first = waiting.find(({ waits_for }) => waits_for?.needs_action) ?? waiting[0];
	if (!first?.waits_for) return [];
	const { task_id, waits_for } = first;
	return [
		[
			{ text: `${task_id}: `, bold: true },
			{ text: waits_for.text, tone: waits_for.needs_action ? 'warning' : 'waiting' },
		],
	];
}

/** Pieces one after the other, on as many rows as they need; without a terminal on one row. */
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
	const { say } = style;
	const [newest] = metrics.toSorted((a, b) => Date.parse(b.logged_at) - Date.parse(a.logged_at));
	if (!newest) return [];
	const shown = metrics.filter(({ key }) => guideMetrics.includes(key));
	const pieces = (shown.length > 0 ? shown : metrics.slice(0, 6)).map((one): Line => {
		const moved = change(one.change, style.glyphs);
		return [
			{ text: `${one.key} ` },
			{ text: metric(one.value, style.glyphs), bold: true },
			{
				text: one.is_live ? ` ${say(['live', '기록 중'])}` : moved === '' ? '' : ` (${moved})`,
				tone: one.is_live ? 'active' : 'muted',
			},
		];
	});
	return [
		[
			heading(experiment, {
				text: `  ${ago(Date.parse(at) - Date.parse(newest.logged_at), style.language)}`,
				tone: 'muted',
			}),
			...flowing(pieces, '  ', style),
		],
	];
}
