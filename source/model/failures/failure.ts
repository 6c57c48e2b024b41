import { joined, type Message, phrase, render } from '../../words/message.ts';
import type { Failure, FailureCode, FailureKind } from '../source.ts';
import { harmlessMessage } from '../text/harmless-message.ts';
import { describe } from './described-error.ts';

/** The error that clients throw: carries what a pane, a headless command or an exit code needs. */
export class ClientError extends Error {
	override name = 'ClientError';
	readonly failure: Failure;

	constructor(
		kind: FailureKind,
		message: Message,
		fix: Message | null = null,
		more: {
			readonly httpStatus?: number | undefined;
			readonly code?: FailureCode | undefined;
			readonly retryAfterMs?: number | undefined;
		} = {},
	) {
		const what = harmlessMessage(message);
		super(render(what, 'en'));
		this.failure = {
			kind,
			...(more.code === undefined ? {} : { code: more.code }),
			...(more.httpStatus === undefined ? {} : { httpStatus: more.httpStatus }),
			...(more.retryAfterMs === undefined ? {} : { retryAfterMs: more.retryAfterMs }),
			message: what,
			fix: fix === null ? null : harmlessMessage(fix),
		};
	}

	/** An error from a known failure. */
	static of({ kind, message, fix, ...more }: Failure): ClientError {
		return new ClientError(kind, message, fix, more);
	}

	/** HTTP status of the response; null without a response. */
	get httpStatus(): number | null {
		return this.failure.httpStatus ?? null;
	}
}

/** The failure of an error. An unexpected error is a failure of the protocol, in its own words. */
export function failureOf(error: unknown): Failure {
	if (error instanceof ClientError) return error.failure;
	return { kind: 'protocol', message: harmlessMessage(describe(error)), fix: null };
}

/** The address of a server is not discovered yet. */
export function addressPending(title: 'Airflow' | 'MLflow'): ClientError {
	const message = phrase(['The address of {title} is not known yet', '{title} 주소를 아직 알 수 없습니다'], { title });
	return new ClientError('unconfigured', message);
}

/** A failure in one message: `What. Fix` */
export function messageAndFix({ message, fix }: Pick<Failure, 'message' | 'fix'>): Message {
	if (fix === null) return message;
	return joined([message, fix], /[.?!]$/.test(message.text[0]) ? ' ' : '. ');
}

/** The `code` of a Node system error (ECONNREFUSED …), also from its causes. */
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

const notHttp = phrase(['the server does not speak HTTP', 'HTTP 서버가 아닙니다']);

/** What happened to a connection, by the system's error code. */
export function connectionProblem(
	error: unknown,
): { readonly kind: FailureKind; readonly words: Message; readonly code?: FailureCode } | undefined {
	const code = systemErrorCode(error);
	if (error instanceof Error && error.name === 'HTTPParserError' && code !== 'UND_ERR_HEADERS_OVERFLOW') {
		return { kind: 'protocol', words: notHttp };
	}
	switch (code) {
		case 'ECONNREFUSED':
			return {
				kind: 'unreachable',
				words: phrase(['connection refused', '연결이 거부되었습니다']),
				code: 'connection-refused',
			};
		case 'ENOENT':
			return { kind: 'unreachable', words: phrase(['no such socket', '소켓이 없습니다']) };
		case 'EACCES':
		case 'EPERM':
			return { kind: 'permission', words: phrase(['permission denied', '권한이 없습니다']) };
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return { kind: 'unreachable', words: phrase(['unknown host name', '호스트 이름을 찾을 수 없습니다']) };
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return {
				kind: 'unreachable',
				words: phrase(['host or network unreachable', '호스트 또는 네트워크에 연결할 수 없습니다']),
			};
		case 'ECONNRESET':
		case 'EPIPE':
		case 'UND_ERR_SOCKET':
			return {
				kind: 'lost',
				words: phrase(['the connection was closed', '연결이 끊어졌습니다']),
				code: 'connection-closed',
			};
		case 'UND_ERR_CONNECT_TIMEOUT':
			return { kind: 'unreachable', words: phrase(['connecting timed out', '연결 시간이 초과되었습니다']) };
		case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
			return { kind: 'protocol', words: phrase(['the response is too large', '응답이 너무 큽니다']) };
		case 'HPE_HEADER_OVERFLOW':
		case 'UND_ERR_HEADERS_OVERFLOW':
			return { kind: 'protocol', words: phrase(['the response headers are too large', '응답 헤더가 너무 큽니다']) };
		case 'ETIMEDOUT':
		case 'UND_ERR_HEADERS_TIMEOUT':
		case 'UND_ERR_BODY_TIMEOUT':
			return { kind: 'timeout', words: phrase(['timed out', '시간이 초과되었습니다']) };
		default:
			if (code?.startsWith('HPE_') || code === 'UND_ERR_RESPONSE' || code === 'ERR_INVALID_HTTP') {
				return { kind: 'protocol', words: notHttp };
			}
			// OpenSSL's names: CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_VERIFY_LEAF_SIGNATURE.
			if (code && /^ERR_TLS|CERT|^UNABLE_TO_/.test(code)) {
				return {
					kind: 'protocol',
					words: phrase(['its TLS certificate is not trusted ({code})', 'TLS 인증서를 신뢰할 수 없습니다({code})'], {
						code,
					}),
				};
			}
			return undefined;
	}
}
