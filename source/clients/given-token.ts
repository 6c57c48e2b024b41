import * as z from 'zod/mini';
import { type Secret, secretText } from '../model/secrets/secret.ts';
import { noteSecret } from '../model/secrets/secrets.ts';
import type { HttpAnswer, HttpRequest, HttpServer, HttpStream } from './http/http.ts';
import { orAborted } from './or-aborted.ts';
import { parseOutsideJson } from './outside-json.ts';
import { isRedirect } from './redirect.ts';

/** Share of its lifetime for which a token is used. */
const usedShare = 0.9;
/** For a token without a lifetime: an hour. If the server rejects it, it is renewed earlier. */
const assumedLifeMs = 3_600_000;
/**
 * Shortest time between two renewals, ms: a server that rejects every token must not make laketop run a command with each
 * request.
 */
const renewalPauseMs = 30_000;

const claimsAnswer = z.object({ iat: z.nullish(z.number()), exp: z.nullish(z.number()) });

type Held = {
	readonly text: string;
	/** By `performance.now()`: the clocks of the two hosts need not agree. */
	readonly gotAt: number;
	readonly renewAt: number;
};

/**
 * A token that the user gave, as text, file or command. It is got with the first request, and again before it expires or
 * after a server rejected it. It never leaves this process's memory.
 */
export class GivenToken {
	readonly #secret: Secret;
	#held: Promise<Held> | null = null;

	constructor(secret: Secret) {
		this.#secret = secret;
	}

	/** Sends with the token, and once more with a new one if it was rejected. Throws ClientError as the server does. */
	send(server: HttpServer, request: HttpRequest): Promise<HttpAnswer> {
		return this.#send(server, request, authorised => server.request(authorised));
	}

	/** The same for a response that is read while it arrives, see `HttpServer.stream`. */
	stream(server: HttpServer, request: HttpRequest, silenceMs: number): Promise<HttpAnswer | HttpStream> {
		return this.#send(server, request, authorised => server.stream(authorised, silenceMs));
	}

	async #send<Answer extends HttpAnswer | HttpStream>(
		server: HttpServer,
		request: HttpRequest,
		send: (authorised: HttpRequest) => Promise<Answer>,
	): Promise<Answer> {
		// Before the token is got, which may run a command.
		if (server.isGuess) throw server.guessed();
		const held = await this.#current(request.signal);
		const answer = await send(withToken(request, held.text));
		if ('stream' in answer || !isRejected(answer, held.text)) return answer;
		const other = await this.#renewed(held, request.signal);
		return other.text === held.text ? answer : send(withToken(request, other.text));
	}

	async #current(signal: AbortSignal | undefined): Promise<Held> {
		this.#held ??= this.#get();
		const held = await orAborted(signal, this.#held);
		return performance.now() < held.renewAt ? held : this.#renewed(held, signal);
	}

	/** A token in place of this one; the same if it cannot be another one yet. One renewal for all waiting requests. */
	async #renewed(old: Held, signal: AbortSignal | undefined): Promise<Held> {
		const pending = this.#held;
		const now = pending === null ? old : await orAborted(signal, pending);
		if (now !== old || typeof this.#secret === 'string' || performance.now() - old.gotAt < renewalPauseMs) return now;
		// Of several requests that waited for it, the first one renews.
		const other = this.#held === pending ? null : this.#held;
		return orAborted(signal, other ?? this.#get('again'));
	}

	#get(again?: 'again'): Promise<Held> {
		const getting = secretText(this.#secret, again).then(heldOf);
		this.#held = getting;
		// A failure is dropped, so that the next request tries again.
		getting.catch(() => {
			if (this.#held === getting) this.#held = null;
		});
		return getting;
	}
}

function heldOf(text: string): Held {
	const gotAt = performance.now();
	const [, cookie] = cookieForm.exec(text) ?? [];
	if (cookie !== undefined) noteSecret(cookie);
	return { text, gotAt, renewAt: gotAt + usedShare * remainingLifeOf(text) };
}

/** No bearer token has this form: only its last characters may be `=` (RFC 6750, section 2.1). */
const cookieForm = /^[\w.-]+=([^=\s;][^\s;]*)$/;

function withToken(request: HttpRequest, text: string): HttpRequest {
	const header: Record<string, string> = cookieForm.test(text) ? { cookie: text } : { authorization: `Bearer ${text}` };
	return { ...request, headers: { ...request.headers, ...header } };
}

/**
 * Whether another token may help. Proxies in front of managed servers redirect to a login page or answer 403. Airflow 3
 * answers 403 for a token that it did not sign, and for a missing permission, which no token can add so soon.
 */
function isRejected({ status, body }: HttpAnswer, text: string): boolean {
	if (status === 401 || isRedirect(status)) return true;
	return status === 403 && (cookieForm.test(text) || body.includes('"Invalid JWT token"'));
}

/** How long a token may still be used, ms: a command may print one that it got earlier. */
function remainingLifeOf(token: string): number {
	const life = lifeOf(token);
	const claims = claimsOf(token);
	const remaining = claims === null ? life : claims.exp * 1000 - Date.now();
	// If the clocks differ that much, only the server knows.
	return remaining > 0 ? Math.min(life, remaining) : life;
}

/** The lifetime of a token from its issue, ms, from its own claims. */
export function lifeOf(token: string): number {
	const claims = claimsOf(token);
	return claims === null ? assumedLifeMs : (claims.exp - claims.iat) * 1000;
}

/** When a token was issued and expires, s since the epoch by the server's clock; null: only the server knows. */
export function claimsOf(token: string): { readonly iat: number; readonly exp: number } | null {
	const [, payload = ''] = token.split('.');
	try {
		const { iat, exp } = claimsAnswer.parse(parseOutsideJson(Buffer.from(payload, 'base64url').toString('utf8')));
		return typeof exp === 'number' && typeof iat === 'number' && exp > iat ? { iat, exp } : null;
	} catch {
		return null;
	}
}
