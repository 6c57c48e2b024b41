import type { ComposeVerb } from '../../../operations/stack/compose.ts';
import type { Writer } from '../../../words/write.ts';
import type { Choice, Effect } from '../../conversation.ts';
import type { Action, StepContext } from '../action.ts';
import { later, planned } from '../step.ts';
import { targetServices } from '../targets.ts';

/** The menu of the stack: `up` of the selected services too, where some of the stack's are selected. */
export function stackChoices(names: readonly string[], say: Writer): Choice[] {
	return [
		{
			id: 'up',
			key: 'u',
			label: 'up',
			hint: say(['create and start all services of the Compose file', 'Compose 파일의 모든 서비스 생성 및 시작']),
		},
		...(names.length > 0
			? [
					{
						id: 'up-service',
						key: 'U',
						label: `up ${names.join(', ')}`,
						hint: say(['create and start only the selected services', '선택한 서비스만 생성 및 시작']),
					},
				]
			: []),
		{ id: 'restart', key: 'r', label: say(['restart', '재시작']), hint: say(['all services', '모든 서비스']) },
		{
			id: 'stop',
			key: 's',
			label: say(['stop', '중지']),
			hint: say(['all services; keep containers and data', '모든 서비스, 컨테이너와 데이터는 유지']),
		},
		{
			id: 'down',
			key: 'd',
			label: 'down',
			hint: say([
				'stop, remove containers and networks; keep volumes',
				'중지 후 컨테이너와 네트워크 삭제, 볼륨은 유지',
			]),
		},
		{
			id: 'down-volumes',
			key: 'V',
			label: say(['down with volumes', 'down(볼륨 포함)']),
			hint: say(['delete the data too; asks for the project name', '데이터까지 삭제, 프로젝트 이름 입력 필요']),
		},
		{
			id: 'init',
			key: 'i',
			label: say(['first-time initialisation', '최초 초기화']),
			hint: say(['migrate the database, create the admin user', '데이터베이스 마이그레이션, 관리자 생성']),
		},
	];
}

function stackMenu(context: StepContext): Effect {
	const { clients, state, now, signal, ownProject, say } = context;
	const services = targetServices(context).filter(
		({ container }) => container.project !== null && container.project === ownProject && !container.isOneOff,
	);
	const names = [...new Set(services.flatMap(({ container }) => container.service ?? []))];
	const choices = stackChoices(names, say);
	const compose = (verb: ComposeVerb, of: readonly string[] = []) =>
		later(
			import('../../../operations/stack/compose.ts')
				.then(({ planCompose }) => planCompose(clients, { state, now }, { verb, services: of }, signal))
				.then(planned),
		);
	const init = () =>
		later(
			import('../../../operations/stack/init.ts')
				.then(({ planInit }) => planInit(clients, { state, now }, context.airflowLogin, signal))
				.then(planned),
		);
	return {
		kind: 'choose',
		question: {
			title: say(['Stack {project}', '{project} 스택'], { project: ownProject ?? '' }).trim(),
			filters: false,
			choices,
			next: id => {
				switch (id) {
					case 'up':
					case 'restart':
					case 'stop':
					case 'down':
					case 'down-volumes':
						return compose(id);
					case 'up-service':
						return compose('up', names);
					default:
						return init();
				}
			},
		},
	};
}

export const stackActions: readonly Action[] = [
	{
		id: 'stack',
		kind: 'change',
		asksFirst: true,
		verb: 'stack',
		keys: ['C'],
		label: ['stack', '스택'],
		help: [
			'Manage the whole stack: up, restart, stop, down, remove volumes, first-time initialisation',
			'스택 전체 관리: up, 재시작, 중지, down, 볼륨 삭제, 최초 초기화',
		],
		group: 'change',
		needsEngine: true,
		inKeyBar: true,
		begin: stackMenu,
	},
];
