import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Duplex } from 'node:stream';
import * as z from 'zod/mini';
import { DescribedError } from '../../model/failures/described-error.ts';
import { outsideText } from '../../model/text/outside-text.ts';
import { phrase } from '../../words/message.ts';
import { waitAsked } from '../http/retry-after.ts';
import { JsonTooLarge, parseOutsideJson } from '../outside-json.ts';
import { isRedirect, redirectWords } from '../redirect.ts';
import type { EngineConnection } from './docker-transport.ts';

/** What dockerode requests of its transport; the names are dockerode's. Source: dockerode, lib/*.js. */
export type DialOptions = {
	/** If it ends in `?`, `options` is the query, else the body. */
	readonly path: string;
	readonly method: string;
	readonly options?: unknown;
	readonly abortSignal?: AbortSignal | undefined;
	/** The response is passed on as a stream as soon as its headers have arrived. */
	readonly isStream?: boolean | undefined;
	/** The connection itself is passed on. */
	readonly hijack?: boolean | undefined;
};

type Callback = (error: unknown, answer: unknown) => void;

/** The engine responded with an error status. */
export class EngineStatusError extends Error {
	override name = 'EngineStatusError';
	readonly statusCode: number;
	/** The wait that the response asks for, ms: proxies of the socket limit requests. */
	readonly retryAfterMs: number | undefined;

	/**
	 * @param message in the engine's words; may be empty
	 * @param more `cause`: Podman's class of the error; Docker has none
	 */
	constructor(
		statusCode: number,
		message: string,
		more: { readonly cause?: string | undefined; readonly retryAfterMs?: number | undefined } = {},
	) {
		super(message, { cause: more.cause });
		this.statusCode = statusCode;
		this.retryAfterMs = more.retryAfterMs;
	}
}

/** Something responded, but not as an engine does. */
export class EngineProtocolError extends DescribedError {
	override name = 'EngineProtocolError';
}

const megabyte = 1024 * 1024;

/**
 * Maximum bytes of a response: a list of 10,000 containers has 20 MB, and a container's inspection 100 kB at most.
 * Other responses have a few kB.
 */
const answerLimits: readonly (readonly [path: RegExp, bytes: number])[] = [
	[/\/(containers\/json|networks|system\/df)$/, 32 * megabyte],
	[/\/(containers|images)\/.+\/(json|top)$/, 8 * megabyte],
];
const defaultLimit = megabyte;
const complaintLimit = 64 * 1024;

/** An engine sends at most one interim response (100 Continue). */
const interimLimit = 16;

/** Errors of a request on a kept connection that the engine had closed meanwhile. */
const closedCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE']);

/**
 * The transport under dockerode: one request per call over `node:http`. Unlike docker-modem it follows no redirects,
 * limits the size of every response, and ends with an error whatever happens to the connection.
 */
export class EngineModem {
	// dockerode's name; it creates its promises with it.
	Promise = Promise;
	/** Such as `1.41`; undefined: the engine's own. */
	apiVersion: string | undefined;
	readonly #connection: EngineConnection;

	constructor(connection: EngineConnection) {
		this.#connection = connection;
	}

	/** Sends a request; calls back once, with an error or with the response: parsed JSON, text, or a stream. */
	dial(options: DialOptions, callback: Callback): void {
		let isSettled = false;
		const settle: Callback = (error, answer) => {
			if (isSettled) return;
			isSettled = true;
			callback(error, answer);
		};
		try {
			this.#send(options, settle, true);
		} catch (error) {
			settle(error, null);
		}
	}

