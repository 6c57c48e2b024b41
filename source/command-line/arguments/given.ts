import { durationMs, momentBefore } from '../../words/amounts.ts';
import { type Message, phrase, render } from '../../words/message.ts';
import type { Argument, Command, Option } from '../rows/command.ts';

/** A mistake on the command line. */
export class UsageError extends Error {
	override name = 'UsageError';
	/** `message` is its English rendering. */
	readonly what: Message;
	readonly fix: Message;

	constructor(what: Message, fix: Message) {
		super(render(what, 'en'));
		this.what = what;
		this.fix = fix;
	}
}

export type OptionValue = string | boolean | readonly string[];

/** The options and words of a command line, already checked against the table. */
export class Given {
	readonly #options: Readonly<Record<string, OptionValue | undefined>>;
	/** In the order of the table's arguments. */
	readonly words: readonly string[];

	constructor(options: Readonly<Record<string, OptionValue | undefined>>, words: readonly string[]) {
		this.#options = options;
		this.words = words;
	}

	is(name: string): boolean {
		return this.#options[name] === true;
	}

	/** `--NAME`: true, `--no-NAME`: false. */
	choice(name: string): boolean | undefined {
		const value = this.#options[name];
		return typeof value === 'boolean' ? value : undefined;
	}

	text(name: string): string | undefined {
		const value = this.#options[name];
		return typeof value === 'string' ? value : undefined;
	}

	list(name: string): readonly string[] {
		const value = this.#options[name];
		return typeof value === 'object' ? value : [];
	}

	count(name: string): number | undefined {
		const value = this.text(name);
		return value === undefined ? undefined : Number(value);
	}

	durationMs(name: string): number | undefined {
		const value = this.text(name);
		return value === undefined ? undefined : (durationMs(value) ?? undefined);
	}

	/** ms since the epoch. */
	moment(name: string, now: number): number | undefined {
		const value = this.text(name);
		return value === undefined ? undefined : (momentOf(value, now) ?? undefined);
	}
}

/**
 * A time (RFC 3339, or a date), or a duration before now, as ms since the epoch; null if invalid or more than a hundred
 * years ago. Times before the epoch become the epoch.
 */
export function momentOf(text: string, now: number): number | null {
	const ago = durationMs(text.replace(/ ago$/, ''));
	if (ago !== null) return momentBefore(ago, now);
	const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isFinite(time) ? Math.max(0, time) : null;
}

/** Why the value of an option is invalid; null if it is valid. */
export async function valueProblem(value: NonNullable<Option['value']>, text: string): Promise<Message | null> {
	switch (value.kind) {
		case 'count':
			return countProblem(text, value.range);
		case 'lines':
			return /^(\d{1,9}|all)$/.test(text)
				? null
				: phrase(['invalid number "{text}" (a whole number, or all)', '올바르지 않은 수 "{text}"(정수 또는 all)'], {
						text,
					});
		case 'duration':
			return durationProblem(text);
		case 'moment':
			return momentOf(text, 0) === null
				? phrase(
						[
							'invalid time "{text}" (examples: 2026-01-31T14:03:00Z, or 5m for five minutes ago; at most 100 years)',
							'올바르지 않은 시각 "{text}"(예: 2026-01-31T14:03:00Z, 5분 전은 5m, 최대 100년)',
						],
						{ text },
					)
				: null;
		case 'choice':
			return value.choices?.includes(text) ? null : invalidChoice(text, value.choices);
		case 'pattern':
			return await patternProblem(text);
		default:
			return null;
	}
}

/** Nine digits: no count is larger. */
const mostCount = 999_999_999;

function countProblem(text: string, [least, most]: readonly [number, number] = [0, mostCount]): Message | null {
	const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	if (count >= least && count <= most) return null;
	const values = { text, least, most };
	if (most < mostCount)
		return phrase(
			[
				'invalid number "{text}" (a whole number from {least} to {most})',
				'올바르지 않은 수 "{text}"({least}부터 {most}까지의 정수)',
			],
			values,
		);
	return least === 0
		? phrase(['invalid number "{text}" (a whole number)', '올바르지 않은 수 "{text}"(정수)'], values)
		: phrase(['invalid number "{text}" ({least} or more)', '올바르지 않은 수 "{text}"({least} 이상)'], values);
}

