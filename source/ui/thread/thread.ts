import { type GatheredTask, gatherTask } from '../../app/gather-task.ts';
import { versionsWithRuns } from '../../clients/mlflow/versions-with-runs.ts';
import { isFinishedTask } from '../../model/airflow/pipeline.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { mlflowOf } from '../../operations/models/mlflow.ts';
import { momentToSecond } from '../../presentation/format.ts';
import type { TaskPageFacts } from '../../presentation/task-page/page-parts.ts';
import { taskLines } from '../../presentation/task-page/task-page.ts';
import { taskPageFacts } from '../../presentation/task-page/task-page-facts.ts';
import { tasksOfRun } from '../../selectors/dag-runs/run-history.ts';
import { containerOf, isTagged, type NamedTask, type Tagged, taskInTags } from '../../selectors/links/task-links.ts';
import { versionOrigin } from '../../selectors/models/model-history.ts';
import type { StepContext } from '../actions/action.ts';
import { asked, noAirflowAddress } from '../actions/pages.ts';
import { selectTaskFirst } from '../actions/select-task-first.ts';
import { cannot, changed } from '../actions/step.ts';
import { targetInstance, targetLogTask, targetStage } from '../actions/targets.ts';
import type { Effect, Page, PageLead, ViewState } from '../conversation.ts';
import { versionRowId } from '../lists/model-versions/model-version-rows.ts';
import { withList } from '../lists/opened.ts';
import { comparisonStop, rivalOf } from './compare-versions.ts';
import { mlflowRunText } from './mlflow-run-page.ts';
import { atContainer, atLog, atTask, withInstances } from './task-places.ts';
import { backOn, goTo, type Stop, type Trail, taskOn } from './trail.ts';
import { versionText } from './version-page.ts';
import { chooseXcom } from './xcom.ts';

/**
 * The thread: task instance, log, container, MLflow run and model version are one key apart. Digits are those of the
 * panes: `1` the container among the services, `2` the task of the pipeline, `4` the MLflow run; `l` is the log and `v`
 * the model version.
 */

/** Between two looks at a task or MLflow run that has not ended, ms: a few requests each. */
const againMs = 5000;

/** The page of the selected task or instance, in the logs of the one whose log is shown. */
export function selectedTaskPage(context: StepContext): Effect {
	const task = targetLogTask(context) ?? targetInstance(context) ?? targetStage(context)?.shown;
	return task ? taskPage(context, task) : cannot(selectTaskFirst(context));
}

/** Everything about a task instance, refreshed until it has ended. */
export const taskPage = (context: StepContext, task: NamedTask): Effect => taskStop(context, task).open([]);

/** Everything about an MLflow run, refreshed until it has ended. */
export const mlflowRunPage = (context: StepContext, run: MlflowRun): Effect => runStop(context, run).open([]);

/** Everything about a model version. */
export const versionPage = (context: StepContext, version: ModelVersion): Effect =>
	versionStop(context, version).open([]);

/** The page of a task instance, from wherever it is opened. */
export const taskStop = (context: StepContext, task: NamedTask): Stop => ({
	id: `task ${runKey(task.dagId, task.dagRunId)} ${taskName(task)}`,
	task,
	open: trail => {
		if (!context.clients.airflow) return cannot(context.say(noAirflowAddress));
		return asked(() => taskPageOf(context, task, trail, undefined));
	},
});

const runStop = (context: StepContext, run: MlflowRun): Stop => ({
	id: `MLflow run ${run.runId}`,
	open: trail => ({ kind: 'page', page: runPageOf(context, run, trail) }),
});

const versionStop = (context: StepContext, version: ModelVersion): Stop => ({
	id: `model version ${versionRowId(version)}`,
	open: trail => asked(() => versionPageOf(context, version, trail)),
});

async function taskPageOf(
	context: StepContext,
	named: NamedTask,
	trail: Trail,
	before: GatheredTask | undefined,
): Promise<Page> {
	const { clients, signal, clock, language, say, glyphs, ownProject } = context;
	const gathered = await gatherTask(clients, context.current(), named, signal, before);
	const { task } = gathered;
	const now = clock.now();
	const page = taskPageFacts(context.current(), { ...gathered, project: ownProject }, now);
	return {
		title: say(['Task {task}', '작업 {task}'], { task: taskName(task) }),
		lines: taskLines(page, { now, glyphs, language, say, at: ms => momentToSecond(ms, now) }),
		note: say(['y copies it', 'y 복사']),
		leads: taskLeads(context, page, { instances: gathered.instances, named, trail }),
		back: backOn(trail),
		again: isFinishedTask(task)
			? undefined
			: { everyMs: againMs, ask: () => taskPageOf(context, named, trail, gathered) },
	};
}

function taskLeads(
	context: StepContext,
	{ task, container, mlflowRun, modelVersion, facts }: TaskPageFacts,
	{ instances, named, trail }: { readonly instances: number; readonly named: NamedTask; readonly trail: Trail },
): PageLead[] {
	const { say, actions } = context;
	const stop = taskStop(context, named);
	const here = [...trail, stop];
	const keys = facts.xcoms.value?.map(({ key }) => key) ?? [];
	const onTask = (id: string, key: string): PageLead[] => {
		const action = actions.find(one => one.id === id);
		if (!action) return [];
		const next = () => context.beginWith(action, view => atTask(context, view, task));
		return [{ key, label: say(action.label), next }];
	};
	return [
		...(task.tryNumber > 0 ? [toLog(context, task)] : []),
		...(container ? [toContainer(context, container.item.name)] : []),
		...(mlflowRun ? [toRun(context, mlflowRun.item, here)] : []),
		...(modelVersion ? [toVersion(context, modelVersion.item, here)] : []),
		...(keys.length > 0
			? [{ key: 'x', label: 'XCom', next: () => chooseXcom(context, task, keys, () => stop.open(trail)) }]
			: []),
		...(instances > 1
			? [
					{
						key: 'I',
						label: say(['instances', '인스턴스']),
						next: () => changed(view => withInstances(atTask(context, view, task))),
					},
				]
			: []),
		...onTask('clear', 'c'),
		...onTask('mark-as', 'm'),
	];
}

