import * as z from 'zod/mini';
import { messageSchema } from '../words/message.ts';

/** The watched servers. Each fails, goes stale and recovers by itself. */
export const sourceNames = ['docker', 'airflow', 'mlflow'] as const;
export const sourceNameSchema = z.enum(sourceNames);
export type SourceName = z.infer<typeof sourceNameSchema>;

/**
 * The feeds, each keeping one kind of fact fresh. A feed fails by itself: if one endpoint of a server is broken, the
 * others continue.
 */
export const feedNames = ['containers', 'stats', 'logs', 'dags', 'pipeline', 'experiment', 'models'] as const;
export const feedNameSchema = z.enum(feedNames);
export type FeedName = z.infer<typeof feedNameSchema>;

export const feedSource: Readonly<Record<FeedName, SourceName>> = {
	containers: 'docker',
	stats: 'docker',
	logs: 'docker',
	dags: 'airflow',
	pipeline: 'airflow',
	experiment: 'mlflow',
	models: 'mlflow',
};

/**
 * Why a request failed.
 * - unreachable: nothing responds at that address (refused, no such host or socket): nothing was sent
 * - lost: the connection broke after it was made: the request may have been carried out
 * - timeout: the connection is accepted, but there is no response in time
 * - permission: the operating system denies access to the socket
 * - unauthorised: the server rejects these credentials, or logins altogether
 * - not-found: the server has no such object
 * - conflict: the object exists already
 * - refused: the server understood and declined (400, 409, 422)
 * - busy: the server has too many requests (429): nothing was done, and a later request may succeed
 * - protocol: the response is not from the expected server
 * - server: the server failed internally (5xx)
 * - unconfigured: no address is known yet
 */
export const failureKinds = [
	'unreachable',
	'lost',
	'timeout',
	'permission',
	'unauthorised',
	'not-found',
	'conflict',
	'refused',
	'busy',
	'protocol',
	'server',
	'unconfigured',
] as const;
/**
 * The exact problem, if the kind is not enough and the caller depends on it.
 * - connection-refused: nothing listens at that address
 * - connection-closed: the connection was closed before the response was complete
 * - command-unfinished: a command in a container did not finish in time
 * - no-api-login: Airflow's API accepts neither a session nor Basic auth
 * - host-header: MLflow rejects the host name of the request
 * - too-many-logins: the server accepts no more logins for now, whatever their password
 */
export const failureCodes = [
	'connection-refused',
	'connection-closed',
	'command-unfinished',
	'no-api-login',
	'host-header',
	'too-many-logins',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export const failureSchema = z.object({
	kind: z.enum(failureKinds),
	code: z.optional(z.enum(failureCodes)),
	/** HTTP status of the response, if there was one. */
	httpStatus: z.optional(z.number()),
	/** The wait that a server asks for (429, 503), ms; absent if it names none. */
	retryAfterMs: z.optional(z.number()),
	/** What happened and where, one line. */
	message: messageSchema,
	/** What to do about it, one line; null if there is nothing to do but wait. */
	fix: z.nullable(messageSchema),
});
export type Failure = z.infer<typeof failureSchema>;
export type FailureKind = Failure['kind'];

/**
 * How far a request got: nothing responded, the server refused (or the socket, for permission), something else
 * responded, the server is busy, or nothing was sent because no address is known.
 */
export type Reach = 'nobody' | 'refused' | 'answered' | 'busy' | 'not asked';

/** The one mapping from failures to exit codes, verdicts and texts. */
export function reachOf(kind: FailureKind): Reach {
	switch (kind) {
		case 'unreachable':
		case 'lost':
		case 'timeout':
			return 'nobody';
		case 'permission':
		case 'unauthorised':
		case 'refused':
		case 'conflict':
			return 'refused';
		case 'busy':
			return 'busy';
		case 'unconfigured':
			return 'not asked';
		default:
			return 'answered';
	}
}
