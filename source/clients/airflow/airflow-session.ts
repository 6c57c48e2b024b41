import { ClientError } from '../../model/failures/failure.ts';
import { phrase } from '../../words/message.ts';
import type { HttpAnswer, HttpRequest, HttpServer } from '../http/http.ts';
import { orAborted } from '../or-aborted.ts';
import { logInByForm, wrongPassword } from './airflow-login.ts';
import type { KeptSessions } from './kept-sessions.ts';
import { isTooManyLogins, LoginLimit } from './login-limit.ts';
import { type LoginSource, type PlainLogin, plainLogin } from './plain-login.ts';

type Login =
	/** `isKept`: from an earlier process; it may have expired. */
	| { readonly method: 'session'; readonly cookie: string; readonly isKept: boolean }
	| { readonly method: 'basic'; readonly authorization: string };

/** Requests to Airflow as a user, who logs in with the first request. */
export class AirflowSession {
	readonly #server: HttpServer;
	readonly #source: LoginSource;
	readonly #sessions: KeptSessions;
	#login: Promise<Login> | null = null;
	/** Set once the login form accepted a session that the API rejects: its session backend is off. */
	#sessionRefused = false;
	#keptRefused = false;
	/** The form accepts no more logins for now, or is not served. */
	#formLimited: ClientError | null = null;
	readonly #limit: LoginLimit;
	/** The cookie that was stored last. */
	#kept: string | null = null;
	/** The last login. It may come from the engine, which a command no longer asks when it has ended. */
	#plain: PlainLogin | null = null;

	constructor(server: HttpServer, source: LoginSource, sessions: KeptSessions) {
		this.#server = server;
		this.#source = source;
		this.#sessions = sessions;
		this.#limit = new LoginLimit(server, server.address, sessions);
	}

	/** The session's cookie; null if the API needs Basic auth. */
	async cookie(): Promise<string | null> {
		const login = await this.#logIn();
		return login.method === 'session' ? login.cookie : null;
	}

	/**
	 * Sends with the session, or with Basic auth if sessions are not accepted; logs in again once if the session has
	 * expired.
	 */
	async request(request: HttpRequest): Promise<HttpAnswer> {
		// Before the password is fetched, which may run a command.
		if (this.#server.isGuess) throw this.#server.guessed();
		for (let attempt = 0; ; ) {
			const pending = this.#logIn();
			const login = await orAborted(request.signal, pending);
			const header: Record<string, string> =
				login.method === 'session' ? { cookie: login.cookie } : { authorization: login.authorization };
			const answer = await this.#server.request({ ...request, headers: { ...request.headers, ...header } });
			if (answer.status !== 401) {
				if (login.method === 'session' && !login.isKept) this.#keep(login.cookie);
				return answer;
			}
			if (this.#login === pending) this.#login = null;
			const plain = await plainLogin(this.#source);
			if (login.method === 'basic') {
				this.#sessions.forget(this.#server.address, plain, '');
				throw this.#basicRefused(answer, plain);
			}
			// An expired stored session is no refusal, but stored sessions are not used again.
			if (login.isKept) {
				this.#keptRefused = true;
				this.#sessions.forget(this.#server.address, plain, login.cookie);
			} else if (attempt++ > 0) {
				this.#sessionRefused = true;
				this.#keep('');
			}
		}
	}

	/** Called once the API has accepted it, or accepts none: the next command needs to know. */
	#keep(cookie: string): void {
		if (this.#kept === cookie) return;
		this.#kept = cookie;
		if (this.#plain) this.#sessions.keep(this.#server.address, this.#plain, cookie);
	}

	#logIn(): Promise<Login> {
		// One login for all waiting requests; a failed one is dropped, so that the next request tries again.
		this.#login ??= this.#newLogin().catch(error => {
			this.#login = null;
			throw error;
		});
		return this.#login;
	}

	async #newLogin(): Promise<Login> {
		const plain = await plainLogin(this.#source);
		this.#plain = plain;
		if (!this.#sessionRefused) {
			const kept = this.#keptRefused ? null : this.#sessions.read(this.#server.address, plain);
			if (kept) return { method: 'session', cookie: kept, isKept: true };
			// If the API accepts no sessions, a login by the form would be useless.
			const cookie = kept === '' ? null : await this.#formLogin(plain);
			if (cookie !== null) return { method: 'session', cookie, isKept: false };
		}
		const { username, password } = plain;
		return { method: 'basic', authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
	}

	/** null: only Basic auth is left, which has no rate limit. */
	async #formLogin(plain: PlainLogin): Promise<string | null> {
		this.#formLimited = null;
		try {
			return await this.#limit.attempt(plain, () => logInByForm(this.#server, plain));
		} catch (error) {
			const isLimited = error instanceof ClientError && (error.failure.kind === 'busy' || isTooManyLogins(error));
			if (!isLimited) throw error;
			this.#formLimited = error;
			return null;
		}
	}

	#basicRefused({ headers }: HttpAnswer, plain: PlainLogin): ClientError {
		// If Basic auth is not offered, its refusal says nothing about the password.
		if (this.#formLimited && !/\bbasic\b/i.test(String(headers['www-authenticate'] ?? ''))) return this.#formLimited;
		return this.#sessionRefused
			? new ClientError(
					'unauthorised',
					phrase(
						[
							'The API of Airflow at {address} accepts neither session nor Basic auth',
							'Airflow({address}) API가 세션 인증도 Basic 인증도 허용하지 않습니다',
						],
						{ address: this.#server.address },
					),
					phrase([
						'Set AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth',
						'AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth를 설정하세요',
					]),
					{ httpStatus: 401, code: 'no-api-login' },
				)
			: wrongPassword(this.#server, plain);
	}
}
