import type { MlflowRun, ModelVersion } from '../../../model/experiment.ts';
import { modelVersionStatusText } from '../../../model/mlflow-status.ts';
import type { TaskInstance } from '../../../model/pipeline.ts';
import { maskParam } from '../../../model/secrets.ts';
import { taskName } from '../../../model/task-name.ts';
import { momentToSecond } from '../../../presentation/format.ts';
import type { TaskPageFacts } from '../../../presentation/task-page.ts';
import { valueText } from '../../../presentation/value-text.ts';
import { knownRuns } from '../../../selectors/run-history.ts';
import { unitsOf } from '../../../selectors/service-units.ts';
import { render } from '../../../words/message.ts';
import type { StepContext } from '../../actions/action.ts';
import { asked, facts as factRows, heading, noAirflowAddress } from '../../actions/pages.ts';
import { cannot, changed } from '../../actions/step.ts';
import type { Effect, Page, PageLead, PageLine, ViewState } from '../../conversation.ts';
import { mlflowRunPage } from '../../lists/mlflow-runs/mlflow-run-actions.ts';
import { withList } from '../../lists/opened.ts';
import { readLog } from '../logs/log-places.ts';
import { withService } from '../services/service-rows.ts';

/**
 * The keys of a task's page. Digits are those of the panes: 1 the container in the services pane, 2 the task in the
 * pipeline, 3 and `l` its log, 4 its MLflow run.
 */
export function taskLeads(
	context: StepContext,
	page: TaskPageFacts,
	{ instances, back }: { readonly instances: number; readonly back: () => Effect },
): PageLead[] {
	const { say, actions } = context;
	const { task, container, mlflowRun, modelVersion, facts } = page;
	const keys = facts.xcoms.value?.map(({ key }) => key) ?? [];
	const lead = (key: string, label: string, next: () => Effect): PageLead => ({ key, label, next });
	const onTask = (id: string, key: string): PageLead[] => {
		const action = actions.find(one => one.id === id);
		return action
			? [lead(key, say(action.label), () => context.beginWith(action, view => atTask(context, view, task)))]
			: [];
	};
	return [
		...(task.tryNumber > 0
			? [lead('l', say(['log', '로그']), () => changed(view => logOf(atTask(context, view, task), task)))]
			: []),
		...(container
			? [
					lead('1', say(['container', '컨테이너']), () =>
						changed(view => atContainer(context, view, container.item.name)),
					),
				]
			: []),
		...(mlflowRun
			? [lead('4', say(['MLflow run', 'MLflow 실행']), () => runEffect(context, mlflowRun.item, { task, back }))]
			: []),
		...(modelVersion
			? [
					lead('v', say(['model version', '모델 버전']), () => ({
						kind: 'page',
						page: versionPage(context, modelVersion.item, { task, back }),
					})),
				]
			: []),
		...(keys.length > 0 ? [lead('x', 'XCom', () => chooseXcom(context, task, keys, back))] : []),
		...(instances > 1
			? [lead('I', say(['instances', '인스턴스']), () => changed(view => withInstances(atTask(context, view, task))))]
			: []),
		...onTask('clear', 'c'),
		...onTask('mark-as', 'm'),
	];
}

/** The list of the instances of the selected task. */
export const withInstances = (view: ViewState): ViewState => ({
	...withList(view, 'task-instances'),
	// Back to the same view of the pipeline.
	zoomed: view.zoomed,
	...(view.browse?.kind === 'task-instances' ? { browse: view.browse } : {}),
});

/** The task selected in the pipeline, or in the list of its instances where that is open. */
export function atTask({ current }: StepContext, view: ViewState, task: TaskInstance): ViewState {
	const { dagId, dagRunId, taskId, mapIndex } = task;
	const name = mapIndex < 0 ? null : taskName(task);
	const isHere = view.dagId === dagId && view.taskId === taskId;
	if (isHere && view.browse?.kind === 'task-instances')
		return { ...view, marks: [], browse: { ...view.browse, selected: name } };
	// The newest run is followed.
	const isNewest = knownRuns(current(), dagId)[0]?.dagRunId === dagRunId;
	const run = isNewest && view.dagId === dagId && view.dagRunId === null ? null : dagRunId;
	const graph = { ...view.graph, group: null };
	return { ...view, focus: 'pipeline', browse: null, dagId, dagRunId: run, taskId, instance: name, marks: [], graph };
}

function logOf(view: ViewState, { dagId, dagRunId, taskId, mapIndex }: TaskInstance): ViewState {
	const request = { dagId, dagRunId, taskId, mapIndex, tryNumber: null, follow: 'task' as const };
	return readLog(view, { kind: 'task', request });
}

