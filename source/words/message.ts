import * as z from 'zod/mini';
import type { Language, Text } from './language.ts';
import { type ValuesOf, write } from './write.ts';

/** A text without a language yet, with its values: plain data that can be recorded and sent. */
export type Message = {
	/** Identifies the message for programs: in JSON and in tests. */
	readonly key: string;
	readonly text: Text;
	readonly params: Readonly<Record<string, string | number | Message>>;
};

export const messageSchema: z.ZodMiniType<Message> = z.object({
	key: z.string(),
	text: z.readonly(z.tuple([z.string(), z.string()])),
	params: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => messageSchema)])),
});

/** Texts by their keys. */
export type Texts = Readonly<Record<string, Text>>;

/** Makes messages from a list of texts; accepts exactly the values that the text names. */
export type Say<All extends Texts> = <Key extends keyof All & string>(
	key: Key,
	...params: ValuesOf<All[Key], string | number | Message>
) => Message;

export function sayer<const All extends Texts>(texts: All): Say<All> {
	return (key, ...[params]) => {
		const values: Message['params'] = params ?? {};
		return { key, text: texts[key] ?? [key, key], params: { ...values } };
	};
}

/** The message in a language. */
export function render({ text, params }: Message, language: Language): string {
	return write(text, params, language);
}

/** A message without a key for programs: errors, questions, outcomes. */
export function phrase<const Written extends Text>(
	text: Written,
	...[params]: ValuesOf<Written, string | number | Message>
): Message {
	const values: Message['params'] = params ?? {};
	return { key: '', text, params: { ...values } };
}

/** A message whose text is chosen at run time, so that the compiler cannot check its values. */
export function filled(text: Text, params: Message['params']): Message {
	return { key: '', text, params };
}

/**
 * The title of a plan where it stands alone or first: with a capital. A title that begins with a value (a name, a
 * command, any Korean one) is unchanged, because names keep their spelling.
 */
export function asHeading(title: Message): Message {
	const [english, korean] = title.text;
	return { ...title, text: [english.charAt(0).toUpperCase() + english.slice(1), korean] };
}

/** Text from outside, the same in every language; braces in it are not placeholders. */
export function quoted(words: string): Message {
	return { key: '', text: ['{words}', '{words}'], params: { words } };
}

/** Messages in sequence, with the same separator in every language. */
export function joined(messages: readonly Message[], mark: string): Message {
	const [only] = messages;
	if (only && messages.length === 1) return only;
	const text = messages.map((_, index) => `{${index}}`).join(mark);
	return { key: '', text: [text, text], params: Object.fromEntries(messages.entries()) };
}
