import type { ContainerVerb } from '../../../operations/containers/container-verbs.ts';
import { planContainers } from '../../../operations/containers/containers.ts';
import type { Effect } from '../../conversation.ts';
import type { Action, StepContext } from '../action.ts';
import { cannot, planned } from '../step.ts';
import { noService, targetServices } from '../targets.ts';

function onServices(verb: ContainerVerb): (context: StepContext) => Effect {
	return context => {
		if (context.state.feeds.containers.status === 'failed')
			return cannot(
				context.say([
					'Docker Engine is unreachable: containers cannot be changed',
					'Docker 엔진에 연결할 수 없어 컨테이너를 변경할 수 없습니다',
				]),
				'unreachable',
			);
		const services = targetServices(context);
		return services.length === 0
			? cannot(context.say(noService))
			: planned(planContainers(verb, services, context.ownProject, context.state));
	};
}

/** Unpauses the paused ones of several first. */
function pauseServices(context: StepContext): Effect {
	const services = targetServices(context);
	const paused = services.filter(service => service.container.state === 'paused');
	return paused.length > 0
		? planned(planContainers('unpause', paused, context.ownProject, context.state))
		: onServices('pause')(context);
}

export const serviceChanges: readonly Action[] = [
	{
		id: 'restart',
		kind: 'change',
		asksFirst: true,
		verb: 'restart',
		keys: ['r'],
		label: ['restart', '재시작'],
		help: ['Restart the selected or marked services', '선택하거나 선택 표시한 서비스 재시작'],
		group: 'change',
		places: ['services', 'logs'],
		needsEngine: true,
		inKeyBar: true,
		begin: onServices('restart'),
	},
	{
		id: 'stop',
		kind: 'change',
		asksFirst: true,
		verb: 'stop',
		keys: ['s'],
		label: ['stop', '중지'],
		help: ['Stop the selected or marked services', '선택하거나 선택 표시한 서비스 중지'],
		group: 'change',
		places: ['services'],
		inKeyBar: true,
		begin: onServices('stop'),
	},
	{
		id: 'start',
		kind: 'change',
		asksFirst: true,
		verb: 'start',
		keys: ['u'],
		label: ['start', '시작'],
		help: ['Start the selected or marked services', '선택하거나 선택 표시한 서비스 시작'],
		group: 'change',
		places: ['services'],
		inKeyBar: true,
		begin: onServices('start'),
	},
	{
		id: 'pause-service',
		kind: 'change',
		asksFirst: true,
		verb: 'pause',
		keys: ['p'],
		label: ['pause', '일시 중지'],
		help: ['Pause or unpause the selected or marked services', '선택하거나 선택 표시한 서비스 일시 중지 또는 해제'],
		group: 'change',
		places: ['services'],
		begin: pauseServices,
	},
	{
		id: 'kill',
		kind: 'change',
		asksFirst: true,
		verb: 'kill',
		keys: ['K'],
		label: ['kill', '강제 종료'],
		help: [
			'Kill the selected or marked services at once with SIGKILL',
			'선택하거나 선택 표시한 서비스를 SIGKILL로 즉시 강제 종료',
		],
		group: 'change',
		places: ['services'],
		begin: onServices('kill'),
	},
];
