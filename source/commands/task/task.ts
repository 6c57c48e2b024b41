import { type GatheredTask, gatherTask } from '../../app/gather-task.ts';
import type { Monitor } from '../../app/monitor.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandFound, demandLive } from '../../command-line/exit/failures.ts';
import { runPart, taskPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { detailPart } from '../../command-line/facts/task.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { askedRun } from '../../command-line/names/asked-run.ts';
import type { Style } from '../../command-line/output/style.ts';
import { heading, when } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { StackState } from '../../model/state.ts';
import { momentToSecond } from '../../presentation/format.ts';
import type { FactLine, TaskPageFacts } from '../../presentation/task-page/page-parts.ts';
import { taskLines } from '../../presentation/task-page/task-page.ts';
import { taskPageFacts } from '../../presentation/task-page/task-page-facts.ts';
import type { Line } from '../../presentation/text.ts';
import { type ValueText, valueText } from '../../presentation/value-text.ts';
import { shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { tasksNamed } from '../../selectors/names/tasks.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { askWhyTasksWait, runLines, tasksTable } from '../tasks/tasks.ts';

/** A value on a terminal: more belongs into a file, see `--json`. */
const xcomLimits = { lines: 2000, characters: 65_536 };

type Xcom = { readonly key: string; readonly value: ValueText };

/** `laketop task` */
export function run(context: CommandContext): Promise<number> {
	const { given, config } = context;
	const [word = '', ...dag] = given.words;
	const key = given.text('xcom');
	const asked = askedRun(context, dag);
	const project = (state: StackState) => ownProject(state, config.discovery.project);
	let gathered: GatheredTask | null = null;
	let xcom: Xcom | null = null;
	let page: TaskPageFacts | null = null;
	return show<Document<'task'>>(asked.context, {
		watch: ['pipeline', 'dags', 'containers', 'experiment', 'models'],
		// All but the pipeline may fail: the page is then shorter.
		requires: ['pipeline', 'dags', 'containers', 'experiment', 'models'],
		interest: asked.interest,
		ask: async (monitor, signal) => {
			await asked.demand(monitor, signal);
			await askWhyTasksWait(monitor, project(monitor.store.current()), signal);
			[gathered, xcom] = await askTask(monitor, asked.dagOf(monitor.store.current()), signal);
		},
		document: (state, now) => {
			const dagId = asked.dagOf(state);
			const named = namedIn(state, dagId, asked.dagRunId, word);
			const { run: shown } = shownPipeline(state, dagId, asked.dagRunId);
			const language = given.is('json') ? 'en' : config.language;
			page = gathered && taskPageFacts(state, { ...gathered, project: project(state) }, now);
			const shownPage = page;
			const tasks = shownPage ? [shownPage.task] : named;
			return {
				schema: 'laketop/task/1',
				at: rfc3339(now),
				dag_id: dagId,
				run: shown ? runPart(shown, now) : null,
				tasks: tasks.map(task =>
					taskPart(
						task,
						state,
						now,
						language,
						shownPage?.waiter?.wait ?? null,
						shownPage?.facts.tries.value ?? undefined,
					),
				),
				detail: shownPage ? detailPart(shownPage, xcom, now, language) : null,
			};
		},
		blocks: (document, style) => [
			...runLines(document.dag_id, document.run, document.at, style),
			...(page ? [pageLines(page, document, style), xcomLines(xcom, style)] : [tasksTable(document, style)]),
		],
		exitCode: ({ tasks }) => (tasks.some(({ state }) => state === 'failed' || state === 'upstream_failed') ? 1 : 0),
	});

	/** The instance that is meant, if it is one, and the value of its XCom. */
	async function askTask(
		{ store, clients }: Monitor,
		dagId: string,
		signal: AbortSignal,
	): Promise<[GatheredTask | null, Xcom | null]> {
		const [only, other] = namedIn(store.current(), dagId, asked.dagRunId, word);
		if (!only || other) return [null, null];
		const all = await gatherTask(clients, store.current(), only, signal, gathered ?? undefined);
		if (key === undefined || !clients.airflow) return [all, null];
		const value = await (await clients.airflow.taskRequests(signal)).xcomValue(only, key, signal);
		return [all, { key, value: valueText(key, value, xcomLimits) }];
	}
}

function namedIn(state: StackState, dagId: string, dagRunId: string | null, word: string): readonly TaskInstance[] {
	demandLive(state, 'pipeline');
	const { stages } = shownPipeline(state, dagId, dagRunId);
	return demandFound(
		tasksNamed(
			word,
			stages.flatMap(({ instances }) => instances),
		),
	);
}

const lineOf = ({ text, tone, bold }: FactLine): Line => [{ text, tone, ...(bold === undefined ? {} : { bold }) }];

function pageLines(page: TaskPageFacts, { at }: Document<'task'>, style: Style): Line[] {
	const { language, say, glyphs, isTerminal } = style;
	const now = Date.parse(at);
	const lines = taskLines(page, {
		...{ now, language, say, glyphs: isTerminal ? glyphs : null },
		at: ms => (isTerminal ? momentToSecond(ms, now) : when(rfc3339(ms), at, style)),
	});
	return [heading(taskName(page.task)), ...lines.map(lineOf)];
}

function xcomLines(xcom: Xcom | null, { say }: Style): Line[] {
	if (xcom === null) return [];
	const { lines, isCut } = xcom.value;
	return [
		heading(say(['XCom {key}', 'XCom {key}'], { key: xcom.key })),
		...lines.map((text): Line => [{ text }]),
		...(isCut ? [[{ text: say(['cut', '이하 생략']), tone: 'muted' as const }]] : []),
	];
}
