import { duration, memory, precise } from './amounts.ts';
import { type Language, type Text, textIn } from './language.ts';
import { particleAfter, particlePairs } from './particles.ts';

/** A value for a placeholder; a message is rendered in the language of the text. */
export type Value = string | number | { readonly text: Text; readonly params: Readonly<Record<string, Value>> };

/** How a value is formatted: `{age:duration}`, `{limit:precise}`, `{free:bytes}`, `{at:time}`, `{share:percent}`. */
const formats: Readonly<Record<string, (value: number, language: Language) => string>> = {
	duration,
	bytes: memory,
	precise,
	date: dateAndTime,
	percent: value => `${(value * 100).toFixed(value >= 0.1 ? 0 : 1)}%`,
	time: value => {
		const date = new Date(value);
		return [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
	},
};

/** `2026-11-24 14:03`, local time. */
function dateAndTime(value: number): string {
	const date = new Date(value);
	const two = (part: number) => String(part).padStart(2, '0');
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
	return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `{name}`, `{name:format}`, `{count|task|tasks}`, and the Korean particle that follows. */
const parameter = new RegExp(`\\{(\\w+)(?::(\\w+))?(?:\\|([^{}|]*)\\|([^{}|]*))?\\}(${particlePairs})?`, 'g');

/**
 * Writes a text in a language. Placeholders are `{name}`, `{age:duration}` with a format, and `{count}
 * {count|task|tasks}` for singular and plural. In Korean, a particle pair after a placeholder, `은(는)`, takes the form
 * that the value requires.
 */
export function write(text: Text, params: Readonly<Record<string, Value>>, language: Language): string {
	return textIn(text, language).replaceAll(
		parameter,
		(_, name: string, format?: string, singular?: string, plural?: string, particle?: string) => {
			const written = writeValue(params[name] ?? '', { format, singular, plural }, language);
			return particle === undefined ? written : `${written}${particleAfter(written, particle)}`;
		},
	);
}

type How = Readonly<Record<'format' | 'singular' | 'plural', string | undefined>>;

function writeValue(value: Value, { format, singular, plural }: How, language: Language): string {
	if (typeof value === 'object') return write(value.text, value.params, language);
	if (singular !== undefined) return (Number(value) === 1 ? singular : plural) ?? '';
	const inFormat = format === undefined ? undefined : formats[format];
	return inFormat ? inFormat(Number(value), language) : String(value);
}

/** Names between braces: `{service}`, `{age:duration}`, `{count|task|tasks}`. */
export type Names<Written extends string> = Written extends `${string}{${infer Name}}${infer Rest}`
	? (Name extends `${infer Bare}:${string}` ? Bare : Name extends `${infer Bare}|${string}` ? Bare : Name) | Names<Rest>
	: never;

/** Nothing for a text without placeholders, else one object with their values. */
export type ValuesOf<Written extends Text, Kind> =
	Names<Written[0]> extends never ? [] : [Readonly<Record<Names<Written[0]>, Kind>>];

/** Writes texts in one language, each with its values, for a view or a command. */
export type Writer = <const Written extends Text>(text: Written, ...values: ValuesOf<Written, Value>) => string;

export function writer(language: Language): Writer {
	return (text, ...[values]) => write(text, values ?? {}, language);
}

/** The placeholders of a text with their formats, sorted; singular and plural count as none. */
export function placeholders(text: string): string[] {
	return [...text.matchAll(/\{[^{}|]*\}/g)].map(([found]) => found).toSorted();
}
