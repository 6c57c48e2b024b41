import type * as z from 'zod/mini';
import { ClientError } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import { JsonTooLarge, parseOutsideJson } from '../outside-json.ts';
import { issueWords } from './answer-issue.ts';

/** Parses a response's JSON by a schema. Throws a `protocol` ClientError that names the invalid field. */
export function parseAnswer<Output>(
	title: string,
	address: string,
	what: Text,
	body: string,
	schema: z.ZodMiniType<Output>,
): Output {
	let json: unknown;
	try {
		json = parseOutsideJson(body);
	} catch (error) {
		if (error instanceof JsonTooLarge)
			throw new ClientError(
				'protocol',
				phrase(['{title} at {address}: {problem} ({what})', '{title}({address}): {problem}({what})'], {
					title,
					address,
					problem: error.description,
					what: phrase(what),
				}),
			);
		throw new ClientError(
			'protocol',
			phrase(
				[
					'The server at {address} is not {title}: the response is not JSON ({what})',
					'{address}의 서버는 {title}이(가) 아닙니다. 응답이 JSON이 아닙니다({what})',
				],
				{ title, address, what: phrase(what) },
			),
			phrase(['Check the address of {title}', '{title} 주소를 확인하세요'], { title }),
		);
	}
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new ClientError(
		'protocol',
		phrase(
			[
				'Unexpected response from {title} at {address} ({what}: {where})',
				'{title}({address})의 응답 형식이 예상과 다릅니다({what}: {where})',
			],
			{ title, address, what: phrase(what), where: issue ? issueWords(issue, json) : '?' },
		),
		phrase(['Check the address and version of {title}', '{title}의 주소와 버전을 확인하세요'], { title }),
	);
}
