import { ConfigError } from '../model/config-error.ts';
import { ClientError, failureOf } from '../model/failure.ts';
import { type Failure, type FailureKind, type FeedName, reachOf } from '../model/source.ts';
import type { StackState } from '../model/state.ts';
import type { Refusal } from '../operations/plan.ts';
import { type Resolution, unresolvedWords } from '../selectors/names/resolution.ts';
import { exitCodes } from './command.ts';
import { UsageError } from './given.ts';

/** A command cannot do its work: what is said, and the exit code. */
export class CommandFailure extends Error {
	override name = 'CommandFailure';
	readonly failure: Failure;
	readonly exitCode: number;

	constructor(failure: Failure, exitCode: number = exitCodeOf(failure.kind)) {
		super(failure.message);
		this.failure = failure;
		this.exitCode = exitCode;
	}
}

/**
 * The exit code of a failed request, as the verdict of `status` and `doctor` has it: a server that fails inside, or
 * answers something that cannot be read, could not be asked.
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

/** Throws when a feed that a command stands on has failed, or has not answered in time. */
export function demandLive(state: StackState, ...feeds: readonly FeedName[]): void {
	for (const feed of feeds) {
		const is = state.feeds[feed];
		if (is.status === 'failed') throw new CommandFailure(is.failure);
	}
	for (const feed of feeds) {
		if (state.feeds[feed].status === 'waiting') {
			throw new CommandFailure({ kind: 'timeout', message: `No answer in time about the ${feed}`, fix: '' });
		}
	}
}

/** A name that does not exist: the same exit code as any other mistake in what was typed. */
export function nothingSuch(message: string, fix = ''): CommandFailure {
	return new CommandFailure({ kind: 'not-found', message, fix });
}

/** What a name means. Throws CommandFailure with the candidates or the suggestion where it means nothing definite. */
export function demandFound<Item>(resolution: Resolution<Item>): readonly Item[] {
	if (resolution.kind === 'found') return resolution.items;
	const { message, fix } = unresolvedWords(resolution);
	throw nothingSuch(message, fix);
}

export function addressUnknown(): CommandFailure {
	const message = 'The address of Airflow is not known';
	return new CommandFailure({ kind: 'unconfigured', message, fix: 'Name it: --airflow-url' });
}

export type Reported = { readonly failure: Failure; readonly exitCode: number; readonly isUsage: boolean };

/** What is to be said of whatever was thrown; undefined for what nobody foresaw. */
export function reportOf(error: unknown): Reported | undefined {
	if (error instanceof CommandFailure) return { failure: error.failure, exitCode: error.exitCode, isUsage: false };
	if (error instanceof UsageError || error instanceof ConfigError) {
		const failure = { kind: 'refused' as const, message: error.message, fix: error.fix };
		return { failure, exitCode: exitCodes.usage, isUsage: true };
	}
	if (error instanceof ClientError) {
		const failure = failureOf(error);
		return { failure, exitCode: exitCodeOf(failure.kind), isUsage: false };
	}
	return undefined;
}

/** `What. Fix.` in one line. */
export function sentenceOf({ message, fix }: Pick<Failure, 'message' | 'fix'>): string {
	const stop = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
	return [message, fix].filter(Boolean).map(stop).join(' ');
}
