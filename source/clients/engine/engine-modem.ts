import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Duplex } from 'node:stream';
import * as z from 'zod/mini';
import { DescribedError } from '../../model/described-error.ts';
import { outsideText } from '../../model/outside-text.ts';
import { phrase } from '../../words/message.ts';
import { JsonTooLarge, parseOutsideJson } from '../outside-json.ts';
import { isRedirect, redirectWords } from '../redirect.ts';
import type { EngineConnection } from './docker-transport.ts';

/** What dockerode asks of its transport; the names are dockerode's. Source: dockerode, lib/*.js. */
export type DialOptions = {
	/** With its query where it ends in `?`: `options` is the query then, else the body. */
	readonly path: string;
	readonly method: string;
	readonly options?: unknown;
	readonly abortSignal?: AbortSignal | undefined;
	/** The answer is handed over as a stream as soon as its headers are there. */
	readonly isStream?: boolean | undefined;
	/** The connection itself is handed over. */
	readonly hijack?: boolean | undefined;
};

type Callback = (error: unknown, answer: unknown) => void;

/** The engine answered with a status that is no success. */
export class EngineStatusError extends Error {
	override name = 'EngineStatusError';
	readonly statusCode: number;

	/** @param message in the engine's words; empty where it gave none. */
	constructor(statusCode: number, message: string) {
		super(message);
		this.statusCode = statusCode;
	}
}

/** Something answered, but not as an engine does. */
export class EngineProtocolError extends DescribedError {
	override name = 'EngineProtocolError';
}

const megabyte = 1024 * 1024;

/**
 * Bytes of an answer that are read: 10,000 containers list as 20 MB, and one container's inspection is 100 kB at the
 * most. Whatever else is asked for is a few kB.
 */
const answerLimits: readonly (readonly [path: RegExp, bytes: number])[] = [
	[/\/(containers\/json|networks|system\/df)$/, 32 * megabyte],
	[/\/(containers|images)\/.+\/(json|top)$/, 8 * megabyte],
];
const usualLimit = megabyte;
const complaintLimit = 64 * 1024;

/** An engine sends one interim answer at the most (100 Continue). */
const interimLimit = 16;

/** What becomes of a request on a connection that was kept open, and that the engine had closed by then. */
const closedCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE']);

/**
 * The transport beneath dockerode: one request a call over `node:http`. Unlike docker-modem it follows no redirects,
 * limits the size of every answer, and ends with an error whatever happens to the connection.
 */
export class EngineModem {
	// dockerode's name; it makes its promises with it.
	Promise = Promise;
	/** Such as `1.41`; undefined: the engine's own. */
	apiVersion: string | undefined;
	readonly #connection: EngineConnection;

	constructor(connection: EngineConnection) {
		this.#connection = connection;
	}

	/** Sends a request; calls back once, with an error or with the answer: parsed JSON, text, a stream. */
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
			// Without an answer and without an error: an upgrade that nobody asked for, for example.
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
			// Also after it was handed over: an error that nobody listens to would end the program.
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
			settle(error ?? new EngineStatusError(status, bytes === null ? '' : complaintIn(bytes)), null);
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

/** What is to be sent of a call's options: its signal, which dockerode leaves among them, is not. */
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
	return answerLimits.find(([pattern]) => pattern.test(bare))?.[1] ?? usualLimit;
}

/** Reads an answer to its end, of so many bytes at the most. */
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

/** Parsed where it is JSON; as text where it is not. Throws JsonTooLarge. */
function contentOf(bytes: Buffer): unknown {
	const text = textOf(bytes);
	try {
		return parseOutsideJson(text);
	} catch (error) {
		if (error instanceof JsonTooLarge) throw error;
		return text;
	}
}

/** A byte order mark is no part of a text (RFC 8259, 8.1, lets a reader ignore it). */
function textOf(bytes: Buffer): string {
	return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

export const complaint = z.object({ message: outsideText });

function complaintIn(bytes: Buffer): string {
	try {
		return complaint.safeParse(contentOf(bytes)).data?.message.trim() ?? '';
	} catch (error) {
		if (error instanceof JsonTooLarge) return '';
		throw error;
	}
}

function connectionClosed(): Error {
	return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}
