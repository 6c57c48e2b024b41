import { taskInTags } from '../../../selectors/links/task-links.ts';
import type { Text } from '../../../words/language.ts';
import type { Action, ActionContext, StepContext } from '../../actions/action.ts';
import { cannot, later } from '../../actions/step.ts';
import { targetMlflowRun, targetMlflowRuns } from '../../actions/targets.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { readLog } from '../../panes/logs/log-places.ts';
import { nextState } from '../opened.ts';
import { mlflowRunTree, mlflowStatuses, tagOf } from './mlflow-run-rows.ts';

function openRun(context: StepContext): Effect {
	const run = targetMlflowRun(context);
	if (!run) return cannot(context.say(noRun));
	return later(import('../../thread/thread.ts').then(({ mlflowRunPage }) => mlflowRunPage(context, run)));
}

function openArtifacts(context: StepContext): Effect {
	const run = targetMlflowRun(context);
	if (!run) return cannot(context.say(noRun));
	return later(import('./artifacts-menu.ts').then(({ artifactsMenu }) => artifactsMenu(context, run)));
}

const noRun: Text = ['No MLflow run selected', '선택한 MLflow 실행이 없습니다'];

function chartRuns(context: StepContext): Effect {
	const runs = targetMlflowRuns(context);
	if (runs.length === 0) return cannot(context.say(noRun));
	return later(import('../../actions/open-chart.ts').then(({ openChart }) => openChart(context, runs)));
}

function compareMarked(context: StepContext): Effect {
	const runs = targetMlflowRuns(context);
	if (runs.length < 2)
		return cannot(context.say(['Mark two or more MLflow runs first', '먼저 MLflow 실행을 둘 이상 선택 표시하세요']));
	return later(
		import('../../actions/compare-page.ts').then(({ comparePage }) => ({
			kind: 'page',
			page: comparePage(runs, context),
		})),
	);
}

/** Right: shows the nested runs, or moves to the first of them. */
function unfolded(context: ActionContext): ViewState {
	const { view, state } = context;
	const run = targetMlflowRun(context);
	if (!run?.nested || !view.browse) return view;
	if (run.isFolded) return { ...view, foldedRuns: view.foldedRuns.filter(id => id !== run.runId) };
	const rows = mlflowRunTree(state, view, view.browse);
	const child = rows[rows.findIndex(({ runId }) => runId === run.runId) + 1];
	return child ? { ...view, browse: { ...view.browse, selected: child.runId } } : view;
}

/** Left: hides the nested runs, or moves to the run in which this one is nested. */
function folded(context: ActionContext): ViewState {
	const { view, state } = context;
	const run = targetMlflowRun(context);
	if (!run || !view.browse) return view;
	if (run.nested && !run.isFolded) return { ...view, foldedRuns: [...view.foldedRuns, run.runId] };
	const rows = mlflowRunTree(state, view, view.browse);
	const above = rows.slice(0, rows.indexOf(run)).findLast(({ depth = 0 }) => depth < (run.depth ?? 0));
	return above ? { ...view, browse: { ...view.browse, selected: above.runId } } : view;
}

function foldedAll({ state, view }: ActionContext): ViewState {
	if (!view.browse) return view;
	const parents = mlflowRunTree(state, { ...view, foldedRuns: [] }, view.browse).filter(({ nested = 0 }) => nested > 0);
	if (parents.length === 0) return view;
	const isOpen = parents.some(({ runId }) => !view.foldedRuns.includes(runId));
	return { ...view, foldedRuns: isOpen ? parents.map(({ runId }) => runId) : [] };
}

/** The tags of the run name the task. */
function logOfRun(context: ActionContext): ViewState {
	const { view } = context;
	const run = targetMlflowRun(context);
	const task = run && taskInTags(run);
	if (!run || !task)
		return {
			...view,
			hint: context.say([
				'No tag of this MLflow run names the task that logged it',
				'이 MLflow 실행을 기록한 작업을 나타내는 태그가 없습니다',
			]),
		};
	const tryNumber = Number(tagOf(run, 'try_number'));
	const isKnown = Number.isInteger(tryNumber) && tryNumber > 0;
	const request = {
		...task,
		tryNumber: isKnown ? tryNumber : null,
		follow: isKnown ? ('try' as const) : ('task' as const),
	};
	return readLog({ ...view, dagId: task.dagId, dagRunId: task.dagRunId, taskId: null }, { kind: 'task', request });
}

