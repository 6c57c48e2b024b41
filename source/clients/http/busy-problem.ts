import { ClientError } from '../../model/failures/failure.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { HttpAnswer } from './http.ts';
import { waitAsked } from './retry-after.ts';

/** The failure of a response that asks to retry later (429); undefined for any other. */
export function busyProblem(
	answer: Pick<HttpAnswer, 'status' | 'headers'>,
	title: string,
	address: string,
): ClientError | undefined {
	if (answer.status !== 429) return undefined;
	const wait = waitAsked(answer);
	return new ClientError(
		'busy',
		phrase(
			[
				'{title} at {address} answers 429: it is busy or limits requests',
				'{title}({address}) 응답 429: 서버가 바쁘거나 요청 수를 제한합니다',
			],
			{ title, address },
		),
		busyFix(wait),
		{ httpStatus: answer.status, retryAfterMs: wait },
	);
}

/** @param wait that the response asks for, ms; undefined if it names none */
export function busyFix(wait: number | undefined): Message {
	return wait === undefined
		? phrase([
				'Wait, or raise the request limit of the server or proxy',
				'잠시 기다리거나 서버 또는 프록시의 요청 제한을 늘리세요',
			])
		: phrase(
				[
					'Wait {wait:duration}, or raise the request limit of the server or proxy',
					'{wait:duration} 기다리거나 서버 또는 프록시의 요청 제한을 늘리세요',
				],
				{ wait },
			);
}
