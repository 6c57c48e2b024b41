import * as z from 'zod/mini';
import { cleanText } from '../model/clean-text.ts';
import { colourNames } from '../model/looks.ts';
import { cleanId } from '../model/outside-id.ts';

/** The kinds of values that options hold: what is taken, how it is cleaned, and how a mistake is told. */

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
		'it holds characters that are invisible or that a terminal acts on',
	),
);

/** An address of a web page. What is wrong with it is said without repeating it: it might hold a password. */
export const address = z.string().check(
	longest,
	harmless,
	z.refine(isWebAddress, 'no web address; write it as http://host:port'),
	z.refine(
		text => !holdsCredentials(text),
		'it holds a password, and an address is seen by everyone; give username and password apart',
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

/** A text of which `isWell` is true; `words` say how it is written. */
export function textThat(isWell: (text: string) => boolean, words: string) {
	return z.string().check(longest, harmless, z.refine(isWell, words));
}

/** The name of an entry in a map. */
export const entryName = z.string().check(longest, harmless);

/** A key of the keyboard. YAML reads a digit as a number. */
const key = z.union([z.string().check(longest, harmless, notEmpty), z.int().check(z.minimum(0), z.maximum(9))]);
export const keys = z.nullable(
	z.union([key, z.array(key).check(z.minLength(1))], 'write a key, a list of keys, or null for none'),
);

export function colour(usedFor: string) {
	const words = 'no such colour; write a name (green, bright-blue), a number from 0 to 255, or "#rrggbb" in quotes';
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
