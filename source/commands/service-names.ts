import { displayName } from '../model/container.ts';
import { didYouMean } from '../model/nearest.ts';
import type { ContainerState, StackState } from '../model/state.ts';
import { servicesInOrder } from '../ui/panes/services/services-view.ts';
import { nothingSuch } from './failures.ts';
import type { ServicePart } from './json/parts.ts';

/** Names by which a container may be called, the usual one first. */
export function namesOf({ container }: ContainerState): string[] {
	return [displayName(container), ...(container.service ? [container.service] : []), container.name];
}

/**
 * The container that is called so: by Compose service, name, or the beginning of its id (at least six letters); one of
 * the own project before others. Throws CommandFailure where there is none.
 */
export function serviceCalled(state: StackState, project: string | null, word: string): ContainerState {
	const all = servicesInOrder(state, project);
	const found =
		all.find(service => namesOf(service).includes(word)) ??
		(/^[0-9a-f]{6,64}$/.test(word) ? all.find(({ container }) => container.id.startsWith(word)) : undefined);
	if (found) return found;
	const names = [...new Set(all.flatMap(service => namesOf(service)[0] ?? []))];
	throw nothingSuch(
		`There is no service ${word}${didYouMean(word, names)}`,
		names.length > 0 ? `laketop services --all lists them` : 'No container is on this engine',
	);
}

/** The containers that are called so, each once, in the order of the words. */
export function servicesCalled(state: StackState, project: string | null, words: readonly string[]): ContainerState[] {
	return [...new Set(words.map(word => serviceCalled(state, project, word)))];
}

/** A service that does its work once and ends well, as initialisations do, is no service that is down. */
export function isFinishedJob({ name, state, exit_code }: Pick<ServicePart, 'name' | 'state' | 'exit_code'>): boolean {
	return state === 'exited' && exit_code === 0 && /(^|[-_])(init|migrate|setup)/.test(name);
}
