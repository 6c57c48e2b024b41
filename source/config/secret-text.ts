import { ConfigError } from '../model/failures/config-error.ts';
import { noteSecret } from '../model/secrets/secrets.ts';
import { type Message, phrase } from '../words/message.ts';

/** Masks the secret in every later message, log and page. */
export function noted(secret: string): string {
	noteSecret(secret);
	return secret;
}

/** The first line of a file or an output. Throws ConfigError if it is empty; `whose` names the source. */
export function firstLine(text: string, whose: Message): string {
	const [line = ''] = text.split(/\r?\n/, 1);
	if (line === '') {
		throw new ConfigError(
			phrase(['{whose} has an empty first line', '{whose}의 첫 줄이 비어 있습니다'], { whose }),
			phrase(['Put the secret on the first line', '비밀 값을 첫 줄에 쓰세요']),
		);
	}
	return line;
}
