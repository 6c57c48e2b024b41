import type { WatchedTask } from '../../clients/airflow/airflow3-watching.ts';
import type { Effect } from '../conversation.ts';

/** A page of the thread: a task instance, an MLflow run or a model version. */
export type Stop = {
	/** Unique among the stops. */
	readonly id: string;
	/** @param trail the stops before it */
	readonly open: (trail: Trail) => Effect;
	/** The task instance of the page. */
	readonly task?: WatchedTask;
};

/** The pages that were opened one from the other, the first one first. */
export type Trail = readonly Stop[];

/** Opens the page; one that was passed on the way is returned to, so that Esc never leads round in circles. */
export function goTo(stop: Stop, trail: Trail): Effect {
	const index = trail.findIndex(({ id }) => id === stop.id);
	return (trail[index] ?? stop).open(index < 0 ? trail : trail.slice(0, index));
}

/** Where Esc leads: to the page before; undefined: there is none. */
export function backOn(trail: Trail): (() => Effect) | undefined {
	const before = trail.at(-1);
	return before && (() => before.open(trail.slice(0, -1)));
}

/** The task of the nearest page that is about one. */
export const taskOn = (trail: Trail): WatchedTask | null => trail.findLast(({ task }) => task)?.task ?? null;
