import { cleanJson } from '../model/clean-text.ts';
import { shellWords } from '../model/shell-words.ts';
import type { StackState } from '../model/state.ts';
import { airflowService } from './airflow-services.ts';
import { dockerCommand } from './printed-command.ts';
import { ownProject } from './stack.ts';

/** The container in which Airflow's own command is at hand: the scheduler's, else the webserver's, else the guide's. */
export function airflowContainer(state: StackState): string {
	const project = ownProject(state, undefined);
	const found = airflowService(state, project, 'scheduler') ?? airflowService(state, project, 'webserver');
	return found?.container.name ?? 'airflow-scheduler';
}

/** `docker exec … airflow …`. */
export function airflowCommand(state: StackState, ...words: readonly string[]): string {
	return dockerCommand(state, 'exec', airflowContainer(state), 'airflow', ...words);
}

/**
 * The request as curl sends it, for what Airflow's command line cannot do. curl asks for the password, so that none
 * stands in the command.
 */
export function curlCommand(state: StackState, method: 'POST' | 'PATCH', path: string, body: object): string {
	const address = state.sources.airflow?.address ?? state.stack?.servers.airflow.url ?? 'http://AIRFLOW';
	const request = shellWords('-H', 'Content-Type: application/json', '-d', cleanJson(body));
	return `curl -u "\${LAKETOP_AIRFLOW_USERNAME:-admin}" -X ${method} ${shellWords(`${address}/api/v1${path}`)} ${request}`;
}
