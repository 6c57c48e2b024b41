import { cleanText } from './clean-text.ts';
import { maskText } from './secrets.ts';
import type { Failure, FailureCode, FailureKind } from './source.ts';

/** What clients throw: it carries what a pane, a headless command or an exit code needs to know. */
export class ClientError extends Error {
	override name = 'ClientError';
	readonly failure: Failure;

	constructor(
		kind: FailureKind,
		message: string,
		fix = '',
		more: { readonly httpStatus?: number | undefined; readonly code?: FailureCode | undefined } = {},
	) {
		super(harmless(message));
		this.failure = {
			kind,
			...(more.code === undefined ? {} : { code: more.code }),
			...(more.httpStatus === undefined ? {} : { httpStatus: more.httpStatus }),
			message: harmless(message),
			fix: harmless(fix),
		};
	}

	/** An error that stands for a known failure. */
	static of({ kind, message, fix, ...more }: Failure): ClientError {
		return new ClientError(kind, message, fix, more);
	}

	/** HTTP status of the answer; null where there was none. */
	get httpStatus(): number | null {
		return this.failure.httpStatus ?? null;
	}
}

/** The failure that an error stands for; what nobody foresaw is a failure of the protocol, with its own words. */
export function failureOf(error: unknown): Failure {
	if (error instanceof ClientError) return error.failure;
	const message = error instanceof Error ? error.message : String(error);
	return { kind: 'protocol', message: harmless(message), fix: '' };
}

/** On one line, of a length that somebody reads, without secrets. */
function harmless(text: string): string {
	return maskText(cleanText(text.slice(0, 4000)));
}

/** The `code` of a Node system error (ECONNREFUSED …), looked for in its causes as well. */
export function systemErrorCode(error: unknown): string | undefined {
	for (let one: unknown = error, depth = 0; one && depth < 5; depth++) {
		if (typeof one !== 'object') return undefined;
		if ('code' in one && typeof one.code === 'string') return one.code;
		if (one instanceof AggregateError) {
			one = one.errors[0];
			continue;
		}
		one = 'cause' in one ? one.cause : undefined;
	}
	return undefined;
}

/** What happened to a connection, by the system's error code. */
export function connectionProblem(
	error: unknown,
): { kind: FailureKind; words: string; code?: FailureCode } | undefined {
	const code = systemErrorCode(error);
	if (error instanceof Error && error.name === 'HTTPParserError' && code !== 'UND_ERR_HEADERS_OVERFLOW') {
		return { kind: 'protocol', words: 'what answers there does not speak HTTP' };
	}
	switch (code) {
		case 'ECONNREFUSED':
			return {
				kind: 'unreachable',
				words: 'nothing listens there (connection refused)',
				code: 'connection-refused',
			};
		case 'ENOENT':
			return { kind: 'unreachable', words: 'there is no such socket' };
		case 'EACCES':
		case 'EPERM':
			return { kind: 'permission', words: 'permission denied' };
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return { kind: 'unreachable', words: 'that host name is not known' };
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return { kind: 'unreachable', words: 'no road leads there (host or network unreachable)' };
		case 'ECONNRESET':
		case 'EPIPE':
		case 'UND_ERR_SOCKET':
			return { kind: 'lost', words: 'the connection was closed', code: 'connection-closed' };
		case 'UND_ERR_CONNECT_TIMEOUT':
			return { kind: 'unreachable', words: 'no answer to the connection' };
		case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
			return { kind: 'protocol', words: 'the answer is too large' };
		case 'HPE_HEADER_OVERFLOW':
		case 'UND_ERR_HEADERS_OVERFLOW':
			return { kind: 'protocol', words: 'the headers of the answer are too large' };
		case 'ETIMEDOUT':
		case 'UND_ERR_HEADERS_TIMEOUT':
		case 'UND_ERR_BODY_TIMEOUT':
			return { kind: 'timeout', words: 'no answer in time' };
		default:
			if (code?.startsWith('HPE_') || code === 'UND_ERR_RESPONSE' || code === 'ERR_INVALID_HTTP') {
				return { kind: 'protocol', words: 'what answers there does not speak HTTP' };
			}
			// OpenSSL's names: CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_VERIFY_LEAF_SIGNATURE.
			if (code && /^ERR_TLS|CERT|^UNABLE_TO_/.test(code)) {
				return { kind: 'protocol', words: `its TLS certificate is not accepted (${code})` };
			}
			return undefined;
	}
}
