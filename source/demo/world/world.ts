import { type Agenda, createAgenda } from './agenda.ts';
import type { AirflowState } from './airflow/airflow-state.ts';
import type { Container } from './containers/container.ts';
import { createEngineEvents, type EngineEvents } from './containers/engine-events.ts';
import type { TrackingStore } from './mlflow/tracking-store.ts';
import { createRandom, type Random } from './random.ts';
import type { DemoWorldStack, StackPart } from './stack-parts.ts';

/**
 * Everything that exists in the demo. The three servers show it, each in its own protocol; the scenario changes it. Its
 * time stands still until `advance` moves it on.
 */
export type World = {
	readonly seed: number;
	readonly random: Random;
	/** False: nothing starts by itself; only ordered events run. */
	readonly autonomous: boolean;
	readonly startedAt: number;
	/** Milliseconds since the epoch; while an event runs, its exact time. */
	time: number;
	readonly agenda: Agenda;
	readonly containers: Map<string, Container>;
	readonly events: EngineEvents;
	/** Names of deleted volumes that were not created again. */
	readonly deletedVolumes: Set<string>;
	/** The actual ports on 127.0.0.1 of the published ports. */
	readonly publishedPorts: Map<string, number>;
	readonly stack: DemoWorldStack;
	readonly airflow: AirflowState;
	readonly mlflow: TrackingStore;
	/** Called when a container has started, responds, or has exited. */
	readonly onContainerChange: Set<(container: Container) => void>;
	/** Called once a second of the world's time. */
	readonly onSecond: Set<() => void>;
};

export function createWorld(given: {
	seed: number;
	time: number;
	autonomous: boolean;
	stack: DemoWorldStack;
	airflow: AirflowState;
	mlflow: TrackingStore;
}): World {
	return {
		seed: given.seed,
		random: createRandom(given.seed),
		autonomous: given.autonomous,
		startedAt: given.time,
		time: given.time,
		agenda: createAgenda(),
		containers: new Map(),
		events: createEngineEvents(),
		deletedVolumes: new Set(),
		publishedPorts: new Map(),
		stack: given.stack,
		airflow: given.airflow,
		mlflow: given.mlflow,
		onContainerChange: new Set(),
		onSecond: new Set(),
	};
}

/** Runs everything that is due until `time`. Nothing else moves the world. */
export function advance(world: World, time: number): void {
	for (let item = world.agenda.takeDue(time); item !== undefined; item = world.agenda.takeDue(time)) {
		world.time = Math.max(world.time, item.at);
		item.run();
	}
	world.time = Math.max(world.time, time);
}

export function after(world: World, delayMs: number, run: () => void): void {
	world.agenda.add(world.time + delayMs, run);
}

export function every(world: World, intervalMs: number, run: () => void): void {
	const again = (): void => {
		run();
		after(world, intervalMs, again);
	};
	after(world, intervalMs, again);
}

/**
 * Time since the demo started, ms. Random numbers and noise depend on this, never on the date: the same seed gives the
 * same story on every day.
 */
export const sinceStart = (world: World): number => world.time - world.startedAt;

/** The containers that the engine has. */
export function presentContainers(world: World): Container[] {
	return [...world.containers.values()].filter(container => container.status !== 'removed');
}

export function containerOf(world: World, name: string): Container {
	const container = world.containers.get(name);
	if (container === undefined) throw new RangeError(`the demo has no container ${name}`);
	return container;
}

/** Whether the program in the container responds to others. */
export function answers(world: World, name: string): boolean {
	const container = world.containers.get(name);
	return (
		container !== undefined &&
		container.status === 'running' &&
		world.time >= container.startedAt + container.definition.bootMs
	);
}

/** The container of a part; undefined if the stack has no such part. */
export function partOf(world: World, part: StackPart): Container | undefined {
	const name = world.stack.parts[part];
	return name === null ? undefined : world.containers.get(name);
}

/** Whether tasks log to an MLflow, in the stack or elsewhere. */
export const hasMlflow = ({ stack }: World): boolean => stack.parts.mlflow !== null || stack.isMlflowElsewhere === true;

/** Whether MLflow responds to tasks. */
export const mlflowAnswers = (world: World): boolean =>
	world.stack.isMlflowElsewhere === true || partAnswers(world, 'mlflow');

/** Whether a part of the stack responds to the others. */
export function partAnswers(world: World, part: StackPart): boolean {
	const name = world.stack.parts[part];
	return name !== null && answers(world, name);
}
