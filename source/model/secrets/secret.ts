import { ConfigError } from '../failures/config-error.ts';
import { describe } from '../failures/described-error.ts';
import { ClientError } from '../failures/failure.ts';
import { noteSecret } from './secrets.ts';

/**
 * A password or token: the text itself, or a function that gets it when it is needed. It resolves with the same text each
 * time, except with `again`: the last one has expired or was rejected.
 */
export type Secret = string | ((again?: 'again') => Promise<string>);

/** The text of a secret. Throws ClientError `unauthorised`, in the words of its provider. */
export async function secretText(secret: Secret, again?: 'again'): Promise<string> {
	try {
		const text = typeof secret === 'string' ? secret : await secret(again);
		noteSecret(text);
		return text;
	} catch (error) {
		const [what, fix] = error instanceof ConfigError ? [error.what, error.fix] : [describe(error), null];
		throw new ClientError('unauthorised', what, fix);
	}
}
