import type { ContainerVerb } from '../../operations/containers/container-verbs.ts';
import { planContainers } from '../../operations/containers/containers.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { CommandContext } from '../context/context.ts';
import { demandLive } from '../exit/failures.ts';
import { servicesCalled } from '../names/service-names.ts';
import { change } from './change.ts';
import { waitForHealth } from './wait-for-health.ts';

/** Commands that change named containers: `restart`, `stop`, `start`, `kill`. */
export function changeContainers(context: CommandContext, verb: ContainerVerb): Promise<number> {
	const { given, config } = context;
	let names: string[] = [];
	return change(context, {
		watch: ['containers'],
		requires: ['containers', 'details'],
		plan: ({ store }) => {
			const state = store.current();
			demandLive(state, 'containers');
			const project = ownProject(state, config.discovery.project);
			const services = servicesCalled(state, project, given.words);
			names = services.map(({ container }) => container.name);
			return planContainers(verb, services, project, state);
		},
		...(given.is('wait') ? { wait: monitor => waitForHealth(context, monitor, names) } : {}),
	});
}
