import { duration, memory } from '../../model/amounts.ts';
import type { Message } from '../../model/finding.ts';
import { isMessageKey, type Language, messages } from './message.ts';
import { particleAfter, particlePairs } from './particles.ts';

/** How a value is written: `{age:duration}`, `{free:bytes}`, `{at:time}`, `{share:percent}`. */
const formats: Readonly<Record<string, (value: number, language: Language) => string>> = {
	duration,
	bytes: memory,
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

/** The message in a language; one of a newer version's recording by its key. */
export function render({ key, params }: Message, language: Language): string {
	if (!isMessageKey(key)) return key;
	const text = messages[key][language === 'ko' ? 1 : 0];
	return text.replaceAll(parameter, (_, name: string, format: string | undefined, particle: string | undefined) => {
		const value = params[name] ?? '';
		const write = format === undefined ? undefined : formats[format];
		const written = write ? write(Number(value), language) : String(value);
		return particle === undefined ? written : `${written}${particleAfter(written, particle)}`;
	});
}

/** `{name}`, `{name:format}`, and the Korean particle that follows. */
const parameter = new RegExp(`\\{(\\w+)(?::(\\w+))?\\}(${particlePairs})?`, 'g');

/** `{name}` and `{name:format}` in a text, sorted. */
export function placeholders(text: string): string[] {
	return [...text.matchAll(/\{[^{}]*\}/g)].map(([found]) => found).toSorted();
}
