import type { ContainerState, StackState } from '../../model/state.ts';
import { resolveContainer, resolveServices } from '../../selectors/names/containers.ts';
import { phrase } from '../../words/message.ts';
import { demandFound, nothingSuch } from '../exit/failures.ts';

/** The one container of this name. Throws CommandFailure for none or several. */
export function containerCalled(state: StackState, project: string | null, word: string): ContainerState {
	const [one] = demandFound(resolveContainer(state, project, word));
	if (!one) throw nothingSuch(phrase(['no service {word}', '{word} 서비스가 없습니다'], { word }));
	return one;
}

/**
 * The containers of these names, with all replicas of a named service, in the order of the words. Throws CommandFailure if
 * a name is unknown or ambiguous.
 */
export function servicesCalled(state: StackState, project: string | null, words: readonly string[]): ContainerState[] {
	return [...new Set(words.flatMap(word => demandFound(resolveServices(state, project, word))))];
}
