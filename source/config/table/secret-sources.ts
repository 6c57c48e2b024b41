import type { Text } from '../../words/language.ts';
import { path, secret } from '../fields.ts';
import { option } from '../option.ts';

/** Ways to give a secret without writing it down: a row for each, beside the row of the secret itself. */

export const fileWith = (slot: string, [english, korean]: Text) =>
	option(path, {
		meaning: [
			`File whose first line is ${english}. Relative to the config file, or from ~/. Only its owner should have read access.`,
			`첫 줄이 ${korean}인 파일. 경로는 설정 파일 기준이거나 ~/로 시작합니다. 소유자만 읽을 수 있어야 합니다.`,
		],
		slot,
		risk: 'file',
	});

export const commandFor = (slot: string, example: string) =>
	option(secret, {
		meaning: [
			'Shell command whose first line of output is the password. It runs once, when needed, and only from a trusted config file (see Trust in docs/configuration.md).',
			'출력의 첫 줄이 비밀번호인 셸 명령. 필요할 때 한 번만, 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
		],
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});

export const tokenCommandFor = (slot: string, example: string) =>
	option(secret, {
		meaning: [
			'Command whose first line of output is the token. It runs without a shell, when needed, and again when the token expires or is rejected. Only from a trusted config file (see Trust in docs/configuration.md).',
			'출력의 첫 줄이 토큰인 명령. 셸 없이 필요할 때 실행되며, 토큰이 만료되거나 거부되면 다시 실행됩니다. 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
		],
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});
