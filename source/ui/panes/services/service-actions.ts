import type { ContainerState } from '../../../model/state.ts';
import { requestShell } from '../../../operations/shell.ts';
import type { Action, StepContext } from '../../actions/action.ts';
import { inspectionPage, processesPage } from '../../actions/pages.ts';
import { cannot, later } from '../../actions/step.ts';
import { targetService } from '../../actions/targets.ts';
import type { Effect } from '../../conversation.ts';

function withService(context: StepContext, ask: (context: StepContext, service: ContainerState) => Effect): Effect {
	const service = targetService(context);
	return service ? ask(context, service) : cannot('There is no service here');
}

/** Keys of one service that change nothing by themselves: what is known of it, and a shell in it. */
export const serviceActions: readonly Action[] = [
	{
		id: 'inspect',
		kind: 'look',
		keys: ['i'],
		label: 'inspect',
		help: 'Mounts, environment (secrets masked), ports, health checks, restart policy of the service',
		group: 'look',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context => withService(context, inspectionPage),
	},
	{
		id: 'top',
		kind: 'look',
		keys: ['T'],
		label: 'top',
		help: 'The processes of the service, as docker top',
		group: 'look',
		places: ['services'],
		begin: context => withService(context, processesPage),
	},
	{
		id: 'shell',
		kind: 'change',
		asksFirst: true,
		keys: ['x'],
		label: 'shell',
		help: 'Open a shell in the container (exit to return)',
		group: 'change',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context =>
			withService(context, (_, { container }) =>
				container.state === 'running'
					? later(requestShell(context, container))
					: cannot(`${container.name} is ${container.state}: a shell needs a running container`),
			),
	},
];
