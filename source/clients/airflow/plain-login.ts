import { type Secret, secretText } from '../../model/secret.ts';

export type Credentials = { readonly username: string; readonly password: Secret };

/** A configured login, or a function that gets it when it is needed. */
export type LoginSource = Credentials | (() => Promise<Credentials>);

export type PlainLogin = { readonly username: string; readonly password: string };

/** The login itself. Throws ClientError `unauthorised` if its secret is not available. */
export async function plainLogin(source: LoginSource): Promise<PlainLogin> {
	const { username, password } = typeof source === 'function' ? await source() : source;
	return { username, password: await secretText(password) };
}
