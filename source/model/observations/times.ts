import * as z from 'zod/mini';

/** When laketop learned the fact, ms since the epoch, from the injected clock. */
export const at = { at: z.number() };
/**
 * When the request was sent, ms since the epoch: events that arrived later may be newer than the response. Left out in
 * recordings of earlier versions.
 */
export const askedAt = { askedAt: z.optional(z.number()) };
