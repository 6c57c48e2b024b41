import { expect as plain } from 'vitest';
import { failureOf as failure } from '../source/model/failures/failure.ts';
import type { Failure } from '../source/model/source.ts';
import { type Message, render } from '../source/words/message.ts';

/** A value for an English user: every message in it is its text. */
export type English<Value> = Value extends Message
	? string
	: Value extends (...given: never[]) => unknown
		? Value
		: Value extends object
			? { [Key in keyof Value]: English<Value[Key]> }
			: Value;

export function english<Value>(value: Value): English<Value> {
	return written(value) as English<Value>;
}

function written(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (isMessage(value)) return render(value, 'en');
	if (Array.isArray(value)) return value.map(written);
	if (Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one)]));
}

function isMessage(value: object): value is Message {
	return 'text' in value && 'params' in value && Array.isArray(value.text);
}

/** The failure of an error, in English; an empty fix if there is none. */
export function failureOf(error: unknown): Omit<Failure, 'message' | 'fix'> & { message: string; fix: string } {
	const { message, fix, ...more } = failure(error);
	return { ...more, message: render(message, 'en'), fix: fix === null ? '' : render(fix, 'en') };
}

/** Expects something of a value rendered in English. */
export const expect = Object.assign(
	(value: unknown, message?: string) => plain(english(value), message),
	plain,
) as typeof plain;
