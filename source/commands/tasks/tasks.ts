import type { Monitor } from '../../app/monitor.ts';
import { fetchAllTries, needsKeptTries, type Tries, triesKey } from '../../clients/airflow/task-tries.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { forecastPart, runPart, taskPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { RunPart, TaskPart } from '../../command-line/json/airflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { askedRun } from '../../command-line/names/asked-run.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { cellSpan, clock, heading, runCell, taskCell, when } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import { show } from '../../command-line/show/show.ts';
import { factsOf } from '../../diagnosis/facts.ts';
import { waitersIn } from '../../diagnosis/waiting/waiters.ts';
import { TaskHistoryReader } from '../../feeds/airflow/task-history.ts';
import { fetchUnmetDependencies, tasksWithDependencies } from '../../feeds/airflow/unmet-dependencies.ts';
import { type DagRun, isActiveRun } from '../../model/airflow/pipeline.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { hasEarlierTries } from '../../selectors/printed-commands/airflow-command.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { Language } from '../../words/language.ts';

/** `laketop tasks` */
export function run(context: CommandContext): Promise<number> {
	const { given, config } = context;
	const asked = askedRun(context);
	let tries: Tries | undefined;
	const history = new TaskHistoryReader();
	return show<Document<'tasks'>>(asked.context, {
		watch: ['pipeline', 'dags'],
		requires: ['pipeline', 'dags'],
		interest: asked.interest,
		ask: async (monitor, signal) => {
			await asked.demand(monitor, signal);
			const { store } = monitor;
			await askWhyTasksWait(monitor, ownProject(store.current(), config.discovery.project), signal);
			const { run: shown } = shownPipeline(store.current(), asked.dagOf(store.current()), asked.dagRunId);
			await askHistory(monitor, history, shown, signal);
			if (given.is('tries')) tries = await askTries(context, monitor, shown, signal);
		},
		document: (state, now) => {
			demandLive(state, 'pipeline');
			const dagId = asked.dagOf(state);
			const { run: shown } = shownPipeline(state, dagId, asked.dagRunId);
			return {
				schema: 'laketop/tasks/1',
				at: rfc3339(now),
				dag_id: dagId,
				run: shown ? runPart(shown, now) : null,
				forecast: forecastPart(state, shown, now),
				tasks: taskParts(state, dagId, asked.dagRunId, now, {
					project: ownProject(state, config.discovery.project),
					language: given.is('json') ? 'en' : config.language,
					tries,
				}),
			};
		},
		blocks: (document, style) => [
			...runLines(document.dag_id, document.run, document.at, style),
			tasksTable(document, style),
			...(given.is('tries') ? [triesTable(document, style)] : []),
		],
		exitCode: ({ run: shown }) => (shown?.state === 'failed' ? 1 : 0),
	});
}

/**
 * Fetches the pools only if a task is scheduled and not queued; the other reasons for waiting do not need them. Then what
 * Airflow 3 says of tasks that wait.
 */
export async function askWhyTasksWait(monitor: Monitor, project: string | null, signal: AbortSignal): Promise<void> {
	const { store, clients, observe, clock } = monitor;
	const isReady = Object.values(store.current().taskInstances).some(tasks =>
		tasks.some(({ state }) => state === 'scheduled'),
	);
	const { airflow } = clients;
	if (!airflow) return;
	const pools = isReady ? await airflow.pools(signal).catch(() => null) : null;
	if (pools) observe({ type: 'check finished', subject: '', result: { check: 'pools', pools } });
	const facts = factsOf(store.current(), clock.now(), { project, dagId: '', experiment: '', airflowUser: '' });
	for (const [subject, waiters] of tasksWithDependencies(facts)) {
		const result = await fetchUnmetDependencies(airflow, waiters, signal).catch(() => null);
		if (result) observe({ type: 'check finished', subject, result });
	}
}

/** Fetches what the tasks of an active DAG run took earlier: for the progress of a running task, and for the forecast. */
async function askHistory(
	{ store, clients, observe }: Monitor,
	reader: TaskHistoryReader,
	run: DagRun | undefined,
	signal: AbortSignal,
): Promise<void> {
	const { airflow } = clients;
	const { dagTasks, dagRuns } = store.current();
	if (!airflow || !run || !isActiveRun(run)) return;
	const { dagId } = run;
	const known = { dagRuns: dagRuns[dagId] ?? [], definitions: dagTasks[dagId] ?? [] };
	// Without it there is a forecast by the run's usual duration.
	const history = await reader.read(airflow, dagId, known, signal).catch(() => null);
	if (history) observe({ type: 'check finished', subject: dagId, result: { check: 'task history', history } });
}

