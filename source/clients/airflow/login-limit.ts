import { ClientError } from '../../model/failures/failure.ts';
import { phrase } from '../../words/message.ts';
import type { HttpAnswer, HttpServer } from '../http/http.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import type { KeptSessions } from './kept-sessions.ts';
import type { PlainLogin } from './plain-login.ts';

/**
 * The default of Airflow 2.6 and newer: five logins within 40 s from one address, failed ones included, then 429 without
 * Retry-After (`[webserver] auth_rate_limit`, a fixed window of Flask-Limiter).
 */
const windowMs = 40_000;
/** A longer wait would hide for too long that logins are accepted again. */
const longestPauseMs = 5 * 60_000;
/**
 * Shortest time between two attempts with the same refused login, ms: at most two of the five that Airflow accepts, which
 * leaves the others to the people at the same address.
 */
const refusalPauseMs = 20_000;

/** The failure of a login that the server does not accept for now (429); undefined for any other response. */
export function loginsClosed(
	{ status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
	server: Pick<HttpServer, 'address'>,
): ClientError | undefined {
	if (status !== 429) return undefined;
	return tooManyLogins(server, Math.min(longestPauseMs, retryAfterMs(headers['retry-after'], Date.now()) ?? windowMs));
}

/** Nothing is known of the password. */
function tooManyLogins({ address }: Pick<HttpServer, 'address'>, pauseMs: number): ClientError {
	return new ClientError(
		'unauthorised',
		phrase(
			[
				'Airflow at {address} refuses logins for now: too many within a short time (429)',
				'Airflow({address})가 당분간 로그인을 거부합니다. 짧은 시간에 로그인이 너무 많았습니다(429)',
			],
			{ address },
		),
		phrase(
			[
				'Wait {pause:duration}, and check user name and password: failed logins count too',
				'{pause:duration} 기다리고 사용자 이름과 비밀번호를 확인하세요. 실패한 로그인도 횟수에 포함됩니다',
			],
			{ pause: pauseMs },
		),
		{ httpStatus: 429, code: 'too-many-logins', retryAfterMs: pauseMs },
	);
}

export function isTooManyLogins(error: unknown): error is ClientError {
	return error instanceof ClientError && error.failure.code === 'too-many-logins';
}

/**
 * Keeps logins within what the server accepts. A refused one is not repeated with every request: each attempt counts, and
 * costs the server a password hash. After a 429 this host makes none for a while, whichever process it was.
 */
export class LoginLimit {
	readonly #server: HttpServer;
	readonly #address: string;
	readonly #sessions: KeptSessions;
	#refused: { readonly login: PlainLogin; readonly error: ClientError; readonly until: number } | null = null;

	/** @param address where logins are sent: its limit is its own */
	constructor(server: HttpServer, address: string, sessions: KeptSessions) {
		this.#server = server;
		this.#address = address;
		this.#sessions = sessions;
	}

	/** Makes a login if it has a chance, and remembers its refusal. Throws as `logIn`, and what was remembered. */
	async attempt<Result>(login: PlainLogin, logIn: () => Promise<Result>): Promise<Result> {
		const refused = this.#refused;
		const isSame = refused?.login.username === login.username && refused.login.password === login.password;
		if (refused && isSame && performance.now() < refused.until) throw refused.error;
		const closedMs = this.#sessions.closedUntil(this.#address) - Date.now();
		// A longer one was written when the clock was ahead.
		if (closedMs > 0 && closedMs <= longestPauseMs) throw tooManyLogins(this.#server, closedMs);
		try {
			return await logIn();
		} catch (error) {
			if (isTooManyLogins(error)) {
				this.#sessions.close(this.#address, Date.now() + (error.failure.retryAfterMs ?? 0));
			} else if (error instanceof ClientError && error.failure.kind === 'unauthorised') {
				this.#refused = { login, error, until: performance.now() + refusalPauseMs };
			}
			throw error;
		}
	}
}
