import { ConfigError } from '../../model/failures/config-error.ts';
import { ClientError, failureOf } from '../../model/failures/failure.ts';
import { type Failure, type FailureKind, type FeedName, reachOf } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import type { Refusal } from '../../operations/plan/plan.ts';
import { type Resolution, unresolvedWords } from '../../selectors/names/resolution.ts';
import type { Language } from '../../words/language.ts';
import { type Message, phrase, render } from '../../words/message.ts';
import { UsageError } from '../arguments/given.ts';
import { exitCodes } from '../rows/command.ts';

/** A command failed: why, and the exit code. */
export class CommandFailure extends Error {
	override name = 'CommandFailure';
	readonly failure: Failure;
	readonly exitCode: number;

	constructor(failure: Failure, exitCode: number = exitCodeOf(failure.kind)) {
		super(render(failure.message, 'en'));
		this.failure = failure;
		this.exitCode = exitCode;
	}
}

/**
 * The exit code of a failed request, the same as in the verdict of `status` and `doctor`: a server that fails (HTTP 5xx) or
 * sends an unreadable answer counts as unreachable.
 */
export function exitCodeOf(kind: FailureKind): number {
	if (reachOf(kind) === 'refused') return exitCodes.refused;
	return kind === 'not-found' ? exitCodes.usage : exitCodes.unreachable;
}

/** The exit code of a refusal. */
export function exitCodeOfRefusal(kind: Refusal['kind']): number {
	switch (kind) {
		case 'unreachable':
			return exitCodes.unreachable;
		case 'nothing':
			return exitCodes.usage;
		case 'already':
			return exitCodes.ok;
		default:
			return exitCodes.refused;
	}
}

/** Throws CommandFailure if a required feed has failed or has not answered in time. */
export function demandLive(state: StackState, ...feeds: readonly FeedName[]): void {
	for (const feed of feeds) {
		const is = state.feeds[feed];
		if (is.status === 'failed') throw new CommandFailure(is.failure);
	}
	for (const feed of feeds) {
		if (state.feeds[feed].status === 'waiting') {
			const message = phrase(['No answer in time about the {feed}', '{feed}에 대한 응답이 제한 시간 안에 없습니다'], {
				feed,
			});
			throw new CommandFailure({ kind: 'timeout', message, fix: null });
		}
	}
}

/** An unknown name: the same exit code as any other usage error. */
export function nothingSuch(message: Message, fix: Message | null = null): CommandFailure {
	return new CommandFailure({ kind: 'not-found', message, fix });
}

/** Throws CommandFailure with the candidates or a suggestion if the name is unknown or ambiguous. */
export function demandFound<Item>(resolution: Resolution<Item>): readonly Item[] {
	if (resolution.kind === 'found') return resolution.items;
	const { message, fix } = unresolvedWords(resolution);
	throw nothingSuch(message, fix);
}

/** The same for a name that must match exactly one. */
export function demandOne<Item>(resolution: Resolution<Item>): Item {
	const [one] = demandFound(resolution);
	if (one === undefined) throw new Error('a name was resolved to nothing');
	return one;
}

export function addressUnknown(): CommandFailure {
	const message = phrase(['The address of Airflow is unknown', 'Airflow 주소를 알 수 없습니다']);
	const fix = phrase(['Pass --airflow-url', '--airflow-url로 지정하세요']);
	return new CommandFailure({ kind: 'unconfigured', message, fix });
}

export function cannotWrite(reason: Message): Message {
	return phrase(['cannot write the output: {reason}', '출력을 쓸 수 없습니다: {reason}'], { reason });
}

export type Reported = { readonly failure: Failure; readonly exitCode: number; readonly isUsage: boolean };

/** How an error is reported; undefined for an unexpected error. */
export function reportOf(error: unknown): Reported | undefined {
	if (error instanceof CommandFailure) return { failure: error.failure, exitCode: error.exitCode, isUsage: false };
	if (error instanceof UsageError || error instanceof ConfigError) {
		return {
			failure: { kind: 'refused', message: error.what, fix: error.fix },
			exitCode: exitCodes.usage,
			isUsage: true,
		};
	}
	if (error instanceof ClientError) {
		const failure = failureOf(error);
		return { failure, exitCode: exitCodeOf(failure.kind), isUsage: false };
	}
	return undefined;
}

/** `What. Fix.` in one line. */
export function sentenceOf({ message, fix }: Pick<Failure, 'message' | 'fix'>, language: Language = 'en'): string {
	const stop = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
	return [message, fix].flatMap(one => (one === null ? [] : [stop(render(one, language))])).join(' ');
}
