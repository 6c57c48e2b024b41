import type { AirflowProcess } from '../airflow/airflow-process.ts';
import type { Container } from './container.ts';

/** What a container does in an MLOps stack. */
export const roles = [
	'database',
	'broker',
	'scheduler',
	'webserver',
	'worker',
	'triggerer',
	'processor',
	'mlflow',
] as const;
export type Role = (typeof roles)[number];

/** What tells the role of a container, or of a service without one. */
export type Named = Pick<Container, 'service' | 'name' | 'image' | 'airflowProcess'>;

const roleOfProcess: Readonly<Record<AirflowProcess, Role | null>> = {
	webserver: 'webserver',
	'api-server': 'webserver',
	// Scheduler, triggerer and everything else in one container; its page identifies it.
	standalone: 'webserver',
	scheduler: 'scheduler',
	'dag-processor': 'processor',
	triggerer: 'triggerer',
	worker: 'worker',
	flower: null,
};

/** Whether it serves the page of Airflow 3, whose process has another name than that of Airflow 2. */
export function isApiServer({ service, name, airflowProcess }: Named): boolean {
	return airflowProcess === undefined ? /api-?server/i.test(service ?? name) : airflowProcess === 'api-server';
}

/** Whether it is a container of Airflow: by its process, its image, or its name. */
export function isAirflow({ service, name, image, airflowProcess }: Named): boolean {
	return airflowProcess !== undefined || /airflow/i.test(service ?? name) || /(^|\/)airflow[:@]?/.test(image);
}

/** Services that run once and exit, such as initialisations. */
export function isJobName(name: string): boolean {
	return /(^|[-_])(init|migrate|migration|setup)([-_]|$)/.test(name);
}

/**
 * Whether a container runs once and exits, so that exit code 0 means done: a one-off, a service that others wait for,
 * or one with such a name (`airflow-init`, as in Airflow's official Compose file).
 * @param awaited services of its project that are in `startsAfterEndOf` of another container
 */
export function runsOnce(
	{ service, name, isOneOff }: Pick<Container, 'service' | 'name' | 'isOneOff'>,
	awaited: ReadonlySet<string>,
): boolean {
	if (isOneOff || (service !== null && awaited.has(service))) return true;
	return isJobName(service ?? name);
}

/**
 * The role of a container: by the process of Airflow that its command starts, else by its Compose service and image as
 * in the guide and Airflow's own Compose file. The container's name counts only without a service.
 */
export function roleOf(container: Named): Role | null {
	const { service, name, image, airflowProcess } = container;
	const word = service ?? name;
	if (airflowProcess !== undefined) return roleOfProcess[airflowProcess];
	if (/(^|\/)(postgres|postgis|mysql|mariadb)([:@-]|$)/.test(image) || /postgres|mysql|mariadb/i.test(word))
		return /mlflow/i.test(word) ? null : 'database';
	if (/(^|\/)(redis|valkey|rabbitmq)([:@-]|$)/.test(image) || /redis|valkey|rabbitmq/i.test(word)) return 'broker';
	const isOfAirflow = isAirflow(container);
	if (/^mlflow/i.test(word) || (/mlflow/i.test(image) && !isOfAirflow)) return 'mlflow';
	if (!isOfAirflow || isJobName(word)) return null;
	if (/dag[-_]?processor/i.test(word)) return 'processor';
	if (/scheduler/i.test(word)) return 'scheduler';
	if (/web|api-?server/i.test(word)) return 'webserver';
	if (/worker/i.test(word)) return 'worker';
	if (/trigger/i.test(word)) return 'triggerer';
	return null;
}
