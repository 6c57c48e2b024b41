import type { HttpAnswer } from '../http/http.ts';

/** As for Airflow's refused logins (login-limit.ts): a corrected password on the server is noticed soon enough. */
const refusalPauseMs = 20_000;

/**
 * Remembers that MLflow refused a login (401), so that it is not repeated with every request of every feed: each attempt
 * costs the server a password hash, and a proxy in front of it may lock the account.
 */
export class RefusedLogin {
	#refused: { readonly authorization: string; readonly answer: HttpAnswer; readonly until: number } | null = null;

	/**
	 * The answer to a request with this header: the remembered refusal, else what `ask` resolves with.
	 * @param authorization undefined: the request carries no login
	 */
	async answer(authorization: string | undefined, ask: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
		const refused = this.#refused;
		if (refused && refused.authorization === authorization && performance.now() < refused.until) return refused.answer;
		const answer = await ask();
		if (authorization !== undefined && answer.status === 401)
			this.#refused = { authorization, answer, until: performance.now() + refusalPauseMs };
		return answer;
	}
}