	#send(options: DialOptions, settle: Callback, mayRepeat: boolean): void {
		const { method, abortSignal, isStream = false, hijack = false } = options;
		const { path, body } = this.#message(options);
		const { target, isSecure } = this.#connection;
		if (abortSignal?.aborted) return settle(abortSignal.reason, null);
		const sent: RequestOptions = {
			...target,
			method,
			path,
			headers: {
				...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
				...(hijack ? { connection: 'Upgrade', upgrade: 'tcp' } : {}),
			},
		};
		const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(sent);
		let response: IncomingMessage | null = null;
		let isRepeated = false;
		const abort = () => {
			settle(abortSignal?.reason, null);
			response?.destroy();
			request.destroy();
		};
		abortSignal?.addEventListener('abort', abort, { once: true });
		let interim = 0;
		const countInterim = () => {
			if (++interim > interimLimit)
				request.destroy(new EngineProtocolError(phrase(['too many interim responses', '중간 응답이 너무 많습니다'])));
		};
		request.on('information', countInterim);
		request.on('error', error => {
			const wasClosed = request.reusedSocket && 'code' in error && closedCodes.has(error.code);
			isRepeated = wasClosed && mayRepeat && method === 'GET' && response === null;
			if (isRepeated) this.#send(options, settle, false);
			else settle(error, null);
		});
		request.on('close', () => {
			abortSignal?.removeEventListener('abort', abort);
			// Neither a response nor an error, for example an upgrade that was not requested.
			if (response === null && !isRepeated) settle(connectionClosed(), null);
		});
		if (hijack) {
			request.on('upgrade', (_head, socket, first) => {
				abortSignal?.removeEventListener('abort', abort);
				if (first.length > 0) socket.unshift(first);
				settle(null, socket);
			});
		}
		request.on('response', answer => {
			response = answer;
			// Also after it was passed on: an error without a listener would end the program.
			answer.on('error', () => undefined);
			const status = answer.statusCode ?? 0;
			if (status < 200 || status >= 300) return this.#refused(status, answer, settle);
			if (hijack) return settle(null, Duplex.from({ readable: answer, writable: request }));
			if (isStream) return settle(null, answer);
			readBody(answer, limitOf(path), (error, bytes) => {
				if (bytes === null) return settle(error, null);
				try {
					settle(error, contentOf(bytes));
				} catch (problem) {
					if (!(problem instanceof JsonTooLarge)) throw problem;
					settle(new EngineProtocolError(problem.description), null);
				}
			});
		});
		if (body !== null) request.write(body);
		if (!hijack) request.end();
	}

	#refused(status: number, answer: IncomingMessage, settle: Callback): void {
		if (isRedirect(status)) {
			answer.destroy();
			return settle(new EngineProtocolError(redirectWords(status, answer.headers.location, '')), null);
		}
		readBody(answer, complaintLimit, (error, bytes) => {
			const { message, cause } = bytes === null ? noComplaint : complaintIn(bytes);
			const wait = waitAsked({ status, headers: answer.headers });
			settle(error ?? new EngineStatusError(status, message, { cause, retryAfterMs: wait }), null);
		});
	}

	#message({ path, method, options }: DialOptions): { path: string; body: string | null } {
		const given = fieldsOf(options);
		const version = this.apiVersion === undefined ? '' : `/v${this.apiVersion}`;
		const hasQuery = path.endsWith('?');
		const query = hasQuery ? queryOf(given) : '';
		const full = `${version}${hasQuery ? path.slice(0, -1) : path}${query === '' ? '' : `?${query}`}`;
		return { path: full, body: method === 'POST' && !hasQuery && given.length > 0 ? jsonOf(given) : null };
	}
}

type Fields = readonly (readonly [name: string, value: unknown])[];

/** The options to send, without the signal, which dockerode leaves among them. */
function fieldsOf(options: unknown): Fields {
	if (typeof options !== 'object' || options === null) return [];
	return Object.entries(options).filter(([name, value]) => name !== 'abortSignal' && value !== undefined);
}

function queryOf(given: Fields): string {
	const query = new URLSearchParams();
	for (const [name, value] of given) {
		for (const one of Array.isArray(value) ? value : [value])
			query.append(name, typeof one === 'object' ? JSON.stringify(one) : String(one));
	}
	return query.toString();
}

function jsonOf(given: Fields): string {
	return JSON.stringify(Object.fromEntries(given));
}

function limitOf(path: string): number {
	const bare = path.split('?', 1)[0] ?? path;
	return answerLimits.find(([pattern]) => pattern.test(bare))?.[1] ?? defaultLimit;
}

/** Reads a response to its end, with a limit on its size. */
function readBody(answer: IncomingMessage, limit: number, then: (error: unknown, bytes: Buffer | null) => void): void {
	const chunks: Buffer[] = [];
	let length = 0;
	answer.on('data', (chunk: Buffer) => {
		length += chunk.length;
		if (length > limit) {
			chunks.length = 0;
			answer.destroy();
			then(
				new EngineProtocolError(
					phrase(['the response is larger than {size}', '응답이 {size}보다 큽니다'], { size: sizeInWords(limit) }),
				),
				null,
			);
		} else chunks.push(chunk);
	});
	answer.on('end', () => then(null, Buffer.concat(chunks)));
	answer.on('error', error => then(error, null));
	answer.on('close', () => then(connectionClosed(), null));
}

function sizeInWords(bytes: number): string {
	return bytes < megabyte ? `${bytes / 1024} kB` : `${bytes / megabyte} MB`;
}

/** Parsed if it is JSON, else as text. Throws JsonTooLarge. */
function contentOf(bytes: Buffer): unknown {
	const text = textOf(bytes);
	try {
		return parseOutsideJson(text);
	} catch (error) {
		if (error instanceof JsonTooLarge) throw error;
		return text;
	}
}

/** A byte order mark is not part of a text (RFC 8259, 8.1, allows readers to ignore it). */
function textOf(bytes: Buffer): string {
	return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

export const complaint = z.object({ message: outsideText, cause: z.optional(outsideText) });
const noComplaint: z.infer<typeof complaint> = { message: '' };

function complaintIn(bytes: Buffer): z.infer<typeof complaint> {
	try {
		const found = complaint.safeParse(contentOf(bytes)).data ?? noComplaint;
		return { ...found, message: found.message.trim() };
	} catch (error) {
		if (error instanceof JsonTooLarge) return noComplaint;
		throw error;
	}
}

function connectionClosed(): Error {
	return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}