function runPageOf(context: StepContext, run: MlflowRun, trail: Trail): Page {
	const { clients, signal, say, clock, glyphs } = context;
	const here = [...trail, runStop(context, run)];
	const maker = makerOf([run], taskInTags(run), trail);
	const version = versionOf(context.current(), run, maker?.task ?? null);
	const { mlflow } = clients;
	const again = async () => runPageOf(context, (await mlflow?.run(run.runId, signal)) ?? run, trail);
	return {
		...mlflowRunText(run, maker, { say, glyphs, now: clock.now() }),
		leads: [...toMaker(context, maker?.task ?? null, here), ...(version ? [toVersion(context, version, here)] : [])],
		back: backOn(trail),
		again: run.endedAt === null && mlflow ? { everyMs: againMs, ask: again } : undefined,
	};
}

/** The version that was made of the run, else the one that its task registered from another run. */
function versionOf({ modelVersions }: StackState, run: MlflowRun, maker: NamedTask | null): ModelVersion | undefined {
	const made = modelVersions?.find(({ runId }) => runId === run.runId);
	return made ?? (maker ? modelVersions?.find(version => isTagged(version, maker)) : undefined);
}

async function versionPageOf(context: StepContext, version: ModelVersion, trail: Trail): Promise<Page> {
	const { clients, signal, say, glyphs, clock, actions } = context;
	const { mlflowRuns, versionRuns } = context.current();
	const known = [...(mlflowRuns ?? []), ...versionRuns];
	const { name, version: number } = version;
	const found = await versionsWithRuns(mlflowOf(clients), { model: name, version: number }, known, signal);
	const here = [...trail, versionStop(context, version)];
	const fresh = found.versions.find(one => one.version === number) ?? version;
	const run = found.runs.find(({ runId }) => runId === fresh.runId);
	const maker = makerOf(run ? [fresh, run] : [fresh], versionOrigin(fresh, found.runs)?.task ?? null, trail);
	const edit = actions.find(({ id }) => id === 'edit-version');
	const rival = rivalOf(fresh, found.versions);
	return {
		...versionText(
			{ say, glyphs, now: clock.now() },
			{ name, number, found, task: maker?.task ?? null, isGuess: maker?.isGuess ?? false },
		),
		leads: [
			...toMaker(context, maker?.task ?? null, here),
			...(run ? [toRun(context, run, here)] : []),
			...(rival
				? [
						{
							key: ',',
							label: say(['compare', '비교']),
							next: () => goTo(comparisonStop(context, [fresh, rival]), here),
						},
					]
				: []),
			...(edit
				? [
						{
							key: 'm',
							label: say(edit.label),
							next: () => context.beginWith(edit, view => atVersion(view, version)),
						},
					]
				: []),
		],
		back: backOn(trail),
	};
}

/** The version selected in the list of versions. */
function atVersion(view: ViewState, version: ModelVersion): ViewState {
	const list = view.browse?.kind === 'model-versions' ? view : withList(view, 'model-versions');
	return list.browse ? { ...list, browse: { ...list.browse, selected: versionRowId(version) } } : list;
}

/** The task that tags name, else that of the page from which one came: what led from there here may be a guess. */
function makerOf(
	tagged: readonly Tagged[],
	named: NamedTask | null,
	trail: Trail,
): { readonly task: NamedTask; readonly isGuess: boolean } | null {
	if (named) return { task: named, isGuess: false };
	const task = taskOn(trail);
	return task && { task, isGuess: !tagged.some(one => isTagged(one, task)) };
}

/** The keys to the task that made something, to its log and to its container. */
function toMaker(context: StepContext, task: NamedTask | null, here: Trail): PageLead[] {
	if (!task) return [];
	const { say, current } = context;
	const known = tasksOfRun(current(), task.dagId, task.dagRunId)?.find(
		one => one.taskId === task.taskId && one.mapIndex === task.mapIndex,
	);
	const container = known ? containerOf(current(), known.hostname) : null;
	return [
		{ key: '2', label: say(['task', '작업']), next: () => goTo(taskStop(context, task), here) },
		toLog(context, task),
		...(container ? [toContainer(context, container.item.name)] : []),
	];
}

const toLog = (context: StepContext, task: NamedTask): PageLead => ({
	key: 'l',
	label: context.say(['log', '로그']),
	next: () => changed(view => atLog(context, view, task)),
});

const toContainer = (context: StepContext, name: string): PageLead => ({
	key: '1',
	label: context.say(['container', '컨테이너']),
	next: () => changed(view => atContainer(context, view, name)),
});

const toRun = (context: StepContext, run: MlflowRun, here: Trail): PageLead => ({
	key: '4',
	label: context.say(['MLflow run', 'MLflow 실행']),
	next: () => goTo(runStop(context, run), here),
});

const toVersion = (context: StepContext, version: ModelVersion, here: Trail): PageLead => ({
	key: 'v',
	label: context.say(['model version', '모델 버전']),
	next: () => goTo(versionStop(context, version), here),
});
