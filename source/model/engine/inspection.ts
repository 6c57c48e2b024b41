import * as z from 'zod/mini';
import { healthProbeSchema } from './container.ts';

/**
 * The parts of `docker inspect` that operators need (`GET /containers/{id}/json`). Times are ms since the epoch, sizes
 * bytes, durations ms; null for none or no limit. The client has replaced secrets (`secrets.ts`).
 */
export const containerInspectionSchema = z.object({
	id: z.string(),
	name: z.string(),
	/** The requested name, and the id of the image. */
	image: z.string(),
	imageId: z.string(),
	/** Entry point and command, as in a shell. */
	command: z.string(),
	user: z.string(),
	workingDirectory: z.string(),
	createdAt: z.nullable(z.number()),
	startedAt: z.nullable(z.number()),
	finishedAt: z.nullable(z.number()),
	state: z.string(),
	exitCode: z.number(),
	oomKilled: z.boolean(),
	error: z.string(),
	restartCount: z.number(),
	restartPolicy: z.object({ name: z.string(), maximumRetries: z.number() }),
	/** Signal and grace period of a stop; null: SIGTERM, and the engine's ten seconds. */
	stopSignal: z.nullable(z.string()),
	stopTimeoutMs: z.nullable(z.number()),
	mounts: z.array(
		z.object({
			/** bind, volume, tmpfs. */
			type: z.string(),
			/** Only of a volume. */
			name: z.nullable(z.string()),
			source: z.string(),
			destination: z.string(),
			isWritable: z.boolean(),
		}),
	),
	environment: z.array(z.object({ name: z.string(), value: z.string(), isMasked: z.boolean() })),
	ports: z.array(
		z.object({
			privatePort: z.number(),
			protocol: z.string(),
			/** null if the port is not published. */
			address: z.nullable(z.string()),
			publicPort: z.nullable(z.number()),
		}),
	),
	networks: z.array(z.object({ name: z.string(), address: z.string(), aliases: z.array(z.string()) })),
	/** null without a health check. */
	health: z.nullable(
		z.object({
			status: z.string(),
			failingStreak: z.number(),
			test: z.string(),
			intervalMs: z.number(),
			timeoutMs: z.number(),
			startPeriodMs: z.number(),
			retries: z.number(),
			/** The last five, oldest first. */
			probes: z.array(healthProbeSchema),
		}),
	),
	limits: z.object({
		memoryBytes: z.nullable(z.number()),
		/** Memory and swap together; null: no limit of its own. */
		memorySwapBytes: z.nullable(z.number()),
		cpus: z.nullable(z.number()),
		processes: z.nullable(z.number()),
	}),
	isPrivileged: z.boolean(),
	logDriver: z.string(),
	labelCount: z.number(),
	/** The log's size limits from the driver's options: `max-size=10m, max-file=3`. */
	logOptions: z.string(),
});
export type ContainerInspection = z.infer<typeof containerInspectionSchema>;

/** Processes of a container (`GET /containers/{id}/top`), with the columns of the engine's ps. */
export type ProcessTable = { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] };
