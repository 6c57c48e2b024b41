import { ConfigError } from '../model/config-error.ts';
import { describe } from '../model/described-error.ts';
import { noteSecret } from '../model/secrets.ts';
import { type Message, phrase, quoted } from '../words/message.ts';

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

/** The reason of a system error in words, without the path, which the caller names. */
export function systemWords(error: unknown): Message {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	switch (code) {
		case 'ENOENT':
			return phrase(['no such file', '파일이 없습니다']);
		case 'EACCES':
			return phrase(['permission denied', '권한이 없습니다']);
		case '':
			return describe(error);
		default:
			return quoted(code);
	}
}
