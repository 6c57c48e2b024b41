import type * as z from 'zod/mini';
import type { ClientError } from '../../model/failures/failure.ts';
import { type Secret, secretText } from '../../model/secrets/secret.ts';
import { inPath } from '../../model/text/outside-id.ts';
import type { Text } from '../../words/language.ts';
import { CutLists, type OnCut } from '../cut-lists.ts';
import { GivenToken } from '../given-token.ts';
import { AnswerReader } from '../http/answer-reader.ts';
import { type HttpAnswer, type HttpRequest, HttpServer, type HttpStream, type HttpTarget } from '../http/http.ts';
import { orAborted } from '../or-aborted.ts';
import { problemOf } from './problem.ts';
import { RefusedLogin } from './refused-login.ts';

/** MLflow hashes the password of each request: 7.4 s were measured on a busy machine (3.17.2, load average 35). */
const passwordTimeoutMs = 20_000;

/** A response of any size (undici, `maxResponseSize`): it is read while it arrives. */
const anySize = -1;

/** Entries of a page: the most that MLflow sends of registered models (mlflow/store/model_registry/__init__.py). */
const perPage = 1000;
/** Maximum pages to follow: 10,000 entries are more than a screen can use. */
const pagesFollowed = 10;

export type MlflowCredentials = {
	readonly username?: string | undefined;
	readonly password?: Secret | undefined;
	readonly token?: Secret | undefined;
};

/** Requests to one MLflow server: credentials, answers, errors, pages of lists. Every method throws ClientError. */
export class MlflowSession {
	readonly #server: HttpServer;
	/** The same for files, which may be larger than any answer. */
	readonly #files: HttpServer;
	readonly #credentials: MlflowCredentials;
	readonly #token: GivenToken | null;
	readonly #refusedLogin = new RefusedLogin();
	readonly #cuts: CutLists;
	readonly #answers = new AnswerReader('MLflow');

	constructor(target: string | HttpTarget, credentials: MlflowCredentials = {}, onCut?: OnCut) {
		this.#cuts = new CutLists('mlflow', onCut);
		this.#server = new HttpServer('MLflow', target);
		this.#files = new HttpServer('MLflow', target, anySize);
		// Somebody else's server may respond at a guessed address.
		this.#credentials = this.#server.isGuess ? {} : credentials;
		const { token } = this.#credentials;
		this.#token = token ? new GivenToken(token) : null;
	}

	get address(): string {
		return this.#server.address;
	}

	/** Whether each request carries a user and a password, which MLflow hashes each time: 1 to 2.5 s of CPU (3.17). */
	get sendsPassword(): boolean {
		const { username, token } = this.#credentials;
		return !token && Boolean(username);
	}

	/** An answer of any size, read while it arrives; `silenceMs`: longest pause between two parts. */
	async stream(request: HttpRequest, silenceMs: number): Promise<HttpAnswer | HttpStream> {
		if (this.#token !== null) return this.#token.stream(this.#files, request, silenceMs);
		const authorization = await orAborted(request.signal, this.#authorization());
		return this.#files.stream({ ...request, headers: { ...authorization, ...request.headers } }, silenceMs);
	}

	async send(request: HttpRequest): Promise<HttpAnswer> {
		const type: Record<string, string> = request.body ? { 'content-type': 'application/json' } : {};
		const typed = { ...request, headers: { ...type, ...request.headers } };
		if (this.#token !== null) return this.#token.send(this.#server, typed);
		const authorization = await orAborted(request.signal, this.#authorization());
		const patience = this.sendsPassword ? { timeoutMs: passwordTimeoutMs } : {};
		return this.#refusedLogin.answer(authorization.authorization, () =>
			this.#server.request({ ...typed, ...patience, headers: { ...authorization, ...typed.headers } }),
		);
	}

	/** Only without a token. Without a user, nothing is sent. */
	async #authorization(): Promise<Record<string, string>> {
		const { username, password = '' } = this.#credentials;
		if (!username) return {};
		const pair = Buffer.from(`${username}:${await secretText(password)}`);
		return { authorization: `Basic ${pair.toString('base64')}` };
	}

	/** Throws ClientError for an unsuccessful answer, and for one that is not what was asked for. */
	parse<Output>(answer: HttpAnswer, what: Text, schema: z.ZodMiniType<Output>): Output {
		if (answer.status >= 200 && answer.status < 300) {
			return this.#answers.read(this.address, answer, what, schema);
		}
		throw this.problemOf(answer);
	}

	problemOf(answer: HttpAnswer): ClientError {
		return problemOf(answer, this.address, this.sendsPassword ? this.#credentials.username : undefined);
	}

	/** The pages of a list, in order. What is beyond the pages followed is reported (`CutLists`). */
	async pages<Page extends { readonly next_page_token: string | null }>(
		path: string,
		what: Text,
		schema: z.ZodMiniType<Page>,
		signal: AbortSignal | undefined,
	): Promise<Page[]> {
		const pages: Page[] = [];
		let token: string | null = null;
		do {
			const more: string = token === null ? '' : `&page_token=${inPath(token)}`;
			const page: Page = this.parse(await this.send({ path: path + more, signal }), what, schema);
			pages.push(page);
			token = page.next_page_token || null;
		} while (token !== null && pages.length < pagesFollowed);
		const shown = pages.length * perPage;
		this.#cuts.note(what, null, shown, token === null ? shown : null);
		return pages;
	}

	/** Reports a list of the newest entries that has more, which MLflow does not count, or that has no longer. */
	noteNewest(what: Text, shown: number, hasMore: boolean): void {
		this.#cuts.note(what, null, shown, hasMore ? null : shown, true);
	}

	/** A connection that breaks while a stream is read. */
	lost(error: unknown): ClientError {
		return this.#files.lost(error);
	}

	async close(): Promise<void> {
		await Promise.all([this.#server.close(), this.#files.close()]);
	}
}
