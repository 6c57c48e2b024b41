import { airflowOptions } from './table/airflow.ts';
import { mlflowOptions } from './table/mlflow.ts';
import { notifyOptions } from './table/notify.ts';
import { screenOptions } from './table/screen.ts';
import { stackOptions } from './table/stack.ts';
import { watchingOptions } from './table/watching.ts';

/**
 * Every option: one row each, in display order. Flags, variables, the schema of the file, help, completion, `laketop
 * config`, the man page and docs/configuration.md are made from it, and so is `Config.options`.
 */
export const table = {
	...stackOptions,
	airflow: airflowOptions,
	mlflow: mlflowOptions,
	...watchingOptions,
	...screenOptions,
	notify: notifyOptions,
};
