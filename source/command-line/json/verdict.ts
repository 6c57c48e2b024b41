import * as z from 'zod/mini';
import { about, optionalText, optionalTime, text, time } from './fields.ts';

/** What `laketop status` and `laketop doctor` share in `--json`. */

export const verdict = about(
	z.enum(['healthy', 'degraded', 'unreachable', 'unauthorised']),
	'Verdict, the same in status and doctor. unreachable: a check was not possible; unauthorised: a server refuses the credentials',
);

export const acknowledgementsProblem = optionalText(
	'Why acknowledgements of this host were not read; null: all were read',
);

export const acknowledgementPart = z.object({
	note: text('Reason given by the user'),
	by: text('User who acknowledged it'),
	at: about(time(), 'Time of the acknowledgement'),
	until: optionalTime('Expiry; null: until the finding clears'),
});
export type AcknowledgementPart = z.infer<typeof acknowledgementPart>;
