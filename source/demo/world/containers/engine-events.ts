import { nanos } from '../time.ts';
import type { Container } from './container.ts';
import { labelsOf } from './labels.ts';

export type EngineEvent = {
	type: string;
	action: string;
	id: string;
	image?: string;
	attributes: Record<string, string>;
	time: bigint;
};

export type EventSubscriber = { write(event: EngineEvent): void; end(): void };

/** moby keeps this many for `since` (daemon/events/events.go). */
const KEPT = 256;

export type EngineEvents = {
	readonly kept: readonly EngineEvent[];
	readonly subscribers: Set<EventSubscriber>;
	emit(event: EngineEvent): void;
};

export function createEngineEvents(): EngineEvents {
	const kept: EngineEvent[] = [];
	const subscribers = new Set<EventSubscriber>();
	return {
		kept,
		subscribers,
		emit(event) {
			kept.push(event);
			if (kept.length > KEPT) kept.shift();
			for (const subscriber of subscribers) subscriber.write(event);
		},
	};
}

/** An event of a container: its labels, image and name are among the attributes, as in moby. */
export function containerEvent(
	container: Container,
	action: string,
	time: number,
	extra: Record<string, string> = {},
): EngineEvent {
	const { image, name } = container.definition;
	return {
		type: 'container',
		action,
		id: container.id,
		image,
		attributes: { ...labelsOf(container), ...extra, image, name },
		time: nanos(time),
	};
}
