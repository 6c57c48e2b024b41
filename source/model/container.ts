import * as z from 'zod/mini';

/**
 * Where a container's network comes from (`HostConfig.NetworkMode`): a namespace of its own, the host's, that of another
 * container (`container:ID`), or none at all. Only in a namespace of its own can the engine attach it to networks and
 * count its traffic.
 */
export const networkNamespaces = ['own', 'host', 'shared', 'none'] as const;
export type NetworkNamespace = (typeof networkNamespaces)[number];

/**
 * A container as the Docker Engine lists it (`GET /containers/json`), reduced to what laketop shows.
 * `state` is the engine's word (running, exited, paused, restarting, created, removing, dead, or a newer one).
 */
export const containerSchema = z.object({
	id: z.string(),
	name: z.string(),
	image: z.string(),
	/** Compose project, or null for a container that was not started by Compose. */
	project: z.nullable(z.string()),
	/** Compose service, or null. A service keeps its name when its container is recreated; the id does not. */
	service: z.nullable(z.string()),
	/** Comma-separated compose files and the folder they were started from (Compose labels). */
	configFiles: z.nullable(z.string()),
	workingDirectory: z.nullable(z.string()),
	state: z.string(),
	/** starting, healthy, unhealthy, or none where the image has no health check. */
	health: z.string(),
	createdAt: z.number(),
	/** Whose network namespace it runs in, see `NetworkNamespace`. */
	network: z.enum(networkNamespaces),
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

/** One run of a container's health check, as `State.Health.Log` keeps the last five of (output: 4,096 bytes at most). */
export const healthProbeSchema = z.object({
	startedAt: z.number(),
	endedAt: z.number(),
	exitCode: z.number(),
	output: z.string(),
});

/** What only `GET /containers/{id}/json` tells. Times are ms since the epoch; null where the engine has none. */
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

/** A container event that matters here (`GET /events`); probes' exec_* events never get this far. */
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

/**
 * The name by which people know a container: its own name.
 * Compose's generated names (`project-service-1`) are shortened to the service where the project is shown anyway.
 */
export function displayName(container: Pick<Container, 'name' | 'project' | 'service'>): string {
	const { name, project, service } = container;
	if (!project || !service || name.length !== project.length + service.length + 3 || !name.endsWith('1')) return name;
	const joints = [name[project.length], name.at(-2)];
	const isGenerated = joints.every(joint => joint === '-' || joint === '_');
	return isGenerated && name.startsWith(project) && name.startsWith(service, project.length + 1) ? service : name;
}
