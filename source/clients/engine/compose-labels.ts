import { isAbsolute, join } from 'node:path/posix';
import * as z from 'zod/mini';
import type { Container } from '../../model/engine/container.ts';
import { optionalName, outsideText } from '../../model/text/outside-text.ts';

/** Labels of containers and volumes, and attributes of events. */
export const labels = z.nullish(
	z.catchall(
		z.object({
			'com.docker.compose.project': optionalName,
			'com.docker.compose.service': optionalName,
			name: optionalName,
		}),
		outsideText,
	),
);

/** A label of Compose, without its prefix. */
export const label = (all: z.infer<typeof labels>, name: string): string | null =>
	all?.[`com.docker.compose.${name}`] ?? null;

/**
 * The Compose files of a container's project, `/srv/a.yml,/srv/b.yml`. podman-compose names them relative to the
 * working directory. Source: containers/podman-compose, podman_compose.py (relative_files).
 */
export function composeFiles(all: z.infer<typeof labels>): string | null {
	const files = label(all, 'project.config_files');
	const folder = label(all, 'project.working_dir');
	if (files === null || !folder?.startsWith('/')) return files;
	const absolute = (file: string) => (isAbsolute(file) || file === '' ? file : join(folder, file));
	return files
		.split(',')
		.map(file => absolute(file.trim()))
		.join(',');
}

export function replicaNumber(text: string | null): number | null {
	return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

/**
 * `airflow-init:service_completed_successfully:false,redis:service_healthy:true`: service, condition, whether it is
 * restarted with the other. Source: docker/compose, pkg/compose/create.go, prepareLabels.
 */
export function awaitedEnds(text: string | null): Pick<Container, 'startsAfterEndOf'> {
	const services = (text ?? '').split(',').flatMap(one => {
		const [service = '', condition] = one.split(':');
		return condition === 'service_completed_successfully' && service !== '' ? [service] : [];
	});
	return services.length === 0 ? {} : { startsAfterEndOf: services };
}
