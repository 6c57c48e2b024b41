import { checkKey } from '../../../model/check.ts';
import { displayName } from '../../../model/engine/container.ts';
import { serviceLook } from '../../../model/engine/health-symbol.ts';
import type { ContainerState } from '../../../model/state.ts';
import { containerStateText } from '../../../model/state-texts.ts';
import { requestShell } from '../../../operations/containers/shell.ts';
import { textIn } from '../../../words/language.ts';
import type { Action, ActionContext, StepContext } from '../../actions/action.ts';
import { cannot, later } from '../../actions/step.ts';
import { noService, targetLogTask, targetReplicas } from '../../actions/targets.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { selectableRows, selectedRow, serviceStates, withFold, withSelected, withServices } from './service-list.ts';

/** Asks which replica is meant if the selection is a service of several. */
function withReplica(context: StepContext, ask: (context: StepContext, service: ContainerState) => Effect): Effect {
	const { say, language } = context;
	const replicas = targetReplicas(context);
	const [first, ...others] = replicas;
	if (!first) return cannot(say(noService));
	if (others.length === 0) return ask(context, first);
	return {
		kind: 'choose',
		question: {
			title: say(['Choose a replica', '복제본 선택']),
			filters: true,
			choices: replicas.map(one => ({
				id: one.container.id,
				label: displayName(one),
				hint: textIn(serviceLook(one).word, language),
			})),
			next: id => {
				const one = replicas.find(({ container }) => container.id === id);
				return one ? ask(context, one) : { kind: 'nothing' };
			},
		},
	};
}

/** Shows or hides the content of the selected row; other rows open in full screen. */
function toggled({ state, view, ownProject }: ActionContext): ViewState {
	const row = selectedRow(state, view, ownProject);
	if (!row || row.kind === 'replica' || row.isOpen === null) return { ...view, zoomed: !view.zoomed };
	return withFold(view, row.id, !row.isOpen);
}

/** Right: unfolds the row, or moves into it if it is unfolded. */
function unfolded({ state, view, ownProject }: ActionContext): ViewState {
	const row = selectedRow(state, view, ownProject);
	if (!row || row.kind === 'replica' || row.isOpen === null) return view;
	if (!row.isOpen) return withFold(view, row.id, true);
	const rows = selectableRows(state, ownProject, view);
	const next = rows[rows.findIndex(({ id }) => id === row.id) + 1];
	return next ? withSelected(view, rows, next.id) : view;
}

/** Left: folds the row, else the one that it is in. */
function folded({ state, view, ownProject }: ActionContext): ViewState {
	const rows = selectableRows(state, ownProject, view);
	const row = selectedRow(state, view, ownProject);
	if (!row) return view;
	if (row.kind !== 'replica' && row.isOpen === true) return withFold(view, row.id, false);
	if (row.kind === 'replica') return withFold(view, row.parent, false);
	if (row.kind === 'project' || row.depth === 0) return view;
	const project = rows
		.slice(
			0,
			rows.findIndex(({ id }) => id === row.id),
		)
		.findLast(one => one.kind === 'project');
	return project ? withFold(view, project.id, false) : view;
}

function knownUser({ state }: StepContext, containerId: string): string | null {
	const { result } = state.checks[checkKey('setup', containerId)] ?? {};
	return result?.check === 'setup' ? result.setup.user : null;
}

const states = [null, ...Object.keys(serviceStates)];

/** Loaded when one is opened. */
const pages = () => import('../../actions/container-pages.ts');

export const serviceActions: readonly Action[] = [
	{
		id: 'unfold',
		kind: 'view',
		verb: 'right',
		keys: ['right'],
		label: ['unfold', '펼치기'],
		help: [
			'Show the replicas of the service or the services of the project',
			'서비스의 복제본이나 프로젝트의 서비스 펼치기',
		],
		group: 'move',
		places: ['services'],
		apply: unfolded,
	},
	{
		id: 'fold-service',
		kind: 'view',
		verb: 'left',
		keys: ['left'],
		label: ['fold', '접기'],
		help: ['Hide the replicas or the services again', '복제본이나 서비스 다시 접기'],
		group: 'move',
		places: ['services'],
		apply: folded,
	},
	{
		id: 'service-state',
		kind: 'view',
		verb: 'show only',
		keys: ['&'],
		label: ['state', '상태'],
		help: [
			'Cycle: services that are not up, services that are up, all services',
			'가동 중이 아닌 서비스, 가동 중인 서비스, 전체를 차례로 보기',
		],
		group: 'look',
		places: ['services'],
		apply: ({ view }) =>
			withServices(view, { state: states[(states.indexOf(view.services.state) + 1) % states.length] ?? null }),
	},
	{
		id: 'inspect',
		kind: 'look',
		verb: 'inspect',
		keys: ['i'],
		label: ['inspect', '상세 정보'],
		help: [
			'Show mounts, environment (secrets masked), ports and health checks of the service; in the log of a task, its page',
			'서비스의 마운트, 환경 변수(비밀 값 가림), 포트, 헬스 체크 보기, 작업 로그에서는 작업 페이지 보기',
		],
		group: 'look',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context =>
			targetLogTask(context)
				? later(import('../../thread/thread.ts').then(({ selectedTaskPage }) => selectedTaskPage(context)))
				: withReplica(context, (...asked) =>
						later(import('../../thread/container-page.ts').then(({ containerPage }) => containerPage(...asked))),
					),
	},
	{
		id: 'top',
		kind: 'look',
		verb: 'processes',
		keys: ['T'],
		label: ['processes', '프로세스'],
		help: ['Show the processes of the service (docker top)', '서비스의 프로세스 보기 (docker top)'],
		group: 'look',
		places: ['services'],
		begin: context =>
			withReplica(context, (...asked) => later(pages().then(({ processesPage }) => processesPage(...asked)))),
	},
	{
		id: 'shell',
		kind: 'change',
		asksFirst: true,
		verb: 'run inside',
		keys: ['x'],
		label: ['shell', '셸'],
		help: ['Open a shell in the container; type exit to return', '컨테이너에서 셸 열기, exit로 복귀'],
		group: 'change',
		places: ['services', 'logs'],
		needsEngine: true,
		inKeyBar: true,
		begin: context =>
			withReplica(context, (_, { container }) =>
				container.state === 'running'
					? later(requestShell(context, container, knownUser(context, container.id)))
					: cannot(
							context.say(
								[
									'{name} is {state}: a shell needs a running container',
									'{name}이(가) {state} 상태입니다: 셸은 실행 중인 컨테이너에서만 열 수 있습니다',
								],
								{ name: container.name, state: containerStateText({ state: container.state }) },
							),
						),
			),
	},
	{
		id: 'unfold-or-open',
		kind: 'view',
		verb: 'open',
		keys: ['enter'],
		label: ['open', '열기'],
		help: [
			'Show or hide the replicas of the service or the services of the project; open another row in full screen',
			'서비스의 복제본이나 프로젝트의 서비스 펼치거나 접기, 다른 행은 전체 화면으로 열기',
		],
		group: 'look',
		places: ['services'],
		inKeyBar: true,
		apply: toggled,
	},
];
