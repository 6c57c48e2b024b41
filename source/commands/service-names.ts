import type { ContainerState, StackState } from '../model/state.ts';
import { resolveContainer, resolveServices } from '../selectors/names/containers.ts';
import { demandFound, nothingSuch } from './failures.ts';
import type { ServicePart } from './json/parts.ts';

/** The one container that is called so. Throws CommandFailure where there is none, or several. */
export function containerCalled(state: StackState, project: string | null, word: string): ContainerState {
	const [one] = demandFound(resolveContainer(state, project, word));
	if (!one) throw nothingSuch(`There is no service ${word}`);
	return one;
}

/**
 * The containers that are called so, all replicas of a service that is named, each once, in the order of the words.
 * Throws CommandFailure where a name means none, or is ambiguous.
 */
export function servicesCalled(state: StackState, project: string | null, words: readonly string[]): ContainerState[] {
	return [...new Set(words.flatMap(word => demandFound(resolveServices(state, project, word))))];
}

/** A service that does its work once and ends well, as initialisations do, is no service that is down. */
export function isFinishedJob({ name, state, exit_code }: Pick<ServicePart, 'name' | 'state' | 'exit_code'>): boolean {
	return state === 'exited' && exit_code === 0 && /(^|[-_])(init|migrate|setup)/.test(name);
}
