import { isActiveRun, newestRun } from '../../../model/airflow/pipeline.ts';
import { dagRunStateLook } from '../../../model/airflow/task-state.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { lists } from '../../lists/lists.ts';
import { withList } from '../../lists/opened.ts';
import { following } from '../../panes/logs/logs-state.ts';
import { paneIds, panes } from '../../panes/panes.ts';
import { shownAs } from '../../panes/pipeline/pipeline-actions.ts';
import type { Place } from '../../place.ts';
import { placeAt } from '../../places.ts';
import type { Action, ActionContext, StepContext } from '../action.ts';
import { chooseExperiment } from '../experiments.ts';
import { addressOf, copyables } from '../here.ts';
import { jumpToDate } from '../jump.ts';
import { openAddress } from '../open-page.ts';
import { auditPage, trialPage } from '../pages.ts';
import { cannot, changed, later } from '../step.ts';

export function viewAt(view: ViewState, place: Place): ViewState {
	const list = lists.find(({ id }) => id === place);
	if (list) return withList(view, list.id);
	const pane = panes.find(({ id }) => id === place);
	return pane ? { ...view, focus: pane.id, browse: null } : view;
}

function back(context: ActionContext): ViewState {
	const { view } = context;
	if (view.browse) {
		if (view.browse.filter || view.browse.state !== null)
			return { ...view, browse: { ...view.browse, filter: '', state: null } };
		if (view.marks.length > 0) return { ...view, marks: [] };
		return { ...view, browse: view.browse.back, hint: '', marks: [] };
	}
	if (view.marks.length > 0) return { ...view, marks: [] };
	const before = placeAt(view).back?.(context) ?? null;
	if (before !== null) return before;
	return { ...view, zoomed: false, hint: '' };
}

function chooseDag({ state, view, say }: StepContext): Effect {
	if (!state.dags)
		return cannot(say(['No DAG list from Airflow yet', '아직 Airflow에서 DAG 목록을 받지 못했습니다']), 'unreachable');
	const choices = state.dags
		.filter(dag => dag.isActive)
		.map(dag => {
			const newest = newestRun(state.dagRuns[dag.dagId]);
			const facts = [
				dag.isPaused ? say(['paused', '일시 중지됨']) : (dag.schedule ?? say(['no schedule', '스케줄 없음'])),
				newest
					? say(isActiveRun(newest) ? ['{state}', '{state}'] : ['last run {state}', '최근 실행 {state}'], {
							state: say(dagRunStateLook(newest.state).word),
						})
					: '',
			];
			return { id: dag.dagId, label: dag.dagId, hint: facts.filter(Boolean).join(', ') };
		});
	if (choices.length === 0) return cannot(say(['Airflow has no DAGs', 'Airflow에 DAG가 없습니다']));
	return {
		kind: 'choose',
		question: { title: say(['Show DAG', '표시할 DAG']), filters: true, selected: view.dagId, choices, next: showDag },
	};
}

export function showDag(dagId: string): Effect {
	return changed(view => ({
		...view,
		dagId,
		dagRunId: null,
		taskId: null,
		marks: [],
		browse: null,
		focus: 'pipeline',
	}));
}

