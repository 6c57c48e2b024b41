import { Pool } from 'undici';
import type * as z from 'zod/mini';
import { cleanText } from '../model/clean-text.ts';
import { ClientError, connectionProblem } from './failure.ts';

export type HttpAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
	/** Time to the end of the answer, ms. */
	readonly answerMs: number;
};

export type HttpRequest = {
	method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Path below the base address, with its query. */
	path: string;
	headers?: Record<string, string>;
	body?: string;
	/** Whole-answer timeout, ms. */
	timeoutMs?: number;
	signal?: AbortSignal | undefined;
};

/** An answer larger than this is not one of the servers that laketop speaks to. */
const answerLimitBytes = 32 * 1024 * 1024;

/**
 * HTTP to one server: keep-alive connections, a bound on time and size of every answer, errors in words. A redirect is an
 * answer like any other; none is followed. Knows nothing of what the server serves.
 */
export class HttpServer {
	/** What people call the server, for messages. */
	readonly title: string;
	/** The address without credentials, for messages. */
	readonly address: string;
	/** null where the address is none. */
	readonly #pool: Pool | null;
	readonly #prefix: string;

	/** An address that is none is said with each request: it may come from what a server says of itself. */
	constructor(title: string, baseUrl: string, maxResponseSize: number = answerLimitBytes) {
		this.title = title;
		const url = URL.parse(baseUrl);
		this.#prefix = url?.pathname.replace(/\/+$/, '') ?? '';
		this.address = url === null ? cleanText(baseUrl) : `${url.origin}${this.#prefix}`;
		const options = { connections: 4, connectTimeout: 5000, keepAliveTimeout: 30_000, maxResponseSize };
		this.#pool = url !== null && /^https?:$/.test(url.protocol) ? new Pool(url.origin, options) : null;
	}

	/** Sends a request. Throws ClientError where no HTTP answer came; any status is an answer. */
	async request(request: HttpRequest): Promise<HttpAnswer> {
		if (this.#pool === null)
			throw new ClientError('unconfigured', `${this.title}: ${this.address} is not a web address`);
		const timeoutMs = request.timeoutMs ?? 10_000;
		const timeout = AbortSignal.timeout(timeoutMs);
		const startedAt = performance.now();
		try {
			const response = await this.#pool.request({
				method: request.method ?? 'GET',
				path: `${this.#prefix}${request.path}`,
				headers: { accept: 'application/json', 'user-agent': `laketop/${LAKETOP_VERSION}`, ...request.headers },
				body: request.body ?? null,
				signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
				headersTimeout: timeoutMs,
				bodyTimeout: timeoutMs,
			});
			const body = await response.body.text();
			return { status: response.statusCode, headers: response.headers, body, answerMs: performance.now() - startedAt };
		} catch (error) {
			if (request.signal?.aborted) throw error;
			if (timeout.aborted) {
				throw new ClientError(
					'timeout',
					`${this.title} at ${this.address} gave no answer within ${timeoutMs / 1000} s`,
				);
			}
			const problem = connectionProblem(error) ?? {
				kind: 'protocol' as const,
				words: error instanceof Error ? error.message : String(error),
			};
			throw new ClientError(problem.kind, `${this.title} at ${this.address}: ${problem.words}`);
		}
	}

	async close(): Promise<void> {
		await this.#pool?.destroy();
	}
}

/** What an answer is that sends the client elsewhere; undefined for any other. */
export function redirectProblem({ status }: HttpAnswer, title: string, address: string): ClientError | undefined {
	if (status < 300 || status >= 400 || status === 304) return undefined;
	return new ClientError(
		'protocol',
		`${title} at ${address} redirects elsewhere (status ${status}), and redirects are not followed`,
		`Check the address of ${title}`,
		status,
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
		json = JSON.parse(body);
	} catch {
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
