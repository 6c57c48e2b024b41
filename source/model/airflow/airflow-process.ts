import * as z from 'zod/mini';

/** Long-running processes of Airflow, by the words that start them (`airflow scheduler`, `airflow celery worker`). */
export const airflowProcesses = [
	'webserver',
	'api-server',
	'scheduler',
	'dag-processor',
	'triggerer',
	'worker',
	'flower',
	'standalone',
] as const;
export type AirflowProcess = (typeof airflowProcesses)[number];

export const airflowProcessSchema = z.enum(airflowProcesses);

/**
 * The words follow the entry point of Airflow's image (`/usr/bin/dumb-init -- /entrypoint celery worker`,
 * scripts/docker/entrypoint_prod.sh) or Airflow's own command (`bash -c "airflow db migrate && exec airflow
 * webserver"`).
 */
const started = new RegExp(
	`(?:^|[\\s/'"])(?:entrypoint(?:\\.sh)?|airflow)['"]?\\s{1,8}(?:airflow\\s{1,8})?(?:celery\\s{1,8})?(${airflowProcesses.join('|')})(?![\\w-])`,
	'g',
);

/**
 * The process of Airflow that a container's command starts; of several the one with the web page. null for an
 * initialisation or another program.
 * @param command words of entry point and command, as `GET /containers/json` joins them
 */
export function airflowProcessIn(command: string): AirflowProcess | null {
	const found = [...command.matchAll(started)].flatMap(
		([, word]) => airflowProcesses.find(process => process === word) ?? [],
	);
	const pages: readonly AirflowProcess[] = ['webserver', 'api-server', 'standalone'];
	return found.find(process => pages.includes(process)) ?? found[0] ?? null;
}
