import * as z from 'zod/mini';
import { messageSchema } from '../../words/message.ts';

/**
 * The ssh connection to the engine's host.
 * - connecting: the first login is on its way
 * - connected: one login is open
 * - lost: it failed or broke, and is tried again
 */
export const sshStatusSchema = z.object({
	status: z.enum(['connecting', 'connected', 'lost']),
	/** Why it is lost, one line without the host; null otherwise. */
	problem: z.nullable(messageSchema),
});
export type SshStatus = z.infer<typeof sshStatusSchema>;

/** `since`: when it entered this status, ms since the epoch; a failed retry is no new loss. */
export type SshState = SshStatus & { readonly since: number };

/**
 * An address as the engine's host sees it, to which requests go through the ssh connection. `host` without the brackets
 * of an IPv6 address.
 */
export const sshTargetSchema = z.object({ host: z.string(), port: z.number() });
export type SshTarget = z.infer<typeof sshTargetSchema>;