export const lookActions: readonly Action[] = [
	{
		id: 'jump',
		kind: 'look',
		verb: 'go to time',
		keys: ['@'],
		label: ['jump', '이동'],
		help: ['Go to a DAG run by its date or ID', '날짜나 ID로 DAG 실행으로 이동'],
		group: 'look',
		places: ['pipeline', 'runs'],
		begin: jumpToDate,
	},
	{
		id: 'source',
		kind: 'look',
		verb: 'source',
		keys: ['v'],
		label: ['source', '소스'],
		help: ['Show the source file of the DAG as Airflow has it', 'Airflow에 있는 DAG 소스 파일 보기'],
		group: 'look',
		places: ['pipeline', 'dags', 'runs'],
		begin: context => later(import('../source-page.ts').then(({ sourcePage }) => sourcePage(context))),
	},
	{
		id: 'try-file',
		kind: 'look',
		verb: 'run inside',
		keys: ['x'],
		label: ['try file', '임포트 점검'],
		help: [
			"Run the DAG file with the scheduler's Python to check that it imports",
			'스케줄러의 Python으로 DAG 파일을 실행해 임포트되는지 점검',
		],
		group: 'look',
		needsEngine: true,
		places: ['pipeline', 'dags', 'runs'],
		begin: trialPage,
	},
	{
		id: 'choose-dag',
		kind: 'look',
		verb: 'choose',
		keys: ['d'],
		label: ['DAG', 'DAG'],
		help: ['Choose the DAG to show', '표시할 DAG 선택'],
		group: 'look',
		inKeyBar: true,
		begin: chooseDag,
	},
	{
		id: 'choose-experiment',
		kind: 'look',
		verb: 'choose',
		keys: ['d'],
		label: ['experiment', '실험'],
		help: ['Choose the MLflow experiment to show', '표시할 MLflow 실험 선택'],
		group: 'look',
		places: ['mlflow', 'mlflow-runs'],
		inKeyBar: true,
		begin: chooseExperiment,
	},
	{
		id: 'disk',
		kind: 'look',
		verb: 'disk usage',
		keys: ['U'],
		label: ['disk', '디스크'],
		help: [
			'Show disk usage of images, containers, volumes and build cache, and the share of this stack',
			'이미지, 컨테이너, 볼륨, 빌드 캐시의 디스크 사용량과 그중 이 스택의 사용량 보기',
		],
		group: 'look',
		needsEngine: true,
		begin: context => later(import('../disk-page.ts').then(({ diskPage }) => diskPage(context))),
	},
	{
		id: 'newest-run',
		kind: 'view',
		verb: 'newest',
		keys: ['f'],
		label: ['newest', '최신'],
		help: [
			'Follow the newest DAG run (pipeline) or the end of the log (logs)',
			'최신 DAG 실행(파이프라인) 또는 로그의 끝(로그) 실시간 보기',
		],
		group: 'look',
		places: ['pipeline', 'logs'],
		inKeyBar: true,
		apply: ({ view }) =>
			view.focus === 'logs' ? { ...view, logs: following(view.logs) } : { ...view, dagRunId: null, taskId: null },
	},
	{
		id: 'open-page',
		kind: 'look',
		verb: 'open page',
		keys: ['o'],
		label: ['web page', '웹 페이지'],
		help: [
			'Open the web page of the selection; over ssh, show its address and a tunnel command',
			'선택 항목의 웹 페이지 열기; ssh에서는 주소와 터널 명령 보기',
		],
		group: 'look',
		begin: context => openAddress(context, addressOf(context)),
	},
	{
		id: 'copy',
		kind: 'look',
		verb: 'copy',
		keys: ['y'],
		label: ['copy', '복사'],
		help: [
			'Copy the selection (ID, name, line) to the clipboard, also over ssh (OSC 52)',
			'선택 항목(ID, 이름, 줄)을 클립보드로 복사, ssh에서도 가능 (OSC 52)',
		],
		group: 'look',
		begin: context => {
			const [first] = copyables(context, context.environment);
			return first
				? { kind: 'copy', text: first.text, what: first.what }
				: cannot(context.say(['Nothing to copy here', '복사할 항목이 없습니다']));
		},
	},
	{
		id: 'copy-what',
		kind: 'look',
		verb: 'copy what',
		keys: ['Y'],
		label: ['copy menu', '복사 메뉴'],
		help: ['Choose what to copy: ID, address, command or line', '복사할 내용 선택: ID, 주소, 명령, 줄'],
		group: 'look',
		begin: context => {
			const all = copyables(context, context.environment);
			return {
				kind: 'choose',
				question: {
					title: context.say(['Copy', '복사']),
					filters: false,
					choices: all.map(({ what, text }, index) => ({ id: String(index), label: what, hint: text })),
					next: id => {
						const one = all[Number(id)];
						return one ? { kind: 'copy', text: one.text, what: one.what } : { kind: 'nothing' };
					},
				},
			};
		},
	},
	{
		id: 'zoom',
		kind: 'view',
		verb: 'open',
		keys: ['enter', 'z'],
		label: ['full screen', '전체 화면'],
		help: [
			'Show the pane in full screen with details, or return',
			'패널을 상세 정보와 함께 전체 화면으로 보기, 또는 돌아가기',
		],
		group: 'look',
		places: paneIds,
		inKeyBar: true,
		apply: ({ view }) => ({ ...view, zoomed: !view.zoomed }),
	},
	{
		id: 'gantt',
		kind: 'view',
		verb: 'gantt',
		keys: [],
		label: ['Gantt chart', '간트 차트'],
		help: [
			'Show when each task of the DAG run waited and ran, and its critical path',
			'DAG 실행의 작업별 대기와 실행 시간, 임계 경로 표시',
		],
		group: 'look',
		apply: ({ view }) => shownAs(view, 'gantt'),
	},
	{
		id: 'graph',
		kind: 'view',
		verb: 'graph',
		keys: [],
		label: ['graph', '그래프'],
		help: [
			'Show the DAG as a graph: branches, joins, task groups, states of the DAG run',
			'DAG를 그래프로 표시: 분기, 합류, 작업 그룹, DAG 실행의 상태',
		],
		group: 'look',
		apply: ({ view }) => shownAs(view, 'graph'),
	},
	{
		id: 'back',
		kind: 'view',
		verb: 'back',
		keys: ['esc'],
		label: ['back', '뒤로'],
		help: [
			'Go back: close the list or pane, or clear the search, filter, selection or marks',
			'뒤로 가기: 목록이나 패널 닫기, 또는 검색, 필터, 선택, 표시 해제',
		],
		group: 'look',
		apply: back,
	},
	{
		id: 'freeze',
		kind: 'view',
		verb: 'freeze',
		keys: ['Z'],
		label: ['freeze', '화면 고정'],
		help: ['Freeze or unfreeze the screen', '화면 고정 또는 고정 해제'],
		group: 'look',
		apply: ({ view }) => ({ ...view, frozen: !view.frozen }),
	},
	{
		id: 'audit',
		kind: 'look',
		verb: 'audit',
		keys: ['A'],
		label: ['audit log', '감사 로그'],
		help: [
			'Show the audit log of changes made with laketop: time, user, action, outcome',
			'laketop으로 변경한 내용의 감사 로그 보기: 시각, 사용자, 동작, 결과',
		],
		group: 'look',
		begin: auditPage,
	},
];
