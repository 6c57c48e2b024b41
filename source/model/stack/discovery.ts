import * as z from 'zod/mini';
import { sshTargetSchema } from '../engine/ssh-state.ts';
import type { Endpoint } from './endpoint.ts';
import type { FolderProject } from './folder-project.ts';

/** The servers of a stack whose addresses are discovered. */
export const serverNames = ['airflow', 'mlflow'] as const;
export type ServerName = (typeof serverNames)[number];

/**
 * The source of an address.
 * - given: flag, environment or configuration file
 * - published: the published port of a container of the project
 * - seen earlier: published by the project earlier in this run; the container is stopped or gone
 * - guess: the guide's port on the engine's host; nothing says that it belongs to the stack
 * - unknown: there is no address, see `gap`
 */
export const addressOrigins = ['given', 'published', 'seen earlier', 'guess', 'unknown'] as const;
export type AddressOrigin = (typeof addressOrigins)[number];

/**
 * Why an address is unknown.
 * - engine: the engine does not answer
 * - no engine: the stack has no engine, so an address can only be configured
 * - no project: the project has no containers on this engine
 * - no stack: no project on this engine runs Airflow or MLflow
 * - no container: the project has containers, but none of this server
 * - not running: the container is not running, and its port was not seen in this run
 * - not published: the container runs, but publishes no port
 * - taken: the port that it had, or that a guess would use, is published by another container
 */
export const addressGaps = [
	'engine',
	'no engine',
	'no project',
	'no stack',
	'no container',
	'not running',
	'not published',
	'taken',
] as const;
export type AddressGap = (typeof addressGaps)[number];

export const serverAddressSchema = z.object({
	/** null when the address is unknown. */
	url: z.nullable(z.string()),
	origin: z.enum(addressOrigins),
	/** Name of the container that serves it, or that has its port (`taken`), if known. */
	container: z.nullable(z.string()),
	gap: z.nullable(z.enum(addressGaps)),
	/**
	 * Containers outside the project that run such a server. Of an unknown address (`no container`): those that publish a
	 * port. Of a given one: the one that publishes it. Absent if there are none.
	 */
	outside: z.optional(z.array(z.object({ name: z.string(), url: z.string() }))),
	/** Requests go through the ssh connection to the engine's host, to this address there. */
	throughSsh: z.optional(sshTargetSchema),
});
export type OutsideServer = NonNullable<z.infer<typeof serverAddressSchema>['outside']>[number];
export type ServerAddress = z.infer<typeof serverAddressSchema>;

/**
 * How the project was chosen.
 * - given: flag, environment or configuration file
 * - folder: it was started from the current folder, or is the project of its Compose file
 * - earlier: it was watched earlier in this run
 * - only: no other project runs Airflow or MLflow
 * - best: several run Airflow or MLflow, and it is the one that `chosenProject` prefers
 * - none: no project was found
 */
export const projectOrigins = ['given', 'folder', 'earlier', 'only', 'best', 'none'] as const;
export type ProjectOrigin = (typeof projectOrigins)[number];

export const stackSchema = z.object({
	/** The Compose project of the MLOps stack; null if none was found. */
	project: z.nullable(z.string()),
	projectOrigin: z.enum(projectOrigins),
	/** Other projects on this engine that run Airflow or MLflow. */
	otherProjects: z.array(z.string()),
	/**
	 * The project of the current folder's Compose file, if it has no containers and another folder's project is shown
	 * instead: that one is shown, but not changed.
	 */
	folderProject: z.optional(z.string()),
	servers: z.object({ airflow: serverAddressSchema, mlflow: serverAddressSchema }),
});
export type Stack = z.infer<typeof stackSchema>;
export type DiscoveredStack = Stack & {
	readonly endpoints: Endpoint[];
	/**
	 * Ids of the containers that may say with which user Airflow was set up, see `airflow-user-containers.ts`; none unless
	 * the address is what the Airflow of the same project publishes now.
	 */
	readonly airflowUserContainers: readonly string[];
};

/** What the user configured; everything else is discovered. */
export type DiscoveryOptions = {
	readonly project?: string | undefined;
	readonly airflowUrl?: string | undefined;
	readonly mlflowUrl?: string | undefined;
	readonly pages?: readonly { readonly name: string; readonly url: string }[] | undefined;
	/** Host name under which published ports are reached: localhost, or the host of a remote engine. */
	readonly publishedHost: string;
	/** Whether the engine is reached through ssh: its published ports are then reached through the same connection. */
	readonly isThroughSsh?: boolean | undefined;
	/** The folder that laketop was started in, by all its names (including links). */
	readonly currentFolders?: readonly string[] | undefined;
	/** The project of the Compose file there; null or left out: there is none, or its name is unknown. */
	readonly folderProject?: FolderProject | null | undefined;
	/**
	 * Whether the engine has listed its containers, is unreachable, or has not responded yet; or there is none. Without a
	 * list projects are unknown.
	 */
	readonly engine: 'listed' | 'unreachable' | 'silent' | 'none';
	/** The previous result in this run; null the first time. */
	readonly before: Stack | null;
	/** The ports of a guess; by default those of the guide. */
	readonly guessedPorts?: Readonly<Record<ServerName, number>> | undefined;
};
