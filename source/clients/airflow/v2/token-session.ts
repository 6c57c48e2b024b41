import * as z from 'zod/mini';
import { ClientError } from '../../../model/failures/failure.ts';
import { phrase } from '../../../words/message.ts';
import { claimsOf, lifeOf } from '../../given-token.ts';
import type { HttpAnswer, HttpRequest, HttpServer, HttpStream } from '../../http/http.ts';
import { parseAnswer } from '../../http/parse-answer.ts';
import { orAborted } from '../../or-aborted.ts';
import { wrongPassword } from '../airflow-login.ts';
import { type KeptSessions, kept } from '../kept-sessions.ts';
import { LoginLimit, loginsClosed } from '../login-limit.ts';
import { type LoginSource, type PlainLogin, plainLogin } from '../plain-login.ts';
import { problemOf, wordsOf } from './problem.ts';

const tokenAnswer = z.object({ access_token: kept });

const tokenPath = '/auth/token';
/** A password hash of the FAB auth manager takes 1.5 s on an idle host (Airflow 3.3.2). */
const loginTimeoutMs = 20_000;
/** Share of its lifetime for which a token is used. */
const usedShare = 0.9;

type Token = {
	readonly text: string;
	/** By `performance.now()`: the clocks of the two hosts need not agree. */
	readonly renewAt: number;
	/** From an earlier process; the server may have got another secret since. */
	readonly isKept: boolean;
};

/**
 * Requests to Airflow 3 with a JSON Web Token. It is requested with the login at the first request, renewed before it
 * expires, and kept for the next command as the sessions of Airflow 2 are: a login costs the FAB auth manager 1.5 s.
 */
export class TokenSession {
	readonly #server: HttpServer;
	readonly #source: LoginSource;
	readonly #sessions: KeptSessions;
	/** Where the token comes from: a session of Airflow 2 at the same address is another entry. */
	readonly #issuer: string;
	#token: Promise<Token> | null = null;
	#keptRefused = false;
	readonly #limit: LoginLimit;
	/** The token that was stored last. */
	#stored: string | null = null;
	/** The last login. It may come from the engine, which a command no longer asks when it has ended. */
	#plain: PlainLogin | null = null;

	constructor(server: HttpServer, source: LoginSource, sessions: KeptSessions) {
		this.#server = server;
		this.#source = source;
		this.#sessions = sessions;
		this.#issuer = `${server.address}${tokenPath}`;
		this.#limit = new LoginLimit(server, this.#issuer, sessions);
	}

	/** Logs in again once if the token is rejected. */
	request(request: HttpRequest): Promise<HttpAnswer> {
		return this.#send(request, authorised => this.#server.request(authorised));
	}

	/** The same for a response that is read while it arrives, see `HttpServer.stream`. */
	stream(request: HttpRequest, silenceMs: number): Promise<HttpAnswer | HttpStream> {
		return this.#send(request, authorised => this.#server.stream(authorised, silenceMs));
	}

