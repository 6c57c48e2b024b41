import { type Check, one } from './check.ts';

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
	async look({ airflow }, _subject, signal) {
		const client = airflow();
		return client && { check: 'pools', pools: await client.pools(signal) };
	},
};
