import { planInit } from '../../../operations/init.ts';
import { type ComposeVerb, planCompose } from '../../../operations/stack.ts';
import type { Choice, Effect } from '../../conversation.ts';
import type { Action, StepContext } from '../action.ts';
import { later, planned } from '../step.ts';
import { targetServices } from '../targets.ts';

/** What the menu of the stack offers: `up` of the selected services too, where some of the stack's are selected. */
export function stackChoices(names: readonly string[]): Choice[] {
	const which = names.join(', ');
	return [
		{ id: 'up', key: 'u', label: 'up', hint: 'create and start all services, as the compose file has them' },
		...(names.length > 0
			? [{ id: 'up-service', key: 'U', label: `up ${which}`, hint: 'create and start it anew, the others left alone' }]
			: []),
		{ id: 'restart', key: 'r', label: 'restart', hint: 'all services' },
		{ id: 'stop', key: 's', label: 'stop', hint: 'all services; containers and data stay' },
		{ id: 'down', key: 'd', label: 'down', hint: 'stop, and remove containers and networks; volumes stay' },
		{
			id: 'down-volumes',
			key: 'V',
			label: 'down with volumes',
			hint: 'also delete the data: asks for the name of the project',
		},
		{ id: 'init', key: 'i', label: 'first-time initialisation', hint: 'migrate the database, create the admin user' },
	];
}

/** Everything that is done to the stack as a whole, as docker compose has it. */
function stackMenu(context: StepContext): Effect {
	const { clients, state, now, signal, ownProject } = context;
	const services = targetServices(context).filter(
		({ container }) => container.project !== null && container.project === ownProject && !container.isOneOff,
	);
	const names = [...new Set(services.flatMap(({ container }) => container.service ?? []))];
	const choices = stackChoices(names);
	const compose = (verb: ComposeVerb, of: readonly string[] = []) =>
		later(planCompose(clients, { state, now }, { verb, services: of }, signal).then(planned));
	return {
		kind: 'choose',
		question: {
			title: `The stack${ownProject ? ` ${ownProject}` : ''}`,
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
						return later(planInit(clients, { state, now }, context.airflowLogin, signal).then(planned));
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
		keys: ['C'],
		label: ['stack', '스택'],
		help: [
			'Manage the whole stack: up, restart, stop, down, remove volumes, first-time initialisation',
			'스택 전체 관리: up, 재시작, 중지, down, 볼륨 삭제, 최초 초기화',
		],
		group: 'change',
		inKeyBar: true,
		begin: stackMenu,
	},
];
