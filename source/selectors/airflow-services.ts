import type { ContainerState, StackState } from '../model/state.ts';
import { stackServices } from './service-groups.ts';

const parts = { scheduler: /scheduler/, webserver: /web|api-?server/ } as const;

/**
 * The container of the own project that does a part of Airflow, one that runs before others. Never one of another project
 * or a one-off: what is done to it is done to the stack.
 */
export function airflowService(
	state: StackState,
	ownProject: string | null,
	part: keyof typeof parts,
): ContainerState | undefined {
	const found = stackServices(state, ownProject).filter(({ container: { service, name, project } }) => {
		const word = service ?? name;
		return project === ownProject && /airflow/.test(word) && parts[part].test(word);
	});
	return found.find(({ container }) => container.state === 'running') ?? found[0];
}
