import { roleOf } from '../model/role.ts';
import type { ContainerState, StackState } from '../model/state.ts';
import { stackServices } from './service-groups.ts';

/**
 * The container of the own project that does a part of Airflow, one that runs before others. Never one of another project
 * or a one-off: what is done to it is done to the stack.
 */
export function airflowService(
	state: StackState,
	ownProject: string | null,
	part: 'scheduler' | 'webserver',
): ContainerState | undefined {
	const found = stackServices(state, ownProject).filter(
		({ container }) => container.project === ownProject && roleOf(container) === part,
	);
	return found.find(({ container }) => container.state === 'running') ?? found[0];
}
