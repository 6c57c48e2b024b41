import type { Container } from '../engine/container.ts';

/** Log folder in Airflow's image: `[logging] base_log_folder`, AIRFLOW_HOME/logs. */
const inside = '/opt/airflow/logs';

/**
 * The folders with Airflow's logs on the engine's host, from the mounts of the project's containers, or without a
 * project of the containers that Compose did not start. They may be unreachable from here.
 */
export function airflowLogFolders(containers: readonly Container[], project: string | null): string[] {
	const found = containers
		.filter(container => container.project === project)
		.flatMap(({ mounts }) => mounts)
		.filter(({ source, destination }) => source.startsWith('/') && isWithin(inside, destination))
		.map(
			({ source, destination }) =>
				source.replace(/(?<!\/)\/+$/, '') + inside.slice(destination.replace(/(?<!\/)\/+$/, '').length),
		);
	return [...new Set(found)];
}

function isWithin(path: string, folder: string): boolean {
	const base = folder.replace(/(?<!\/)\/+$/, '');
	return base !== '' && (path === base || path.startsWith(`${base}/`));
}
