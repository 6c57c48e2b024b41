import type { Container } from '../engine/container.ts';
import { isAirflow, isJobName, roleOf } from '../engine/role.ts';

/** Containers that are checked: the official Compose file has seven with Airflow's image. */
const maxContainers = 12;

/**
 * Ids of the containers whose environment may contain the user that Airflow was set up with, the likeliest first: an
 * initialisation, which may have exited, then the webserver, then the rest.
 * @param own the containers of one project
 */
export function airflowUserContainers(own: readonly Container[]): string[] {
	const rank = (one: Container) => (isJobName(one.service ?? one.name) ? 0 : roleOf(one) === 'webserver' ? 1 : 2);
	return own
		.filter(one => isAirflow(one) && !one.isOneOff && !['database', 'broker'].includes(roleOf(one) ?? ''))
		.toSorted((a, b) => rank(a) - rank(b))
		.slice(0, maxContainers)
		.map(({ id }) => id);
}
