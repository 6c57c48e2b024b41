import { roleOf } from '../../model/engine/role.ts';
import type { ContainerState, StackState } from '../../model/state.ts';
import { stackServices } from './service-groups.ts';

/**
 * The container of the stack that has a role in Airflow; a running one is preferred. Never a container of another
 * project or a one-off: what acts on it must act on the stack.
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
