import { durationMs, momentBefore } from '../words/amounts.ts';
import type { Argument, Command, Option } from './command.ts';

/** A mistake on the command line: what, and how to fix it. */
export class UsageError extends Error {
	override name = 'UsageError';
	readonly fix: string;

	constructor(message: string, fix: string) {
		super(message);
		this.fix = fix;
	}
}

export type OptionValue = string | boolean | readonly string[];

/** What was given to a command, already checked against the table. Asking for what it does not know is a fault. */
export class Given {
	readonly #options: Readonly<Record<string, OptionValue | undefined>>;
	/** In the order of the table's arguments; the last may be many. */
	readonly words: readonly string[];

	constructor(options: Readonly<Record<string, OptionValue | undefined>>, words: readonly string[]) {
		this.#options = options;
		this.words = words;
	}

	is(name: string): boolean {
		return this.#options[name] === true;
	}

	/** true or false where `--NAME` or `--no-NAME` was given. */
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
 * A time (RFC 3339, or a date), or how long before now, as ms since the epoch; null for anything else, such as more than
 * a hundred years ago. Times before the epoch are the epoch.
 */
export function momentOf(text: string, now: number): number | null {
	const ago = durationMs(text.replace(/ ago$/, ''));
	if (ago !== null) return momentBefore(ago, now);
	const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isFinite(time) ? Math.max(0, time) : null;
}

/** What is wrong with a value of an option, in words; null when nothing is. */
export async function valueProblem(value: NonNullable<Option['value']>, text: string): Promise<string | null> {
	switch (value.kind) {
		case 'count':
			return /^\d{1,9}$/.test(text) ? null : `${text} is not a whole number`;
		case 'lines':
			return /^(\d{1,9}|all)$/.test(text) ? null : `${text} is neither a whole number nor all`;
		case 'duration':
			return durationProblem(text);
		case 'moment':
			return momentOf(text, 0) === null
				? `invalid time ${text} (examples: 2026-01-31T14:03:00Z, or 5m for five minutes ago; at most 100 years)`
				: null;
		case 'choice':
			return value.choices?.includes(text) ? null : `${text} is not one of ${value.choices?.join(', ')}`;
		case 'pattern':
			return await patternProblem(text);
		default:
			return null;
	}
}

async function patternProblem(text: string): Promise<string | null> {
	const { compilePattern, isPattern } = await import('../model/pattern.ts');
	const compiled = compilePattern(text);
	return isPattern(compiled) ? null : `invalid regular expression (RE2 syntax): ${compiled.problem}`;
}

/** Node's timers hold 2^31 ms, some 24 days; nobody waits for nothing. */
const longestMs = 24 * 86_400_000;

function durationProblem(text: string): string | null {
	const ms = durationMs(text);
	if (ms === null) return `${text} is no length of time; write 90, 5m or 1h30m`;
	return ms > 0 && ms <= longestMs ? null : `${text} is not between a moment and 24 days`;
}

/** Checks the number of words against the table's arguments. Throws UsageError. */
export function checkWords(command: Command, words: readonly string[]): void {
	const args: readonly Argument[] = command.arguments ?? [];
	const missing = args.find((argument, index) => argument.required && words[index] === undefined);
	if (missing) throw new UsageError(`${command.name} wants ${missing.name}`, seeHelp(command.name));
	const last = args.at(-1);
	if (!last?.many && !last?.verbatim && words.length > args.length) {
		throw new UsageError(
			args.length === 0
				? `${command.name} takes no argument, but was given ${words[0]}`
				: `${command.name} takes ${args.map(({ name }) => name).join(' ')} alone, but was given ${words[args.length]} too`,
			seeHelp(command.name),
		);
	}
	for (const [index, argument] of args.entries()) {
		const word = words[index];
		if (argument.kind === 'choice' && word !== undefined && !argument.choices?.includes(word)) {
			throw new UsageError(
				`${command.name}: ${word} is not one of ${argument.choices?.join(', ')}`,
				seeHelp(command.name),
			);
		}
		if (word === '') throw new UsageError(`${command.name}: ${argument.name} is empty`, seeHelp(command.name));
	}
}

export function seeHelp(command?: string): string {
	return `See laketop ${command === undefined ? '' : `${command} `}--help`;
}
