import type { Monitor } from '../../app/monitor.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, nothingSuch } from '../../command-line/exit/failures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { askedRun } from '../../command-line/names/asked-run.ts';
import { lookUntilJudged, requiredForFindings, watchedForFindings } from '../../command-line/show/judged.ts';
import { runHistoryOf } from '../../command-line/show/run-history.ts';
import { show } from '../../command-line/show/show.ts';
import { failureReader } from '../../feeds/airflow/task-failures.ts';
import { type DagRun, isActiveRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { earlierTryNumbers } from '../../model/airflow/task-tries.ts';
import type { MetricHistory } from '../../model/mlflow/metric-history.ts';
import type { StackState } from '../../model/state.ts';
import { html } from '../../presentation/document/html.ts';
import { markdown } from '../../presentation/document/markdown.ts';
import { knownRuns, tasksOfRun } from '../../selectors/dag-runs/run-history.ts';
import { phrase } from '../../words/message.ts';
import { reportOf, runsCompared } from './report-document.ts';
import { reportParts } from './report-parts.ts';
import { noPictures, picturesOf, readHistories } from './report-pictures.ts';

/** `laketop report` */
export function run(context: CommandContext): Promise<number> {
	const { given, config } = context;
	const asked = askedRun(context);
	const language = given.is('json') ? 'en' : context.language;
	const isHtml = given.text('format') === 'html' && !given.is('json');
	let chosen: DagRun | undefined;
	let histories: readonly MetricHistory[] = [];
	let known: Parameters<typeof picturesOf>[0] | undefined;
	return show<Document<'report'>>(asked.context, {
		watch: watchedForFindings,
		requires: requiredForFindings,
		interest: asked.interest,
		ask: async (monitor, signal) => {
			await asked.demand(monitor, signal);
			demandLive(monitor.store.current(), 'pipeline');
			const dagId = asked.dagOf(monitor.store.current());
			await runHistoryOf(monitor)(dagId, runsCompared, signal);
			chosen = demandRun(monitor.store.current(), dagId, given.text('run'));
			await readFailures(monitor, chosen, signal);
			if (isHtml) histories = await readHistories(monitor, chosen, signal);
			await lookUntilJudged(monitor, signal);
		},
		document: (state, now) => {
			if (chosen === undefined) throw new Error('a report is about a DAG run');
			known = { state, run: chosen, now };
			return reportOf(state, chosen, now, { language, config });
		},
		whole: (document, { say }) => {
			const words = { say, language };
			const pictures = isHtml && known ? picturesOf(known, histories, words) : noPictures;
			const written = { language, ...reportParts(document, words, pictures) };
			return isHtml ? html(written) : markdown(written);
		},
		blocks: () => [],
	});
}

/** Throws CommandFailure if the DAG has no such run. A run that was named has been fetched. */
function demandRun(state: StackState, dagId: string, wanted: string | undefined): DagRun {
	const runs = knownRuns(state, dagId);
	const isWanted = (one: DagRun) =>
		wanted === undefined ? !isActiveRun(one) : wanted === 'newest' || one.dagRunId === wanted;
	const found = runs.find(isWanted);
	if (found) return found;
	throw nothingSuch(
		wanted === undefined
			? phrase(['{dag} has no finished DAG run yet', '{dag}에 아직 끝난 DAG 실행이 없습니다'], { dag: dagId })
			: phrase(['{dag} has no DAG run {run}', '{dag}에 DAG 실행 {run}이(가) 없습니다'], { dag: dagId, run: wanted }),
		runs.length > 0 && wanted === undefined
			? phrase(['Pass --run newest for the active one', '진행 중인 실행은 --run newest로 지정하세요'])
			: null,
	);
}

/** Reads the logs of tasks that failed, and of tries that failed before another one; without them reasons are missing. */
async function readFailures(monitor: Monitor, { dagId, dagRunId }: DagRun, signal: AbortSignal): Promise<void> {
	const { store, clients, observe, clock } = monitor;
	const { airflow } = clients;
	if (!airflow) return;
	const tasks = tasksOfRun(store.current(), dagId, dagRunId) ?? [];
	const over = new AbortController();
	const explain = failureReader(
		{ clock, observe, random: Math.random, signal: over.signal },
		key => store.current().taskFailures[key] !== undefined,
	);
	const read = (task: TaskInstance) => airflow.taskLog(task, signal);
	// Without the time of the end a log is read once, and not again until it is complete.
	const failed = tasks.filter(({ state }) => state === 'failed').map(task => ({ ...task, endedAt: null }));
	try {
		await explain(failed, read, signal);
		await explain(earlierTries(tasks), read, signal);
	} finally {
		// What could not be read is not read again: nobody would see it.
		over.abort();
	}
}

/** The tries that failed before the last one, as instances of their own. */
function earlierTries(tasks: readonly TaskInstance[]): TaskInstance[] {
	return tasks.flatMap(task =>
		earlierTryNumbers(task).map(tryNumber => ({ ...task, tryNumber, state: 'failed', endedAt: null })),
	);
}