/** The tries of the tasks; that Airflow before 2.10 has only the last of each is reported. */
async function askTries(
	{ say }: Pick<CommandContext, 'say'>,
	{ store, clients }: Monitor,
	run: DagRun | undefined,
	signal: AbortSignal,
): Promise<Tries | undefined> {
	const { airflow } = clients;
	if (!airflow || !run) return undefined;
	const state = store.current();
	const tasks = state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? [];
	const isCut = !hasEarlierTries(state) && tasks.some(({ tryNumber }) => tryNumber > 1);
	if (isCut) say(needsKeptTries(state.sources.airflow?.version ?? null));
	return fetchAllTries(airflow, hasEarlierTries(state), tasks, signal);
}

/** Tasks of a DAG run in order; without instances, the tasks of the DAG. */
export function taskParts(
	state: StackState,
	dagId: string,
	dagRunId: string | null,
	now: number,
	{
		project,
		language,
		tries,
	}: { readonly project: string | null; readonly language: Language; readonly tries?: Tries | undefined },
): TaskPart[] {
	const { run: shown, stages } = shownPipeline(state, dagId, dagRunId);
	const waits = new Map(shown ? waitersIn(state, shown, now, project).map(({ task, wait }) => [task, wait]) : []);
	return stages.flatMap(stage =>
		stage.instances
			.toSorted((a, b) => a.mapIndex - b.mapIndex)
			.map(task => taskPart(task, state, now, language, waits.get(task) ?? null, tries?.get(triesKey(task)))),
	);
}

/** `0:39`, of a running task with a known usual duration `0:39/1:00`. */
export function progressText({ elapsed_ms, usual_ms }: Pick<TaskPart, 'elapsed_ms' | 'usual_ms'>): string {
	return [elapsed_ms, usual_ms]
		.filter(ms => ms !== null)
		.map(clock)
		.join('/');
}

/** DAG run, state, start and duration. */
export function runLines(dagId: string, run: RunPart | null, at: string, style: Style): Block[] {
	if (run === null) return [];
	const { say } = style;
	const elapsed = clock(run.elapsed_ms);
	const started =
		run.started_at === null
			? ''
			: `  ${say(['started {time}', '시작 {time}'], { time: when(run.started_at, at, style) })}`;
	const duration =
		elapsed === ''
			? ''
			: run.ended_at === null
				? say([', {elapsed} so far', ', {elapsed} 경과'], { elapsed })
				: say([', duration {elapsed}', ', 소요 시간 {elapsed}'], { elapsed });
	return [
		[
			heading(dagId, { text: `  ${run.dag_run_id}  ` }, cellSpan(runCell(run, style), style), {
				text: `${started}${duration}`,
			}),
		],
	];
}

/** A row for each task instance. */
export function tasksTable({ tasks, run }: Pick<Document<'tasks'>, 'tasks' | 'run'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['TASK', '작업']), yields: 2 },
			{ title: say(['STATE', '상태']) },
			{ title: say(['TRY', '시도']), align: 'right' },
			{ title: say(['DURATION', '소요 시간']), align: 'right' },
			{ title: say(['HOST', '호스트']), yields: 3 },
			{ title: say(['REASON', '이유']), yields: 1 },
		],
		rows: tasks.map(task => [
			{ text: task.map_index < 0 ? task.task_id : `${task.task_id}[${task.map_index}]` },
			taskCell(task.state, style, run),
			{ text: task.try_number === 0 ? '' : `${task.try_number}/${Math.max(task.try_number, task.max_tries + 1)}` },
			{ text: progressText(task) },
			{ text: task.hostname, tone: 'muted' },
			task.failure || !task.waits_for
				? { text: task.failure?.reason ?? '', tone: 'bad' }
				: { text: task.waits_for.text, tone: task.waits_for.needs_action ? 'warning' : 'muted' },
		]),
		empty: say(
			run === null
				? ['No DAG runs yet.', '아직 DAG 실행이 없습니다.']
				: ['No tasks in this DAG run yet.', '이 DAG 실행에 아직 작업이 없습니다.'],
		),
	};
}

/** A row for each try, in the order of the tasks. */
function triesTable({ tasks, run, at }: Document<'tasks'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['TASK', '작업']), yields: 2 },
			{ title: say(['TRY', '시도']), align: 'right' },
			{ title: say(['STATE', '상태']) },
			{ title: say(['QUEUED', '대기 시작']), yields: 4 },
			{ title: say(['STARTED', '시작']) },
			{ title: say(['ENDED', '종료']) },
			{ title: say(['DURATION', '소요 시간']), align: 'right' },
			{ title: say(['HOST', '호스트']), yields: 3 },
		],
		rows: tasks.flatMap(task =>
			(task.tries ?? []).map(one => [
				{ text: task.map_index < 0 ? task.task_id : `${task.task_id}[${task.map_index}]` },
				{ text: String(one.try_number) },
				taskCell(one.state, style, run),
				{ text: when(one.queued_at, at, style) },
				{ text: when(one.started_at, at, style) },
				{ text: when(one.ended_at, at, style) },
				{ text: clock(one.elapsed_ms) },
				{ text: one.hostname, tone: 'muted' as const },
			]),
		),
		empty: say(['No try has started yet.', '아직 시작된 시도가 없습니다.']),
	};
}
