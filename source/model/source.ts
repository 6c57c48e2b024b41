import * as z from 'zod/mini';
import { messageSchema } from '../words/message.ts';

/** The servers watched. Each fails, goes stale and recovers alone. */
export const sourceNames = ['docker', 'airflow', 'mlflow'] as const;
export const sourceNameSchema = z.enum(sourceNames);
export type SourceName = z.infer<typeof sourceNameSchema>;

/**
 * The feeds, each keeping one kind of fact fresh. A feed fails alone: a server whose one endpoint is broken still
 * serves the others.
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
 * Why a server could not be asked.
 * - unreachable: nobody answers at that address (refused, no such host or socket): nothing was sent
 * - lost: the connection broke after it was made: what was sent may have been done
 * - timeout: someone accepts the connection but does not answer in time
 * - permission: the operating system refuses access to the socket
 * - unauthorised: the server answers, but not to these credentials
 * - not-found: the server has no such thing
 * - conflict: the thing exists already
 * - refused: the server understood and declined (400, 409, 422)
 * - busy: the server answers that it is asked too much (429): nothing was done, and a later request may succeed
 * - protocol: something answers that is not the server expected
 * - server: the server failed inside (5xx)
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
 * What exactly went wrong, where the kind alone does not say it and something depends on it.
 * - connection-refused: nothing listens at that address
 * - connection-closed: the connection was closed before the answer was complete
 * - command-unfinished: a command in a container did not come to its end in time
 * - no-api-login: Airflow's API takes neither a session nor Basic auth
 * - host-header: MLflow refuses the name under which it was asked
 */
export const failureCodes = [
	'connection-refused',
	'connection-closed',
	'command-unfinished',
	'no-api-login',
	'host-header',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export const failureSchema = z.object({
	kind: z.enum(failureKinds),
	code: z.optional(z.enum(failureCodes)),
	/** HTTP status of the answer, where there was one. */
	httpStatus: z.optional(z.number()),
	/** What happened and where, one line. */
	message: messageSchema,
	/** What to do about it, one line; null where nothing better is known than to wait. */
	fix: z.nullable(messageSchema),
});
export type Failure = z.infer<typeof failureSchema>;
export type FailureKind = Failure['kind'];

/**
 * How far a request came: nobody answered, what was asked refused (here permission is the socket's), somebody answered
 * something else, or that it is busy, or nobody was asked, as no address is known.
 */
export type Reach = 'nobody' | 'refused' | 'answered' | 'busy' | 'not asked';

/** The one rule by which failures become exit codes, verdicts and words. */
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
