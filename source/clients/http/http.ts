import { Pool } from 'undici';
import type * as z from 'zod/mini';
import { cleanText } from '../../model/clean-text.ts';
import { ClientError, connectionProblem, quotedError } from '../../model/failure.ts';
import type { Failure } from '../../model/source.ts';
import { inSeconds } from '../../words/amounts.ts';
import { phrase } from '../../words/message.ts';
import { JsonTooLarge, parseOutsideJson } from '../outside-json.ts';
import { isRedirect, movedTo, redirectWords } from '../redirect.ts';

export type HttpAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
	/** What was asked for, below the base address. */
	readonly path: string;
	/** Time to the end of the answer, ms. */
	readonly answerMs: number;
};

export type HttpRequest = {
	method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/** Path below the base address, with its query. */
	path: string;
	headers?: Record<string, string>;
	body?: string;
	/** A POST that only reads, as a search does. */
	isRead?: boolean;
	/** Whole-answer timeout, ms. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
};

/**
 * The server that requests go to. A guessed address may be anybody's: it receives neither a credential nor a change. An
 * unknown one receives nothing.
 */
export type HttpTarget =
	| { readonly url: string; readonly isGuess?: boolean }
	/** Every request fails with this. */
	| { readonly unknown: Failure };

/** An answer larger than this is not one of the servers that laketop speaks to. */
const answerLimitBytes = 32 * 1024 * 1024;

/**
 * HTTP to one server: keep-alive connections, a bound on time and size of every answer, errors in words. A redirect is an
 * answer like any other; none is followed. Knows nothing of what the server serves.
 */
export class HttpServer {
	/** What people call the server, for messages. */
	readonly title: string;
	/** The address without credentials, for messages; empty where it is unknown. */
	readonly address: string;
	/** Nothing says that this server is the stack's. */
	readonly isGuess: boolean;
	#isClosed = false;
	/** Why every request fails, where the address is unknown or is none. */
	readonly #connection: { readonly pool: Pool; readonly prefix: string } | Failure;

	/** An address that is none is said with each request: it may come from what a server says of itself. */
	constructor(title: string, target: string | HttpTarget, maxResponseSize: number = answerLimitBytes) {
		this.title = title;
		this.isGuess = typeof target !== 'string' && 'isGuess' in target && target.isGuess === true;
		if (typeof target !== 'string' && 'unknown' in target) {
			this.address = '';
			this.#connection = target.unknown;
			return;
		}
		const baseUrl = typeof target === 'string' ? target : target.url;
		const url = URL.parse(baseUrl);
		const prefix = url?.pathname.replace(/(?<!\/)\/+$/, '') ?? '';
		this.address = url === null ? cleanText(baseUrl) : `${url.origin}${prefix}`;
		const options = { connections: 4, connectTimeout: 5000, keepAliveTimeout: 30_000, maxResponseSize };
		this.#connection =
			url !== null && /^https?:$/.test(url.protocol)
				? { pool: new Pool(url.origin, options), prefix }
				: {
						kind: 'unconfigured',
						message: phrase(
							['{title}: {address} is not a web address', '{title}: {address}은(는) 웹 주소가 아닙니다'],
							{ title, address: this.address },
						),
						fix: null,
					};
	}

	/**
	 * Sends a request. Throws ClientError where no HTTP answer came (any status is an answer), and before anything is sent
	 * where the address is unknown, or is a guess and the request holds a credential or would change something.
	 */
	async request(request: HttpRequest): Promise<HttpAnswer> {
		const connection = this.#connection;
		if ('kind' in connection) throw ClientError.of(connection);
		if (this.isGuess && !isHarmless(request)) throw this.guessed();
		const timeoutMs = request.timeoutMs ?? 10_000;
		const timeout = AbortSignal.timeout(timeoutMs);
		const startedAt = performance.now();
		try {
			const response = await connection.pool.request({
				method: request.method ?? 'GET',
				path: `${connection.prefix}${request.path}`,
				headers: { accept: 'application/json', 'user-agent': `laketop/${LAKETOP_VERSION}`, ...request.headers },
				body: request.body ?? null,
				signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
				headersTimeout: timeoutMs,
				bodyTimeout: timeoutMs,
			});
			const body = await response.body.text();
			// What was on its way when the stack turned out to be elsewhere is of another server.
			if (this.#isClosed) throw new ClientError('lost', `${this.title} at ${this.address} is not asked any more`);
			const { statusCode: status, headers } = response;
			return { status, headers, body, path: request.path, answerMs: performance.now() - startedAt };
		} catch (error) {
			if (request.signal?.aborted || error instanceof ClientError) throw error;
			if (timeout.aborted) {
				throw new ClientError(
					'timeout',
					`${this.title} at ${this.address} gave no answer within ${inSeconds(timeoutMs)}`,
				);
			}
			const { kind, words, code } = connectionProblem(error) ?? {
				kind: 'protocol' as const,
				words: quotedError(error),
			};
			throw new ClientError(
				kind,
				phrase(['{title} at {address}: {words}', '{title}({address}): {words}'], {
					title: this.title,
					address: this.address,
					words,
				}),
				null,
				{ code },
			);
		}
	}

	/** Why a guessed server is not asked this. */
	guessed(): ClientError {
		return new ClientError(
			'unconfigured',
			`The ${this.title} address ${this.address} is a guess: laketop sends it no login and no change`,
			`If it is yours, pass --${this.title.toLowerCase()}-url ${this.address}`,
		);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		if ('pool' in this.#connection) await this.#connection.pool.destroy();
	}
}

/** Whether a request is fit for a server that may be anybody's. */
function isHarmless({ method = 'GET', headers = {}, isRead = method === 'GET' }: HttpRequest): boolean {
	return isRead && !Object.keys(headers).some(name => /^(authorization|proxy-authorization|cookie)$/i.test(name));
}

/** What an answer is that sends the client elsewhere; undefined for any other. */
export function redirectProblem(answer: HttpAnswer, title: string, address: string): ClientError | undefined {
	const { status, headers, path } = answer;
	if (!isRedirect(status)) return undefined;
	const option = title.toLowerCase();
	const moved = movedTo(headers.location, address, path);
	return new ClientError(
		'protocol',
		`${title} at ${address} ${redirectWords(status, headers.location, address)}`,
		moved === null
			? `Set --${option}-url (${option}.url) to an address at which ${title} itself answers, without a proxy or login page before it`
			: `Set --${option}-url ${moved} (${option}.url in laketop.yaml)`,
		{ httpStatus: status },
	);
}

/** What an answer is that says to come back later (429); undefined for any other. */
export function busyProblem({ status }: HttpAnswer, title: string, address: string): ClientError | undefined {
	if (status !== 429) return undefined;
	return new ClientError(
		'busy',
		`${title} at ${address} answers 429: it is busy, or limits requests`,
		'Wait, or raise the request limit of the server or proxy',
		{ httpStatus: status },
	);
}

/** Reads an answer's JSON by a schema. Throws a `protocol` ClientError that names the field which does not fit. */
export function parseAnswer<Output>(
	title: string,
	address: string,
	what: string,
	body: string,
	schema: z.ZodMiniType<Output>,
): Output {
	let json: unknown;
	try {
		json = parseOutsideJson(body);
	} catch (error) {
		if (error instanceof JsonTooLarge)
			throw new ClientError('protocol', `${title} at ${address}: its answer (${what}) ${error.message}`);
		throw new ClientError(
			'protocol',
			`What answers at ${address} is not ${title}: ${what} is no JSON`,
			`Check the address of ${title}`,
		);
	}
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const where = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown';
	throw new ClientError(
		'protocol',
		`What answers at ${address} does not speak as ${title} does: ${what} (${where})`,
		`Check the address of ${title}, and its version`,
	);
}
