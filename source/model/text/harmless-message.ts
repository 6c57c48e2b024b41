import { type Message, quoted, render } from '../../words/message.ts';
import { maskText } from '../secrets/secrets.ts';
import { cleanText } from './clean-text.ts';

/** Characters of a value that are read: more than anybody reads in one line. */
const valueLimit = 4000;

/**
 * A message with outside values, safe to show: each value on one line, of limited length, without control sequences and
 * secrets.
 */
export function harmlessMessage(message: Message): Message {
	const clean = withHarmlessValues(message);
	const written = render(clean, 'en');
	const masked = harmless(written);
	// Text and value together may reveal a secret that neither holds alone (`password: {value}`).
	return masked === written ? clean : quoted(masked);
}

function withHarmlessValues(message: Message): Message {
	const values = Object.entries(message.params).map(([name, value]): [string, Message['params'][string]] => [
		name,
		typeof value === 'string' ? harmless(value) : typeof value === 'number' ? value : withHarmlessValues(value),
	]);
	return { ...message, params: Object.fromEntries(values) };
}

function harmless(text: string): string {
	return maskText(cleanText(text.slice(0, valueLimit)));
}