function invalidChoice(text: string, choices: readonly string[] = []): Message {
	return phrase(['invalid value "{text}" (one of: {choices})', '올바르지 않은 값 "{text}"(가능한 값: {choices})'], {
		text,
		choices: choices.join(', '),
	});
}

async function patternProblem(text: string): Promise<Message | null> {
	const { compilePattern, isPattern } = await import('../../model/text/pattern.ts');
	const compiled = compilePattern(text);
	return isPattern(compiled)
		? null
		: phrase(['invalid regular expression (RE2 syntax): {problem}', '올바른 정규식이 아닙니다(RE2 문법): {problem}'], {
				problem: compiled.problem,
			});
}

/** Node's timers hold 2^31 ms, some 24 days. */
const longestMs = 24 * 86_400_000;

function durationProblem(text: string): Message | null {
	const ms = durationMs(text);
	if (ms === null) {
		return phrase(
			['invalid duration "{text}" (examples: 90, 5m, 1h30m)', '올바르지 않은 기간 "{text}"(예: 90, 5m, 1h30m)'],
			{ text },
		);
	}
	return ms > 0 && ms <= longestMs
		? null
		: phrase(
				[
					'invalid duration "{text}" (more than 0, at most 24 days)',
					'올바르지 않은 기간 "{text}"(0보다 크고 최대 24일)',
				],
				{ text },
			);
}

/** Checks the words against the table's arguments. Throws UsageError. */
export function checkWords(command: Command, words: readonly string[]): void {
	const args: readonly Argument[] = command.arguments ?? [];
	const missing = args.find((argument, index) => argument.required && words[index] === undefined);
	if (missing) throw new UsageError(requires(command.name, missing.name), seeHelp(command.name));
	const last = args.at(-1);
	if (!last?.many && !last?.verbatim && words.length > args.length) {
		const values = { word: words[args.length] ?? '', command: command.name, count: args.length };
		throw new UsageError(
			args.length === 0
				? phrase(
						[
							'unexpected argument "{word}": {command} takes no arguments',
							'예상하지 않은 인수 "{word}": {command}에는 인수가 없습니다',
						],
						values,
					)
				: phrase(
						[
							'unexpected argument "{word}": {command} takes {count} {count|argument|arguments} (quote values that contain spaces)',
							'예상하지 않은 인수 "{word}": {command}의 인수는 {count}개입니다(공백이 있는 값은 따옴표로 묶으세요)',
						],
						values,
					),
			seeHelp(command.name),
		);
	}
	for (const [index, argument] of args.entries()) {
		const word = words[index];
		if (argument.kind === 'choice' && word !== undefined && !argument.choices?.includes(word)) {
			const problem = invalidChoice(word, argument.choices);
			throw new UsageError(ofArgument(argument.name, problem), seeHelp(command.name));
		}
		if (word === '') {
			const problem = phrase(['the value is empty', '값이 비어 있습니다']);
			throw new UsageError(ofArgument(argument.name, problem), seeHelp(command.name));
		}
	}
}

function ofArgument(argument: string, problem: Message): Message {
	return phrase(['{argument}: {problem}', '{argument}: {problem}'], { argument, problem });
}

/** @param missing an argument or an option, as the help writes it */
export function requires(command: string, missing: string): Message {
	return phrase(['{command} requires {missing}', '{command}에는 {missing}이(가) 필요합니다'], { command, missing });
}

export function seeHelp(command?: string): Message {
	return command === undefined
		? phrase(['See laketop --help', 'laketop --help를 참고하세요'])
		: phrase(['See laketop {command} --help', 'laketop {command} --help를 참고하세요'], { command });
}
