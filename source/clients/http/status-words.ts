import { type Message, phrase } from '../../words/message.ts';

/**
 * An error response in words.
 *
 * @param words what the server says about it; empty: nothing
 */
export function statusWords(server: 'Airflow' | 'MLflow', address: string, httpStatus: number, words: string): Message {
	const named = { server, address, httpStatus };
	return words
		? phrase(
				['{server} at {address} answers {httpStatus} ({words})', '{server}({address}) 응답 {httpStatus}({words})'],
				{ ...named, words },
			)
		: phrase(['{server} at {address} answers {httpStatus}', '{server}({address}) 응답 {httpStatus}'], named);
}
