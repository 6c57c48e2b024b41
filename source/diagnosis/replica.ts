import { replicaInName } from '../model/engine/container.ts';
import type { ContainerState } from '../model/state.ts';
import { type Message, phrase } from '../words/message.ts';

/** One of several replicas. */
export type Replica = {
	readonly service: string;
	/** From 1. */
	readonly number: number;
	/** Replicas of the service. */
	readonly of: number;
};

/** null for a container that is no replica of others. */
export function replicaOf({ container, replicas }: ContainerState): Replica | null {
	const number = container.replica ?? Number(replicaInName(container));
	if (replicas < 2 || container.service === null || number < 1) return null;
	return { service: container.service, number, of: replicas };
}

/** `api (replica 2 of 3)`, `api (replicas 1, 2 of 3)`, `api (all 3 replicas)` */
export function replicasName(replicas: readonly Replica[]): Message {
	const [first] = replicas;
	const { service = '', of = 0 } = first ?? {};
	const numbers = replicas.map(({ number }) => number).toSorted((a, b) => a - b);
	if (numbers.length === of)
		return phrase(['{service} (all {n} replicas)', '{service}(복제본 {n}개 모두)'], { service, n: of });
	const named = { service, numbers: numbers.join(', '), n: of };
	return numbers.length === 1
		? phrase(['{service} (replica {numbers} of {n})', '{service}(복제본 {numbers}/{n})'], named)
		: phrase(['{service} (replicas {numbers} of {n})', '{service}(복제본 {n}개 중 {numbers}번)'], named);
}