export const mlflowRunActions: readonly Action[] = [
	{
		id: 'open-mlflow-run',
		kind: 'look',
		verb: 'open',
		keys: ['enter'],
		label: ['open', '열기'],
		help: ['Show params, metrics and tags of the MLflow run', 'MLflow 실행의 파라미터, 메트릭, 태그 보기'],
		group: 'look',
		places: ['mlflow-runs'],
		inKeyBar: true,
		begin: openRun,
	},
	{
		id: 'chart-mlflow-runs',
		kind: 'look',
		verb: 'chart',
		keys: ['.'],
		label: ['chart', '차트'],
		help: [
			'Draw the metrics of the selected or marked MLflow runs over their steps, time, or over MLflow runs',
			'선택하거나 선택 표시한 MLflow 실행의 메트릭을 step, 시각 또는 MLflow 실행에 따라 차트로 그리기',
		],
		group: 'look',
		places: ['mlflow-runs'],
		inKeyBar: true,
		begin: chartRuns,
	},
	{
		id: 'compare-mlflow-runs',
		kind: 'look',
		verb: 'compare',
		keys: [','],
		label: ['compare', '비교'],
		help: [
			'Compare the marked MLflow runs: metrics side by side, params that differ',
			'선택 표시한 MLflow 실행 비교: 나란히 놓은 메트릭, 다른 파라미터',
		],
		group: 'look',
		places: ['mlflow-runs'],
		forMarks: 'mlflow-run',
		begin: compareMarked,
	},
	{
		id: 'mlflow-run-log',
		kind: 'view',
		verb: 'logs',
		keys: ['l'],
		label: ['log', '로그'],
		help: ['Show the log of the task that logged the MLflow run', 'MLflow 실행을 기록한 작업의 로그 보기'],
		group: 'look',
		places: ['mlflow-runs'],
		inKeyBar: true,
		apply: logOfRun,
	},
	{
		id: 'unfold-run',
		kind: 'view',
		verb: 'right',
		keys: ['right'],
		label: ['unfold', '펼치기'],
		help: ['Show the nested MLflow runs', '하위 MLflow 실행 펼치기'],
		group: 'move',
		places: ['mlflow-runs'],
		apply: unfolded,
	},
	{
		id: 'fold-run',
		kind: 'view',
		verb: 'left',
		keys: ['left'],
		label: ['fold', '접기'],
		help: ['Hide the nested MLflow runs', '하위 MLflow 실행 접기'],
		group: 'move',
		places: ['mlflow-runs'],
		apply: folded,
	},
	{
		id: 'fold-runs',
		kind: 'view',
		verb: 'fold all',
		keys: ['O'],
		label: ['fold all', '모두 접기'],
		help: ['Fold or unfold all nested MLflow runs', '모든 하위 MLflow 실행 접기 또는 펼치기'],
		group: 'look',
		places: ['mlflow-runs'],
		apply: foldedAll,
	},
	{
		id: 'artifacts',
		kind: 'look',
		verb: 'artifacts',
		keys: ['%'],
		label: ['artifacts', '아티팩트'],
		help: [
			'Browse the artifacts of the MLflow run: show text, JSON and images, save any file',
			'MLflow 실행의 아티팩트 탐색: 텍스트, JSON, 이미지 보기, 파일 저장',
		],
		words: ['files model download', '파일 모델 다운로드'],
		group: 'look',
		places: ['mlflow-runs'],
		inKeyBar: true,
		begin: openArtifacts,
	},
	{
		id: 'mlflow-filter',
		kind: 'look',
		verb: 'query',
		keys: ['Q'],
		label: ['query', '쿼리'],
		help: [
			"Filter in MLflow's language, on the server: metrics.accuracy > 0.9 and params.layer = 'gold'",
			"MLflow 언어로 서버에서 필터: metrics.accuracy > 0.9 and params.layer = 'gold'",
		],
		group: 'look',
		places: ['mlflow-runs'],
		inKeyBar: true,
		begin: context => later(import('./filter-prompt.ts').then(({ filterPrompt }) => filterPrompt(context))),
	},
	{
		id: 'mlflow-columns',
		kind: 'look',
		verb: 'columns',
		keys: ['_'],
		label: ['columns', '열'],
		help: [
			'Choose the columns of the experiment: metrics, params, tags; they are kept for the next start',
			'실험의 열 선택: 메트릭, 파라미터, 태그. 다음 실행에도 유지됨',
		],
		words: ['metric param tag table', '메트릭 파라미터 태그 표'],
		group: 'look',
		places: ['mlflow-runs'],
		begin: context => later(import('./column-menu.ts').then(({ columnMenu }) => columnMenu(context))),
	},
	{
		id: 'mlflow-run-status',
		kind: 'view',
		verb: 'show only',
		keys: ['&'],
		label: ['status', '상태'],
		help: [
			'Show MLflow runs of one status only: failed, killed, running, scheduled, finished, all',
			'한 상태의 MLflow 실행만 보기: 실패, 강제 종료됨, 실행 중, 예약됨, 완료, 전체',
		],
		group: 'look',
		places: ['mlflow-runs'],
		inKeyBar: true,
		apply: nextState(mlflowStatuses),
	},
];
