import * as z from 'zod/mini';
import { airflowProcessSchema } from '../airflow/airflow-process.ts';

/**
 * Where a container's network comes from (`HostConfig.NetworkMode`): a namespace of its own, the host's, that of another
 * container (`container:ID`), or none at all. Only in a namespace of its own can the engine attach it to networks and
 * count its traffic.
 */
export const networkNamespaces = ['own', 'host', 'shared', 'none'] as const;
export type NetworkNamespace = (typeof networkNamespaces)[number];

/**
 * A container as the Docker Engine lists it (`GET /containers/json`), reduced to what laketop shows. `state` is the
 * engine's word (running, exited, paused, restarting, created, removing, dead, or a newer one).
 */
export const containerSchema = z.object({
	id: z.string(),
	name: z.string(),
	image: z.string(),
	/** The process of Airflow that its command starts; absent for other programs. */
	airflowProcess: z.optional(airflowProcessSchema),
	/** Compose project, or null for a container that was not started by Compose. */
	project: z.nullable(z.string()),
	/** Compose service, or null. The name stays when the container is recreated; the id does not. */
	service: z.nullable(z.string()),
	/** Number of the replica, from 1 (Compose label `container-number`); null if unknown. */
	replica: z.nullable(z.number()),
	/**
	 * Created by `docker compose run`: it has the name of a service but is not one of its replicas (label `oneoff`).
	 */
	isOneOff: z.boolean(),
	/**
	 * Services that must have exited with 0 before it starts (Compose label `depends_on`, condition
	 * `service_completed_successfully`); absent if there are none.
	 */
	startsAfterEndOf: z.optional(z.array(z.string())),
	/** Comma-separated compose files and the folder they were started from (Compose labels). */
	configFiles: z.nullable(z.string()),
	workingDirectory: z.nullable(z.string()),
	state: z.string(),
	/** starting, healthy, unhealthy, or none without a health check. */
	health: z.string(),
	/** Of an exited container, where the list contains it. */
	exitCode: z.optional(z.number()),
	createdAt: z.number(),
	/** Whose network namespace it runs in, see `NetworkNamespace`. */
	network: z.enum(networkNamespaces),
	/** Id or name of the container whose network namespace it shares; absent if it shares none. */
	sharesNetworkOf: z.optional(z.string()),
	ports: z.array(
		z.object({
			address: z.string(),
			privatePort: z.number(),
			publicPort: z.nullable(z.number()),
			protocol: z.string(),
		}),
	),
	mounts: z.array(z.object({ type: z.string(), source: z.string(), destination: z.string() })),
});
export type Container = z.infer<typeof containerSchema>;

/** Whether the bytes counted in a container's network namespace are its own traffic. */
export function hasOwnTraffic({ network }: Pick<Container, 'network'>): boolean {
	return network === 'own';
}

/** One run of a container's health check; `State.Health.Log` keeps the last five (output: 4,096 bytes at most). */
export const healthProbeSchema = z.object({
	startedAt: z.number(),
	endedAt: z.number(),
	exitCode: z.number(),
	output: z.string(),
});

/**
 * Facts from `GET /containers/{id}/json` that the list does not contain. Times are ms since the epoch; null if the
 * engine has none.
 */
export const containerDetailSchema = z.object({
	id: z.string(),
	state: z.string(),
	health: z.string(),
	startedAt: z.nullable(z.number()),
	finishedAt: z.nullable(z.number()),
	exitCode: z.number(),
	oomKilled: z.boolean(),
	error: z.string(),
	restartCount: z.number(),
	restartPolicy: z.string(),
	tty: z.boolean(),
	failingStreak: z.number(),
	probes: z.array(healthProbeSchema),
});
export type ContainerDetail = z.infer<typeof containerDetailSchema>;

/** A relevant container event (`GET /events`); exec_* events of probes are filtered before. */
export const containerEventSchema = z.object({
	id: z.string(),
	name: z.string(),
	action: z.string(),
	project: z.nullable(z.string()),
	service: z.nullable(z.string()),
	/** Exit code of a `die` event, else null. */
	exitCode: z.nullable(z.number()),
	/** The engine's own time of the event, ms since the epoch. */
	happenedAt: z.number(),
});
export type ContainerEvent = z.infer<typeof containerEventSchema>;

/** What the display name of a container depends on: itself, and the number of its service's replicas. */
export type Named = {
	readonly container: Pick<Container, 'name' | 'project' | 'service' | 'isOneOff'>;
	/** Containers of its service, one-offs not counted. */
	readonly replicas: number;
};

/**
 * The display name of a container: its own name. Generated names of Compose (`project-service-1`) are shortened to the
 * service, and to `service-2` if it has several replicas. Unique within a project.
 */
export function displayName({ container, replicas }: Named): string {
	const number = replicaInName(container);
	if (number === null || container.service === null) return container.name;
	return replicas > 1 || number !== '1' ? `${container.service}-${number}` : container.service;
}

/** `shop/airflow-worker` for a container outside of the watched project, so that no two names are equal. */
export function qualifiedName(named: Named, ownProject: string | null): string {
	const { project } = named.container;
	const name = displayName(named);
	return project === null || project === ownProject ? name : `${project}/${name}`;
}

/** The number at the end of a name that Compose generated (`project-service-1`); null for any other name. */
export function replicaInName({ name, project, service, isOneOff }: Named['container']): string | null {
	if (!project || !service || isOneOff) return null;
	const start = project.length + service.length + 2;
	const joints = [name[project.length], name[start - 1]];
	const number = name.slice(start);
	const isGenerated =
		joints.every(joint => joint === '-' || joint === '_') &&
		/^[1-9]\d{0,5}$/.test(number) &&
		name.startsWith(project) &&
		name.startsWith(service, project.length + 1);
	return isGenerated ? number : null;
}
