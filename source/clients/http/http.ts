import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Dispatcher, Pool } from 'undici';
import { describe } from '../../model/failures/described-error.ts';
import { ClientError, connectionProblem } from '../../model/failures/failure.ts';
import type { Failure } from '../../model/source.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import { phrase } from '../../words/message.ts';
import { isRedirect, movedTo, redirectWords } from '../redirect.ts';
import { SshError } from '../ssh/ssh-error.ts';
import { authorityOf, connectorThrough, type SshRoute } from './ssh-connector.ts';

export type HttpAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
	/** Path of the request, below the base address. */
	readonly path: string;
	/** Time to the end of the response, ms. */
	readonly answerMs: number;
};

/** A successful response that is read while it arrives; the reader destroys it. */
export type HttpStream = { readonly status: number; readonly stream: Readable };

export type HttpRequest = {
	method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/** Path below the base address, with its query. */
	path: string;
	headers?: Record<string, string>;
	body?: string;
	/** A POST that only reads, such as a search. */
	isRead?: boolean;
	/** Whole-answer timeout, ms. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
};

/**
 * The target of requests. A guessed address may be anybody's: it receives neither credentials nor changes. An unknown
 * one receives nothing.
 */
export type HttpTarget =
	| { readonly url: string; readonly isGuess?: boolean; readonly through?: SshRoute | undefined }
	/** Every request fails with this. */
	| { readonly unknown: Failure };

/** Times in ms; `timeout` ends the whole response, null: it may last. */
type Limits = { readonly timeoutMs: number; readonly timeout: AbortSignal | null; readonly silenceMs: number };

/** A larger response is not from a server that laketop supports. */
const answerLimitBytes = 32 * 1024 * 1024;

/**
 * HTTP to one server: keep-alive connections, limits on time and size of every response, failures in words. A redirect
 * is an ordinary response; none is followed. Knows nothing about the server's content.
 */
export class HttpServer {
	/** The server's name, for messages. */
	readonly title: string;
	/** The address without credentials, for messages; empty if unknown. */
	readonly address: string;
	/** Nothing says that this server belongs to the stack. */
	readonly isGuess: boolean;
	#isClosed = false;
	/** The Host header, if it is not that of the address. */
	readonly #authority: Readonly<Record<string, string>>;
	/** The reason why every request fails if the address is unknown or invalid. */
	readonly #connection: { readonly origin: string; readonly options: Pool.Options; readonly prefix: string } | Failure;
	/** Made for the first request. */
	#pool: Promise<Pool> | undefined;

	/** An invalid address fails with each request: it may come from what a server reports about itself. */
	constructor(title: string, target: string | HttpTarget, maxResponseSize: number = answerLimitBytes) {
		this.title = title;
		this.isGuess = typeof target !== 'string' && 'isGuess' in target && target.isGuess === true;
		if (typeof target !== 'string' && 'unknown' in target) {
			this.address = '';
			this.#authority = {};
			this.#connection = target.unknown;
			return;
		}
		const baseUrl = typeof target === 'string' ? target : target.url;
		const url = URL.parse(baseUrl);
		const prefix = url?.pathname.replace(/(?<!\/)\/+$/, '') ?? '';
		this.address = url === null ? cleanText(baseUrl) : `${url.origin}${prefix}`;
		const { through } = typeof target === 'string' ? {} : target;
		// What a program on that host would send: MLflow rejects names that it does not know.
		this.#authority = through === undefined ? {} : { host: authorityOf(through.to) };
		const connecting = through === undefined ? { connectTimeout: 5000 } : { connect: connectorThrough(through) };
		const options = { connections: 4, ...connecting, keepAliveTimeout: 30_000, maxResponseSize };
		this.#connection =
			url !== null && /^https?:$/.test(url.protocol)
				? { origin: url.origin, options, prefix }
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
	 * Sends a request. Throws ClientError if there is no HTTP response (any status is a response), and before sending
	 * if the address is unknown, or is a guess and the request holds a credential or would change something.
	 */
	async request(request: HttpRequest): Promise<HttpAnswer> {
		const timeoutMs = request.timeoutMs ?? 10_000;
		const timeout = AbortSignal.timeout(timeoutMs);
		const startedAt = performance.now();
		const limits = { timeoutMs, timeout, silenceMs: timeoutMs };
		return this.#failing(request, limits, async () =>
			this.#read(request, await this.#send(request, limits), startedAt),
		);
	}

	/**
	 * Sends a request whose response lasts as long as what it reports, and resolves at its beginning. Only the time to
	 * that beginning is limited, and the silence between two pieces; `stream` fails after it. An unsuccessful response is
	 * read whole. Throws as `request`.
	 *
	 * @param silenceMs longest silence, ms
	 */
	async stream(request: HttpRequest, silenceMs: number): Promise<HttpAnswer | HttpStream> {
		const timeoutMs = request.timeoutMs ?? 10_000;
		const startedAt = performance.now();
		const limits = { timeoutMs, timeout: null, silenceMs };
		return this.#failing(request, limits, async () => {
			const response = await this.#send(request, limits);
			const { statusCode: status, body } = response;
			return status >= 200 && status < 300 ? { status, stream: body } : this.#read(request, response, startedAt);
		});
	}

	/** Throws ClientError before sending if the server must not get the request. */
	async #send(request: HttpRequest, { timeoutMs, timeout, silenceMs }: Limits): Promise<Dispatcher.ResponseData> {
		const connection = this.#connection;
		if ('kind' in connection) throw ClientError.of(connection);
		if (this.isGuess && !isHarmless(request)) throw this.guessed();
		const signals = [request.signal, timeout].filter(signal => signal != null);
		this.#pool ??= poolOf(connection.origin, connection.options);
		const pool = await this.#pool;
		if (this.#isClosed) throw this.#left();
		return pool.request({
			method: request.method ?? 'GET',
			path: `${connection.prefix}${request.path}`,
			headers: {
				accept: 'application/json',
				'user-agent': `laketop/${LAKETOP_VERSION}`,
				...this.#authority,
				...request.headers,
			},
			body: request.body ?? null,
			signal: signals.length > 0 ? AbortSignal.any(signals) : null,
			headersTimeout: timeoutMs,
			bodyTimeout: silenceMs,
		});
	}

	async #read(request: HttpRequest, response: Dispatcher.ResponseData, startedAt: number): Promise<HttpAnswer> {
		const body = await response.body.text();
		// A request on its way when the stack turned out to be elsewhere belongs to another server.
		if (this.#isClosed) throw this.#left();
		const { statusCode: status, headers } = response;
		return { status, headers, body, path: request.path, answerMs: performance.now() - startedAt };
	}

	#left(): ClientError {
		const { title, address } = this;
		const words = phrase(
			[
				'{title} at {address} is no longer part of the stack',
				'{title}({address})은(는) 더 이상 이 스택의 서버가 아닙니다',
			],
			{ title, address },
		);
		return new ClientError('lost', words);
	}

	/** A failure of the connection, or the end of the time, as ClientError. */
	async #failing<Answer>(
		{ signal }: HttpRequest,
		{ timeoutMs, timeout }: Limits,
		work: () => Promise<Answer>,
	): Promise<Answer> {
		try {
			return await work();
		} catch (error) {
			if (signal?.aborted || error instanceof ClientError) throw error;
			if (timeout?.aborted) {
				const words = phrase(
					[
						'{title} at {address} did not answer within {timeoutMs:precise}',
						'{title}({address})이(가) {timeoutMs:precise} 안에 응답하지 않았습니다',
					],
					{ title: this.title, address: this.address, timeoutMs },
				);
				throw new ClientError('timeout', words);
			}
			throw this.lost(error);
		}
	}

	/** A broken connection as a failure. */
	lost(error: unknown): ClientError {
		const { kind, words, code } = connectionProblem(error) ?? {
			// An error of ssh comes before anything is sent.
			kind: error instanceof SshError ? ('unreachable' as const) : ('protocol' as const),
			words: describe(error),
		};
		return new ClientError(
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

	/** Why a guessed server does not get this request. */
	guessed(): ClientError {
		return new ClientError(
			'unconfigured',
			phrase(
				[
					'The {title} address {address} is a guess: laketop sends it no credentials and no changes',
					'{title} 주소 {address}은(는) 추정한 주소입니다. 자격 증명이나 변경 요청을 보내지 않습니다',
				],
				{ title: this.title, address: this.address },
			),
			phrase(
				[
					'If it is yours, pass --{option}-url {address}',
					'이 스택의 주소가 맞으면 --{option}-url {address}을(를) 지정하세요',
				],
				{ option: this.title.toLowerCase(), address: this.address },
			),
		);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		await (await this.#pool)?.destroy();
	}
}

/** Connections to one server. undici takes 30 ms to load: the first screen, whose turn it may be, comes before it. */
async function poolOf(origin: string, options: Pool.Options): Promise<Pool> {
	await nextTurn();
	const { Pool: Connections } = await import('undici');
	return new Connections(origin, options);
}

/** Whether a request may be sent to a server that may be anybody's. */
function isHarmless({ method = 'GET', headers = {}, isRead = method === 'GET' }: HttpRequest): boolean {
	return isRead && !Object.keys(headers).some(name => /^(authorization|proxy-authorization|cookie)$/i.test(name));
}

/** The failure of a response that redirects the client; undefined for any other. */
export function redirectProblem(answer: HttpAnswer, title: string, address: string): ClientError | undefined {
	const { status, headers, path } = answer;
	if (!isRedirect(status)) return undefined;
	const option = title.toLowerCase();
	const moved = movedTo(headers.location, address, path);
	return new ClientError(
		'protocol',
		phrase(['{title} at {address} {words}', '{title}({address}): {words}'], {
			title,
			address,
			words: redirectWords(status, headers.location, address),
		}),
		moved === null
			? phrase(
					[
						'Set --{option}-url ({option}.url) to an address where {title} itself answers, without a proxy or login page in front',
						'프록시나 로그인 페이지를 거치지 않는 {title} 주소를 --{option}-url({option}.url)에 지정하세요',
					],
					{ option, title },
				)
			: phrase(
					[
						'Set --{option}-url {moved} ({option}.url in laketop.yaml)',
						'--{option}-url {moved}(laketop.yaml의 {option}.url)을(를) 지정하세요',
					],
					{ option, moved },
				),
		{ httpStatus: status },
	);
}
