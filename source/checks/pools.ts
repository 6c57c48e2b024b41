import type { Pool } from '../model/check.ts';
import { type Check, one } from './check.ts';

/** Counts of each pool at its last change, and the time of that change. */
type Held = ReadonlyMap<string, { readonly counts: string; readonly since: number }>;

/** Since when no task has started or ended in each pool: a full pool that does not move is stuck. */
function heldNow(before: Held, pools: readonly Pool[], at: number): Held {
	return new Map(
		pools.map(({ name, running, queued, scheduled }) => {
			const counts = `${running} ${queued} ${scheduled}`;
			const old = before.get(name);
			return [name, old?.counts === counts ? old : { counts, since: at }] as const;
		}),
	);
}

/** Airflow's pools. Checked while a task waits, otherwise rarely: each request costs the webserver. */
export function poolsCheck(): Check {
	let held: Held = new Map();
	return {
		name: 'pools',
		subjects: ({ facts, airflow }) => one(facts().isAirflowLive && airflow() !== null),
		everyMs: 60_000,
		leastMs: 4000,
		afterMs: 1000,
		isUrgent: ({ facts }) =>
			facts()
				.tasks()
				.some(({ state }) => state === 'scheduled' || state === 'queued'),
		async look(deps, _subject, signal) {
			const client = deps.airflow();
			if (!client) return null;
			const pools = await client.pools(signal);
			held = heldNow(held, pools, deps.now());
			const unchangedSince = Object.fromEntries([...held].map(([name, { since }]) => [name, since]));
			return { check: 'pools', pools, unchangedSince };
		},
	};
}