/** The container selected among the services; the replicas of its service are unfolded. */
function atContainer({ current }: StepContext, view: ViewState, name: string): ViewState {
	const all = unitsOf(Object.values(current().containers));
	const unit = all.find(({ replicas }) => replicas.some(({ container }) => container.name === name));
	const there = { ...withService(view, name), zoomed: false, marks: [] };
	if (!unit || unit.id === name) return there;
	return { ...there, services: { ...there.services, unfolded: [...there.services.unfolded, unit.id] } };
}

type From = { readonly task: TaskInstance; readonly back: () => Effect };

/** The key that leads back to the task from what belongs to it. */
const toTask = ({ say }: StepContext, { back }: From): PageLead => ({
	key: '2',
	label: say(['task', '작업']),
	next: back,
});

function runEffect(context: StepContext, run: MlflowRun, from: From): Effect {
	const version = context.current().modelVersions?.find(({ runId }) => runId === run.runId);
	const page = mlflowRunPage(run, context);
	const leads: PageLead[] = [
		toTask(context, from),
		{
			key: 'l',
			label: context.say(['log', '로그']),
			next: () => changed(view => logOf(atTask(context, view, from.task), from.task)),
		},
		...(version
			? [
					{
						key: 'v',
						label: context.say(['model version', '모델 버전']),
						next: (): Effect => ({ kind: 'page', page: versionPage(context, version, from) }),
					},
				]
			: []),
	];
	return { kind: 'page', page: { ...page, leads, back: from.back } };
}

/** A model version with the keys back to what made it. */
function versionPage(context: StepContext, version: ModelVersion, from: From): Page {
	const { say, now, language } = context;
	const { name, stage, aliases, status, createdAt, runId, tags = [] } = version;
	const run = context.current().mlflowRuns?.find(one => one.runId === runId);
	const rows: (readonly [string, string])[] = [
		[say(['Status', '상태']), render({ key: '', text: modelVersionStatusText(status), params: {} }, language)],
		[say(['Aliases', '별칭']), aliases.join(', ')],
		[say(['Stage', '단계']), stage === 'None' ? '' : stage],
		[say(['Created', '생성']), momentToSecond(createdAt, now)],
		[say(['MLflow run', 'MLflow 실행']), run?.runName ?? runId ?? ''],
	];
	const tagRows = tags.map(({ key, value }) => [key, maskParam(key, value)] as const);
	return {
		title: say(['Model version {name} {version}', '모델 버전 {name} {version}'], { name, version: version.version }),
		lines: [
			...factRows(rows.filter(([, text]) => text !== '')),
			...(tagRows.length === 0 ? [] : [...heading(say(['Tags', '태그'])), ...factRows(tagRows)]),
		],
		leads: [
			toTask(context, from),
			...(run
				? [{ key: '4', label: say(['MLflow run', 'MLflow 실행']), next: () => runEffect(context, run, from) }]
				: []),
		],
		back: from.back,
	};
}

/** A value on a page: most are shorter, and a longer one is a table or a model that belongs elsewhere. */
const xcomLimits = { lines: 2000, characters: 65_536 };

function chooseXcom(context: StepContext, task: TaskInstance, keys: readonly string[], back: () => Effect): Effect {
	const [only] = keys;
	if (only !== undefined && keys.length === 1) return xcomPage(context, task, only, back);
	return {
		kind: 'choose',
		question: {
			title: context.say(['XCom of {task}', '{task}의 XCom'], { task: taskName(task) }),
			filters: true,
			choices: keys.map(key => ({ id: key, label: key, hint: '' })),
			next: key => xcomPage(context, task, key, back),
		},
	};
}

function xcomPage(context: StepContext, task: TaskInstance, key: string, back: () => Effect): Effect {
	const { clients, signal, say } = context;
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress));
	return asked(async () => {
		const value = await (await airflow.taskRequests(signal)).xcomValue(task, key, signal);
		const { lines, isCut } = valueText(key, value, xcomLimits);
		const cut: PageLine[] = isCut ? [{ text: say(['cut', '이하 생략']), tone: 'muted' }] : [];
		return {
			title: say(['{task}: XCom {key}', '{task}: XCom {key}'], { task: taskName(task), key }),
			lines: [...lines.map((text): PageLine => ({ text })), ...cut],
			copies: lines.join('\n'),
			copiesWhat: ['value', '값'],
			note: say(['y copies the value', 'y 값 복사']),
			back,
		};
	});
}
