import * as z from 'zod/mini';
import { ClientError } from '../../../model/failure.ts';
import { phrase } from '../../../words/message.ts';
import { busyProblem, type HttpAnswer, type HttpRequest, type HttpServer, parseAnswer } from '../../http/http.ts';
import { orAborted } from '../../or-aborted.ts';
import { parseOutsideJson } from '../../outside-json.ts';
import { wrongPassword } from '../airflow-login.ts';
import { kept } from '../kept-sessions.ts';
import { type LoginSource, plainLogin } from '../plain-login.ts';
import { problemOf, wordsOf } from './problem.ts';

const tokenAnswer = z.object({ access_token: kept });
const claimsAnswer = z.object({ iat: z.nullish(z.number()), exp: z.nullish(z.number()) });

/** A password hash of the FAB auth manager takes 1.5 s on an idle host (Airflow 3.3.2). */
const loginTimeoutMs = 20_000;
/** Share of its lifetime for which a token is used. */
const usedShare = 0.9;
/** For a token without a lifetime: an hour. If the server rejects it, it is renewed earlier. */
const assumedLifeMs = 3_600_000;

type Token = {
	readonly text: string;
	/** By `performance.now()`: the clocks of the two hosts need not agree. */
	readonly renewAt: number;
};

/**
 * Requests to Airflow 3 with a JSON Web Token. It is requested with the login at the first request, renewed before it
 * expires, and never leaves this process's memory.
 */
export class TokenSession {
	readonly #server: HttpServer;
	readonly #source: LoginSource;
	#token: Promise<Token> | null = null;

	constructor(server: HttpServer, source: LoginSource) {
		this.#server = server;
		this.#source = source;
	}

	/** Logs in again once if the token is rejected. */
	async request(request: HttpRequest): Promise<HttpAnswer> {
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
			const answer = await this.#server.request({ ...request, headers });
			if (!isTokenRefused(answer) || attempt > 0) return answer;
			this.#forget(pending);
		}
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
		const { username, password } = await plainLogin(this.#source);
		const answer = await this.#server.request({
			method: 'POST',
			path: '/auth/token',
			// The FAB auth manager rejects it as a form (422).
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ username, password }),
			timeoutMs: loginTimeoutMs,
		});
		if (isGranted(answer)) return this.#read(answer);
		const busy = busyProblem(answer, this.#server.title, this.#server.address);
		if (busy) throw busy;
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
						'Airflow({address})가 사용자 이름과 암호로 토큰을 발급하지 않습니다({status})',
					],
					{ address: this.#server.address, status: answer.status },
				),
				phrase([
					'Use the simple or FAB auth manager, or a user that can log in with a password',
					'simple 또는 FAB 인증 관리자를 사용하거나, 암호로 로그인할 수 있는 사용자를 사용하세요',
				]),
				{ httpStatus: answer.status },
			);
		}
		throw problemOf(answer, this.#server.address);
	}

	/**
	 * The token that the simple auth manager issues without a password; null if it issues none. `[core]
	 * simple_auth_manager_all_admins` makes everybody an admin, and then every password is wrong.
	 */
	async #openToken(): Promise<Token | null> {
		const answer = await this.#server.request({ path: '/auth/token', timeoutMs: loginTimeoutMs });
		return isGranted(answer) ? this.#read(answer) : null;
	}

	#read({ body }: HttpAnswer): Token {
		const { title, address } = this.#server;
		const { access_token: text } = parseAnswer(title, address, ['token', '토큰'], body, tokenAnswer);
		return { text, renewAt: performance.now() + usedShare * lifeOf(text) };
	}
}

function isGranted({ status }: HttpAnswer): boolean {
	return status === 200 || status === 201;
}

/**
 * 401: none, or "Token Expired". 403 is a missing permission, except for a token that this server did not sign: it was
 * restarted with another secret (airflow-core/src/airflow/api_fastapi/core_api/security.py).
 */
function isTokenRefused(answer: HttpAnswer): boolean {
	return answer.status === 401 || (answer.status === 403 && wordsOf(answer) === 'Invalid JWT token');
}

/** The remaining lifetime of a token, ms, from its own claims. */
export function lifeOf(token: string): number {
	const [, payload = ''] = token.split('.');
	try {
		const { iat, exp } = claimsAnswer.parse(parseOutsideJson(Buffer.from(payload, 'base64url').toString('utf8')));
		if (typeof exp === 'number' && typeof iat === 'number' && exp > iat) return (exp - iat) * 1000;
	} catch {
		// Not a readable token: only the server knows.
	}
	return assumedLifeMs;
}
