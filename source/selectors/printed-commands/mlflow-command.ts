import type { StackState } from '../../model/state.ts';
import { cleanJson } from '../../model/text/clean-text.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { curlRoute } from './curl-route.ts';

/**
 * The request to MLflow as a curl command. It contains no secret: the variables are those of the MLflow client, and curl
 * prompts for a password.
 * @param path with `/api/2.0/mlflow`
 */
export function mlflowCurl(state: StackState, method: 'POST' | 'DELETE', path: string, body: object): string {
	const { before, curl, address } = curlRoute(state, 'mlflow');
	const login = {
		token: ' -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN"',
		user: ' -u "$MLFLOW_TRACKING_USERNAME"',
	};
	const words = shellWords(`${address}${path}`, '-H', 'Content-Type: application/json', '-d', cleanJson(body));
	return `${before}${curl}${state.mlflowLogin === null ? '' : login[state.mlflowLogin]} -X ${method} ${words}`;
}