	async #send<Answer extends HttpAnswer | HttpStream>(
		request: HttpRequest,
		send: (authorised: HttpRequest) => Promise<Answer>,
	): Promise<Answer> {
		// Before the password is fetched, which may run a command.
		if (this.#server.isGuess) throw this.#server.guessed();
		for (let attempt = 0; ; attempt++) {
			const pending = this.#logIn();
			const token = await orAborted(request.signal, pending);
			if (performance.now() >= token.renewAt && attempt === 0) {
				this.#forget(pending);
				continue;
			}
			const headers = { ...request.headers, authorization: `Bearer ${token.text}` };
			const answer = await send({ ...request, headers });
			if (!isTokenRefused(answer)) {
				if (!token.isKept) this.#keep(token.text);
				return answer;
			}
			// One that was kept by an earlier process is no login of this one.
			if (token.isKept) await this.#refuseKept(token.text);
			else if (attempt > 0) return answer;
			this.#forget(pending);
		}
	}

	/** Called once the API has accepted it. */
	#keep(token: string): void {
		// Without a lifetime, nobody could tell when to stop using it.
		if (this.#stored === token || claimsOf(token) === null) return;
		this.#stored = token;
		if (this.#plain) this.#sessions.keep(this.#issuer, this.#plain, token);
	}

	async #refuseKept(token: string): Promise<void> {
		this.#keptRefused = true;
		this.#sessions.forget(this.#issuer, await plainLogin(this.#source), token);
	}

	#forget(pending: Promise<Token>): void {
		if (this.#token === pending) this.#token = null;
	}

	/** One login for all waiting requests; a failed one is dropped, so that the next request tries again. */
	#logIn(): Promise<Token> {
		this.#token ??= this.#newToken().catch(error => {
			this.#token = null;
			throw error;
		});
		return this.#token;
	}

	async #newToken(): Promise<Token> {
		const plain = await plainLogin(this.#source);
		this.#plain = plain;
		const kept = this.#keptRefused ? null : this.#keptToken(plain);
		return kept ?? this.#limit.attempt(plain, () => this.#requestToken(plain));
	}

	async #requestToken({ username, password }: PlainLogin): Promise<Token> {
		const answer = await this.#server.request({
			method: 'POST',
			path: tokenPath,
			// The FAB auth manager rejects it as a form (422).
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ username, password }),
			timeoutMs: loginTimeoutMs,
		});
		if (isGranted(answer)) return this.#read(answer);
		const closed = loginsClosed(answer, this.#server);
		if (closed) throw closed;
		if (answer.status === 401) {
			const open = await this.#openToken();
			if (open) return open;
			throw wrongPassword(this.#server, { username });
		}
		// Airflow 3 responds to unknown paths in JSON; other text is from another program, or Airflow 2.
		if ((answer.status === 404 && wordsOf(answer) !== '') || answer.status === 405) {
			throw new ClientError(
				'unauthorised',
				phrase(
					[
						'Airflow at {address} issues no token for a user name and password ({status})',
						'Airflow({address})가 사용자 이름과 비밀번호로 토큰을 발급하지 않습니다({status})',
					],
					{ address: this.#server.address, status: answer.status },
				),
				phrase([
					'Use the simple or FAB auth manager, or a user that can log in with a password',
					'simple 또는 FAB 인증 관리자를 사용하거나, 비밀번호로 로그인할 수 있는 사용자를 사용하세요',
				]),
				{ httpStatus: answer.status },
			);
		}
		throw problemOf(answer, this.#server.address);
	}

	/** The token of an earlier process, if it has time left; null: none. */
	#keptToken(plain: PlainLogin): Token | null {
		const text = this.#sessions.read(this.#issuer, plain);
		const claims = text === null ? null : claimsOf(text);
		if (text === null || claims === null) return null;
		// By this host's clock: if it is wrong, the server refuses the token, or a login is made too early.
		const leftMs = claims.exp * 1000 - Date.now() - (1 - usedShare) * lifeOf(text);
		return leftMs <= 0 ? null : { text, renewAt: performance.now() + leftMs, isKept: true };
	}

	/**
	 * The token that the simple auth manager issues without a password; null if it issues none. `[core]
	 * simple_auth_manager_all_admins` makes everybody an admin, and then every password is wrong.
	 */
	async #openToken(): Promise<Token | null> {
		const answer = await this.#server.request({ path: tokenPath, timeoutMs: loginTimeoutMs });
		return isGranted(answer) ? this.#read(answer) : null;
	}

	#read({ body }: HttpAnswer): Token {
		const { title, address } = this.#server;
		const { access_token: text } = parseAnswer(title, address, ['token', '토큰'], body, tokenAnswer);
		return { text, renewAt: performance.now() + usedShare * lifeOf(text), isKept: false };
	}
}

function isGranted({ status }: HttpAnswer): boolean {
	return status === 200 || status === 201;
}

/**
 * 401: none, or "Token Expired". 403 is a missing permission, except for a token that this server did not sign: it was
 * restarted with another secret (airflow-core/src/airflow/api_fastapi/core_api/security.py).
 */
function isTokenRefused(answer: HttpAnswer | HttpStream): boolean {
	if ('stream' in answer) return false;
	return answer.status === 401 || (answer.status === 403 && wordsOf(answer) === 'Invalid JWT token');
}
