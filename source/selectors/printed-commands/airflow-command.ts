import { keepsTries } from '../../model/airflow/task-tries.ts';
import { maskJson, maskText } from '../../model/secrets/secrets.ts';
import type { StackState } from '../../model/state.ts';
import { cleanJson } from '../../model/text/clean-text.ts';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { airflowService } from '../containers/airflow-services.ts';
import { ownProject } from '../servers/stack.ts';
import { curlRoute } from './curl-route.ts';
import { engineCommand } from './printed-command.ts';

/** Whether Airflow is version 3 or later, if its version is known; its REST API is then v2, otherwise v1. */
export function isAirflow3({ sources }: Pick<StackState, 'sources'>): boolean {
	return Number.parseInt(sources.airflow?.version ?? '', 10) >= 3;
}

/** Whether Airflow keeps the earlier tries of tasks, if its version is known. */
export function hasEarlierTries({ sources }: Pick<StackState, 'sources'>): boolean {
	return keepsTries(sources.airflow?.version ?? '');
}

/** The container that can run Airflow's command line: the scheduler's, else the webserver's, else the guide's. */
export function airflowContainer(state: StackState): string {
	const project = ownProject(state, undefined);
	const found = airflowService(state, project, 'scheduler') ?? airflowService(state, project, 'webserver');
	return found?.container.name ?? 'airflow-scheduler';
}

/** Airflow's command line, in its container. */
export function airflowCommand(state: StackState, ...words: readonly string[]): string {
	return engineCommand(state, 'exec', airflowContainer(state), 'airflow', ...words);
}

/** Pauses or unpauses a DAG. Without an engine, there is no container with Airflow's command line. */
export function pauseCommand(state: StackState, dagId: string, paused: boolean): string {
	return state.hasEngine
		? airflowCommand(state, 'dags', paused ? 'pause' : 'unpause', dagId)
		: curlCommand(state, 'PATCH', `/dags/${inPath(dagId)}`, { is_paused: paused });
}

/** Sets the slots of a pool. */
export function poolCommand(state: StackState, pool: string, slots: number): string {
	return state.hasEngine
		? airflowCommand(state, 'pools', 'set', pool, String(slots), '')
		: curlCommand(state, 'PATCH', `/pools/${inPath(pool)}?update_mask=slots`, { name: exactId(pool), slots });
}

/**
 * Triggers a DAG run.
 * @param conf compact JSON; empty for none
 */
export function triggerCommand(state: StackState, dagId: string, dagRunId: string, conf: string): string {
	if (state.hasEngine) {
		const words = ['--run-id', dagRunId, ...(conf === '' ? [] : ['--conf', maskText(conf)]), dagId];
		return airflowCommand(state, 'dags', 'trigger', ...words);
	}
	return curlCommand(state, 'POST', `/dags/${inPath(dagId)}/dagRuns`, {
		dag_run_id: dagRunId,
		...(isAirflow3(state) ? { logical_date: null } : {}),
		...(conf === '' ? {} : { conf: maskJson(JSON.parse(conf)) }),
	});
}

/**
 * The request as a curl command, for what Airflow's command line cannot do. It contains no password: curl prompts for
 * the one of Airflow 2; the token of Airflow 3 is fetched by a nested command, with the variables that laketop reads
 * too, unless a token is configured. A server behind ssh is reached through a socket that ssh forwards meanwhile.
 */
export function curlCommand(state: StackState, method: 'POST' | 'PATCH' | 'PUT', path: string, body: object): string {
	const { before, curl, address } = curlRoute(state, 'airflow');
	const user = `\${LAKETOP_AIRFLOW_USERNAME:-${defaultUser(state)}}`;
	const api = `${address}/api/${isAirflow3(state) ? 'v2' : 'v1'}${path}`;
	const request = `-X ${method} ${shellWords(api, '-H', 'Content-Type: application/json', '-d', cleanJson(body))}`;
	if (state.sendsAirflowToken) return `${before}${curl} -H "Authorization: Bearer $LAKETOP_AIRFLOW_TOKEN" ${request}`;
	if (!isAirflow3(state)) return `${before}${curl} -u "${user}" ${request}`;
	return `${before}${curl} -H "Authorization: Bearer $(${tokenCommand(curl, address, user)})" ${request}`;
}

/** The user in the command if none is configured; only a name that needs no quoting in a shell. */
function defaultUser({ airflowUser }: Pick<StackState, 'airflowUser'>): string {
	const name = airflowUser?.name ?? '';
	return /^[\w.@-]+$/.test(name) ? name : 'admin';
}

/** Prints a token of Airflow 3. sed reads the JSON, because not every host has jq. */
function tokenCommand(curl: string, address: string, user: string): string {
	const login = `"{\\"username\\": \\"${user}\\", \\"password\\": \\"$LAKETOP_AIRFLOW_PASSWORD\\"}"`;
	const read = shellWords('sed', 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/');
	const type = shellWords('Content-Type: application/json');
	return `${curl} -s -H ${type} -d ${login} ${shellWords(`${address}/auth/token`)} | ${read}`;
}
