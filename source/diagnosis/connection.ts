import type { CheckResult } from '../model/check.ts';

type Connection = Pick<Extract<CheckResult, { check: 'mlflow connection' }>, 'httpStatus'>;

/** Whether MLflow answers the worker. The request carries no login: where MLflow wants one, its answer is 401. */
export function isConnected({ httpStatus: status }: Connection): boolean {
	return status !== null && (status < 400 || status === 401);
}
