import * as z from 'zod/mini';
import { colourNames } from '../model/settings/looks.ts';
import { cleanText } from '../model/text/clean-text.ts';
import { cleanId } from '../model/text/outside-id.ts';
import type { Text } from '../words/language.ts';

/** Kinds of option values: what is valid, how it is cleaned, and the error message. */

const problems = new Map<string, Text>();

/** Registers a problem in both languages. A zod issue carries one string, so the English text is the key to both. */
function problem(text: Text): string {
	problems.set(text[0], text);
	return text[0];
}

/** The problem in both languages; zod's own ones are in English in both. */
export function fieldProblem(message: string): Text {
	const own = message.replaceAll('{', '(').replaceAll('}', ')');
	return problems.get(message) ?? [own, own];
}

/** Longer values are a mistake, and a message with a megabyte would be useless. */
const limit = 4096;
const longest = z.maxLength(limit);
const notEmpty = z.minLength(1);
/** On one line and cleaned, because it is shown. */
const harmless = z.overwrite<string>(text => cleanText(text.slice(0, limit + 1)));

export const text = z.string().check(longest, harmless, notEmpty);
/** The name of an object on a server, treated as ids of its responses. */
export const id = z.string().check(
	longest,
	z.overwrite<string>(id => (id.length > limit ? id : cleanId(id))),
	notEmpty,
);
/** Sent or run unchanged, and never shown. */
export const secret = z.string().check(longest, notEmpty);
/** Used unchanged, and shown: it must not contain anything that cleaning removes. */
export const path = z.string().check(
	longest,
	notEmpty,
	z.refine(
		text => text.length <= limit && cleanText(text) === text.normalize('NFC'),
		problem(['it contains invisible or control characters', '보이지 않는 문자나 제어 문자가 들어 있습니다']),
	),
);

/** An address of a web page. Error messages do not repeat it: it might hold a password. */
export const address = z.string().check(
	longest,
	harmless,
	z.refine(
		isWebAddress,
		problem(['not a web address; write http://host:port', '웹 주소가 아닙니다. http://host:port 형식으로 쓰세요']),
	),
	z.refine(
		text => !holdsCredentials(text),
		problem([
			'it contains a password, and addresses are shown; set username and password separately',
			'주소에 비밀번호가 들어 있습니다. 주소는 화면에 표시되므로 사용자 이름과 비밀번호를 따로 설정하세요',
		]),
	),
	z.meta({ format: 'uri' }),
);

function isWebAddress(text: string): boolean {
	return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function holdsCredentials(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && (url.username !== '' || url.password !== '');
}

export function number(least: number, most: number) {
	return z.number().check(z.minimum(least), z.maximum(most));
}

/** A text for which `isValid` returns true; `words` describe its form. */
export function textThat(isValid: (text: string) => boolean, words: Text) {
	return z.string().check(longest, harmless, z.refine(isValid, problem(words)));
}

/** The name of an entry in a map. */
export const entryName = z.string().check(longest, harmless);

/** A key of the keyboard. YAML reads a digit as a number. */
const key = z.union([z.string().check(longest, harmless, notEmpty), z.int().check(z.minimum(0), z.maximum(9))]);
export const keys = z.nullable(
	z.union(
		[key, z.array(key).check(z.minLength(1))],
		problem(['use a key, a list of keys, or null for none', '키 하나, 키 목록 또는 null(없음)을 쓰세요']),
	),
);

export function colour(usedFor: string) {
	const words = problem([
		'unknown colour; use a name (green, bright-blue), a number from 0 to 255, or "#rrggbb" in quotes',
		'알 수 없는 색입니다. 이름(green, bright-blue), 0~255 숫자 또는 따옴표로 묶은 "#rrggbb"를 쓰세요',
	]);
	return z.optional(
		z
			.union(
				[
					z.enum(colourNames),
					z.string().check(z.regex(/^#[0-9A-Fa-f]{6}$/, words)),
					z.int().check(z.minimum(0), z.maximum(255)),
				],
				words,
			)
			.check(about(`${usedFor}.`)),
	);
}

/** Shown by editors for a field, through the JSON Schema. */
export function about(
	/** In English. */
	description: string,
	{ default: value, examples }: { readonly default?: unknown; readonly examples?: readonly unknown[] | undefined } = {},
) {
	return z.meta({
		description,
		...(value === undefined ? {} : { default: value }),
		...(examples === undefined ? {} : { examples: [...examples] }),
	});
}
