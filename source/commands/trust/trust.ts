import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ask, canAsk } from '../../command-line/change/ask.ts';
import { checkKeys } from '../../command-line/configure/check-keys.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { CommandFailure } from '../../command-line/exit/failures.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { checkWholeFile } from '../../config/check-file.ts';
import { readConfigFile } from '../../config/config-file.ts';
import { originPlace } from '../../config/origin.ts';
import { allowedByTrust } from '../../config/trust.ts';
import { grantedValue } from '../../config/trust-preview.ts';
import { TrustStore } from '../../config/trust-store.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import { type Text, textIn } from '../../words/language.ts';
import { phrase, render } from '../../words/message.ts';

const stateWords: Readonly<Record<'trusted' | 'changed' | 'gone', Text>> = {
	trusted: ['trusted', '신뢰함'],
	changed: ['changed', '변경됨'],
	gone: ['missing', '없음'],
};

/** `laketop trust [FILE]` */
export async function run({ given, io, language, out, say, signal, text }: CommandContext): Promise<number> {
	const store = new TrustStore(io.environment);
	if (given.is('list')) {
		const files = store.list();
		await out.write(
			files.length === 0
				? `${text(['No trusted files', '신뢰하는 파일이 없습니다'])}\n`
				: files.map(({ path, state }) => `${textIn(stateWords[state], language).padEnd(8)} ${path}\n`).join(''),
		);
		return exitCodes.ok;
	}
	const path = resolve(io.workingDirectory, given.words[0] ?? 'laketop.yaml');
	if (given.is('remove')) {
		say(
			store.forget(path)
				? text(['{path} is no longer trusted', '{path}을(를) 더 이상 신뢰하지 않습니다'], { path })
				: text(['{path} was not trusted', '{path}은(는) 신뢰하는 파일이 아니었습니다'], { path }),
		);
		return exitCodes.ok;
	}
	if (given.words.length === 0 && !existsSync(path)) {
		throw new CommandFailure({
			kind: 'not-found',
			message: phrase(['No laketop.yaml in {folder}', '{folder}에 laketop.yaml이 없습니다'], {
				folder: io.workingDirectory,
			}),
			fix: phrase([
				'To trust another file, name it: laketop trust FILE',
				'다른 파일이면 경로를 지정하세요: laketop trust FILE',
			]),
		});
	}
	const file = await readConfigFile(path);
	await checkWholeFile(file, checkKeys);
	if (store.isTrusted(path, file.text)) {
		say(text(['{path} is already trusted', '{path}은(는) 이미 신뢰하는 파일입니다'], { path }));
		return exitCodes.ok;
	}
	const allowed = allowedByTrust(file, io.environment);
	const preview = allowed.map(({ setting, would }) =>
		cleanText(
			`  ${originPlace(setting.origin, setting.key)}: ${render(would, language)}: ${grantedValue(setting, text)}`,
		),
	);
	io.stderr.write(
		preview.length === 0
			? `${text(['{path} has no settings that require trust.', '{path}에 신뢰가 필요한 설정이 없습니다.'], { path: cleanText(path) })}\n`
			: `${text(['Trusting {path} allows these settings:', '{path}을(를) 신뢰하면 다음 설정을 허용합니다.'], { path: cleanText(path) })}\n${preview.join('\n')}\n`,
	);
	if (!given.is('yes')) {
		if (!canAsk(io)) {
			throw new CommandFailure({
				kind: 'refused',
				message: phrase([
					'trust needs confirmation, but stdin is not a terminal',
					'trust에는 확인이 필요하지만 표준 입력이 터미널이 아닙니다',
				]),
				fix: phrase(['Pass --yes to confirm', '확인하려면 --yes를 지정하세요']),
			});
		}
		const answer = await ask(io, `${text(['Trust this file?', '이 파일을 신뢰하시겠습니까?'])} [y/N] `, text, signal);
		if (answer === null || !/^y(es)?$/i.test(answer)) return exitCodes.refused;
	}
	store.trust(path, file.text);
	say(text(['{path} is trusted until it changes', '{path}을(를) 변경될 때까지 신뢰합니다'], { path }));
	return exitCodes.ok;
}
