import type * as z from 'zod/mini';
import { ClientError } from '../../model/failures/failure.ts';
import { cleanLines } from '../../model/text/clean-text.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import { CutLists, type OnCut } from '../cut-lists.ts';
import { AnswerReader } from '../http/answer-reader.ts';
import type { HttpAnswer, HttpRequest, HttpServer, HttpStream } from '../http/http.ts';

/** `[api] maximum_page_limit` cuts longer pages silently; 100 is its default in Airflow 2 and 3. */
export const pageLimit = 100;
/** Maximum pages to follow: 10,000 entries are more than a screen can use. */
export const pagesFollowed = 100;
/** The webserver needs a while to change many task instances, ms. */
export const changeTimeoutMs = 30_000;

/** Sends requests as a user. */
export type LoggedIn = { request(request: HttpRequest): Promise<HttpAnswer> };
/** The same for responses that are read while they arrive, see `HttpServer.stream`. */
export type Streaming = LoggedIn & {
	stream(request: HttpRequest, silenceMs: number): Promise<HttpAnswer | HttpStream>;
};

/** Requests to Airflow's REST API, of either generation. Every method throws ClientError. */
export class RestApi<Session extends LoggedIn> {
	readonly server: HttpServer;
	readonly session: Session;
	readonly #problemOf: (answer: HttpAnswer, address: string) => ClientError;
	readonly #answers = new AnswerReader('Airflow');
	readonly cuts: CutLists;

	constructor(
		server: HttpServer,
		session: Session,
		problemOf: (answer: HttpAnswer, address: string) => ClientError,
		onCut?: OnCut,
	) {
		this.cuts = new CutLists('airflow', onCut);
		this.server = server;
		this.session = session;
		this.#problemOf = problemOf;
	}

	get address(): string {
		return this.server.address;
	}

	request(request: HttpRequest): Promise<HttpAnswer> {
		return this.session.request(request);
	}

	async get<Output>(
		path: string,
		schema: z.ZodMiniType<Output>,
		what: Text,
		signal: AbortSignal | undefined,
	): Promise<Output> {
		return this.parse(await this.request({ path, signal }), what, schema);
	}

	async change<Output>(
		method: 'POST' | 'PATCH' | 'PUT',
		path: string,
		body: object,
		schema: z.ZodMiniType<Output>,
		what: Text,
		signal: AbortSignal | undefined,
	): Promise<Output> {
		return this.parse(await this.send(method, path, body, signal), what, schema);
	}

	send(
		method: 'POST' | 'PATCH' | 'PUT',
		path: string,
		body: object,
		signal: AbortSignal | undefined,
	): Promise<HttpAnswer> {
		return this.request({
			method,
			path,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			timeoutMs: changeTimeoutMs,
			signal,
		});
	}

	/** A response that is text, not JSON: the source of a DAG, a whole log. */
	async text(path: string, signal: AbortSignal | undefined, accept = 'text/plain'): Promise<string> {
		return cleanLines(await this.rawText(path, signal, accept));
	}

	/** The same unchanged, including control characters. */
	async rawText(path: string, signal: AbortSignal | undefined, accept: string): Promise<string> {
		const answer = await this.request({ path, headers: { accept }, signal });
		if (answer.status >= 200 && answer.status < 300) return answer.body;
		throw this.#problemOf(answer, this.address);
	}

	/**
	 * Follows `offset` until `total_entries` or `wanted` are reached, because a page may be shorter than requested. What is
	 * beyond the pages followed is reported (`CutLists`), with `of`, what the list belongs to.
	 */
	async pages<Page extends { total_entries: number }, Entry>(
		path: (offset: number) => string,
		schema: z.ZodMiniType<Page>,
		what: Text,
		entriesOf: (page: Page, answer: HttpAnswer) => Entry[],
		signal: AbortSignal | undefined,
		{ wanted = Number.POSITIVE_INFINITY, of = null }: { readonly wanted?: number; readonly of?: string | null } = {},
	): Promise<Entry[]> {
		const all: Entry[] = [];
		for (let page = 0; page < pagesFollowed; page++) {
			const answer = await this.request({ path: path(all.length), signal });
			const read = this.parse(answer, what, schema);
			const entries = entriesOf(read, answer);
			all.push(...entries);
			const isLast = entries.length === 0 || all.length >= Math.min(wanted, read.total_entries);
			if (isLast || page + 1 === pagesFollowed)
				this.cuts.note(what, of, all.length, isLast ? all.length : read.total_entries);
			if (isLast) break;
		}
		return all;
	}

	parse<Output>(answer: HttpAnswer, what: Text, schema: z.ZodMiniType<Output>): Output {
		if (answer.status >= 200 && answer.status < 300) {
			return this.#answers.read(this.address, answer, what, schema);
		}
		throw this.#problemOf(answer, this.address);
	}
}

/** Airflow reports no file for a DAG. */
export function noFile(dag: string): ClientError {
	return new ClientError(
		'not-found',
		phrase(['Airflow reports no file for DAG {dag}', 'Airflow에 DAG {dag}의 파일 정보가 없습니다'], { dag }),
	);
}
