import type { Container } from './container.ts';

/** Where Airflow's image keeps logs: `[logging] base_log_folder`, AIRFLOW_HOME/logs. */
const inside = '/opt/airflow/logs';

/**
 * The folders of the engine's machine in which Airflow's logs are, from the mounts of the project's containers; without
 * a project, of those that Compose did not start. Whether they can be reached from here is not known.
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
