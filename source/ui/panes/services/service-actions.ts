import { checkKey } from '../../../model/check.ts';
import type { ContainerState } from '../../../model/state.ts';
import { requestShell } from '../../../operations/shell.ts';
import type { Action, StepContext } from '../../actions/action.ts';
import { inspectionPage, processesPage } from '../../actions/container-pages.ts';
import { cannot, later } from '../../actions/step.ts';
import { noService, targetService } from '../../actions/targets.ts';
import type { Effect } from '../../conversation.ts';
import { serviceStates, withServices } from './service-rows.ts';

function withService(context: StepContext, ask: (context: StepContext, service: ContainerState) => Effect): Effect {
	const service = targetService(context);
	return service ? ask(context, service) : cannot(context.say(noService));
}

function knownUser({ state }: StepContext, containerId: string): string | null {
	const { result } = state.checks[checkKey('setup', containerId)] ?? {};
	return result?.check === 'setup' ? result.setup.user : null;
}

const states = [null, ...Object.keys(serviceStates)];

export const serviceActions: readonly Action[] = [
	{
		id: 'service-state',
		kind: 'view',
		verb: 'show only',
		keys: ['&'],
		label: ['state', '상태'],
		help: [
			'Show only services that are not up, only those that are up, or all',
			'정상이 아닌 서비스만, 가동 중인 서비스만, 또는 전체 보기',
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
			'Show mounts, environment (secrets masked), ports, health checks and restart policy of the service',
			'서비스의 마운트, 환경 변수(비밀 값 숨김), 포트, 헬스 체크, 재시작 정책 보기',
		],
		group: 'look',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context => withService(context, inspectionPage),
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
		begin: context => withService(context, processesPage),
	},
	{
		id: 'shell',
		kind: 'change',
		asksFirst: true,
		verb: 'run inside',
		keys: ['x'],
		label: ['shell', '셸'],
		help: ['Open a shell in the container (exit to return)', '컨테이너에서 셸 열기 (exit로 복귀)'],
		group: 'change',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context =>
			withService(context, (_, { container }) =>
				container.state === 'running'
					? later(requestShell(context, container, knownUser(context, container.id)))
					: cannot(
							context.say(
								[
									'{name} is {state}: a shell needs a running container',
									'{name}이(가) {state} 상태입니다: 셸은 실행 중인 컨테이너에서만 열 수 있습니다',
								],
								{ name: container.name, state: container.state },
							),
						),
			),
	},
];
