import type { Config } from './schema.ts';

/** The login of Airflow; `isDefault`: none is configured, so a user that the stack names has priority. */
export function airflowLoginOf({ airflow, leftToStack = [] }: Pick<Config, 'airflow' | 'leftToStack'>) {
	const { username, password } = airflow;
	return { username, password, isDefault: leftToStack.includes('airflow login') };
}
