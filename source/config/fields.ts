import * as z from 'zod/mini';
import { cleanText } from '../model/clean-text.ts';
import { colourNames } from '../model/looks.ts';
import { cleanId } from '../model/outside-id.ts';
import type { Text } from '../words/language.ts';

/** The kinds of values that options hold: what is taken, how it is cleaned, and how a mistake is told. */

const problems = new Map<string, Text>();

/** Notes a problem in both languages. A zod issue carries one string, so the English text is the key to both. */
function problem(text: Text): string {
	problems.set(text[0], text);
	return text[0];
}

/** The problem in both languages; one of zod's own is English in both. */
export function fieldProblem(message: string): Text {
	const own = message.replaceAll('{', '(').replaceAll('}', ')');
	return problems.get(message) ?? [own, own];
}

/** Longer values are a mistake; a message of a megabyte would not say which. */
const limit = 4096;
const longest = z.maxLength(limit);
const notEmpty = z.minLength(1);
/** On one line and harmless, whatever the file holds: it is shown. */
const harmless = z.overwrite<string>(text => cleanText(text.slice(0, limit + 1)));

export const text = z.string().check(longest, harmless, notEmpty);
/** The name of something on a server, as ids of its answers are. */
export const id = z.string().check(
	longest,
	z.overwrite<string>(id => (id.length > limit ? id : cleanId(id))),
	notEmpty,
);
/** Sent or run exactly as it is written, and never shown. */
export const secret = z.string().check(longest, notEmpty);
/** Used exactly as it is written, and shown: it must not hold what would be lost. */
export const path = z.string().check(
	longest,
	notEmpty,
	z.refine(
		text => text.length <= limit && cleanText(text) === text.normalize('NFC'),
		problem(['it contains invisible or control characters', '보이지 않는 문자나 제어 문자가 들어 있습니다']),
	),
);

/** An address of a web page. What is wrong with it is said without repeating it: it might hold a password. */
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
			'주소에 암호가 들어 있습니다. 주소는 화면에 표시되므로 사용자 이름과 암호를 따로 설정하세요',
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

/** A text of which `isValid` is true; `words` say how it is written. */
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

/** What an editor shows of a field; it ends up in the JSON Schema. */
export function about(
	description: string,
	{ default: value, examples }: { readonly default?: unknown; readonly examples?: readonly unknown[] | undefined } = {},
) {
	return z.meta({
		description,
		...(value === undefined ? {} : { default: value }),
		...(examples === undefined ? {} : { examples: [...examples] }),
	});
}
