import type { Container } from './container.ts';

/** Where Airflow's image keeps logs: `[logging] base_log_folder`, AIRFLOW_HOME/logs. */
const inside = '/opt/airflow/logs';

/**
 * The folders of the engine's machine in which Airflow's logs are, from the mounts of its containers: those of the own
 * project first. Whether they can be reached from here is not known.
 */
export function airflowLogFolders(containers: readonly Container[], project: string | null): string[] {
	const found = containers
		.toSorted((a, b) => Number(b.project === project) - Number(a.project === project))
		.flatMap(({ mounts }) => mounts)
		.filter(({ source, destination }) => source.startsWith('/') && isWithin(inside, destination))
		.map(
			({ source, destination }) => source.replace(/\/+$/, '') + inside.slice(destination.replace(/\/+$/, '').length),
		);
	return [...new Set(found)];
}

function isWithin(path: string, folder: string): boolean {
	const base = folder.replace(/\/+$/, '');
	return base !== '' && (path === base || path.startsWith(`${base}/`));
}
