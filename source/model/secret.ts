import { ConfigError } from './config-error.ts';
import { describe } from './described-error.ts';
import { ClientError } from './failure.ts';
import { noteSecret } from './secrets.ts';

/** A password or token: the text itself, or a function that gets it when it is needed. */
export type Secret = string | (() => Promise<string>);

/** The text of a secret. Throws ClientError `unauthorised`, in the words of its provider. */
export async function secretText(secret: Secret): Promise<string> {
	try {
		const text = typeof secret === 'string' ? secret : await secret();
		noteSecret(text);
		return text;
	} catch (error) {
		const [what, fix] = error instanceof ConfigError ? [error.what, error.fix] : [describe(error), null];
		throw new ClientError('unauthorised', what, fix);
	}
}
