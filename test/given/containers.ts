import type { Container } from '../../source/model/engine/container.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { container } from '../diagnosis/stack.ts';

/** Containers as Docker Compose makes them, for worlds with more than one of a service or more than one project. */

/** A replica of a service, with the name that Compose generates. */
export function replica(project: string, service: string, number = 1, more: Partial<Container> = {}): Container {
	const name = `${project}-${service}-${number}`;
	return container(name, { id: idOf(name), project, service, replica: number, ...more });
}

/** What `docker compose run` creates from a service. */
export function oneOff(project: string, service: string, name: string, more: Partial<Container> = {}): Container {
	return container(name, { id: idOf(name), project, service, replica: 1, isOneOff: true, health: 'none', ...more });
}

/** A container that Compose did not start. */
export function loose(name: string, more: Partial<Container> = {}): Container {
	return container(name, { id: idOf(name), project: null, service: null, ...more });
}

/** 64 hexadecimal digits, as the engine's. */
export function idOf(name: string): string {
	return Buffer.from(name).toString('hex').padEnd(64, '0').slice(-64);
}

/** The state after the engine listed these. */
export function listed(...containers: readonly Container[]): StackState {
	const fact: Observation = { type: 'containers listed', containers: [...containers], at: 0 };
	return reduce(initialState, fact);
}
