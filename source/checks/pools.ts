import type { Pool } from '../model/check.ts';
import { type Check, type CheckDeps, one } from './check.ts';

/** What each pool held when it last changed, and when that was. */
const held = new WeakMap<CheckDeps, Map<string, { readonly counts: string; readonly since: number }>>();

/** Since when nothing has begun or ended in each pool: a full one that moves is busy, one that does not is stuck. */
function stillSince(deps: CheckDeps, pools: readonly Pool[]): Record<string, number> {
	const before = held.get(deps);
	const now = new Map(
		pools.map(({ name, running, queued, scheduled }) => {
			const counts = `${running} ${queued} ${scheduled}`;
			const old = before?.get(name);
			return [name, old?.counts === counts ? old : { counts, since: deps.now() }] as const;
		}),
	);
	held.set(deps, now);
	return Object.fromEntries([...now].map(([name, { since }]) => [name, since]));
}

/** Pools of Airflow: looked at when a task waits, else seldom, as each request costs the webserver. */
export const poolsCheck: Check = {
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
		return { check: 'pools', pools, stillSince: stillSince(deps, pools) };
	},
};
