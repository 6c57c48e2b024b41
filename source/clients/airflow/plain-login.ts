import { type Secret, secretText } from '../../model/secrets/secret.ts';

export type Credentials = {
	readonly username: string;
	readonly password: Secret;
	/** Used instead of them. */
	readonly token?: Secret | undefined;
};

/** A configured login, or a function that gets it when it is needed. */
export type LoginSource = Credentials | (() => Promise<Credentials>);

/** The token of a login that has one instead of user and password; null for any other. */
export function givenTokenOf(source: LoginSource): Secret | null {
	return typeof source === 'function' ? null : (source.token ?? null);
}

export type PlainLogin = { readonly username: string; readonly password: string };

/** The login itself. Throws ClientError `unauthorised` if its secret is not available. */
export async function plainLogin(source: LoginSource): Promise<PlainLogin> {
	const { username, password } = typeof source === 'function' ? await source() : source;
	return { username, password: await secretText(password) };
}
