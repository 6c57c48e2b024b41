import type { AirflowJob } from '../model/airflow/airflow-watch.ts';
import { isAirflow3 } from '../selectors/printed-commands/airflow-command.ts';
import { type Check, one } from './check.ts';

/** Each process that has ever run is a job: more hosts than this are earlier containers. */
const jobsKept = 30;

/** Heartbeats of schedulers, triggerers and DAG processors, which `airflow jobs check` asks for in each container. */
export const jobsCheck: Check = {
	name: 'jobs',
	subjects: ({ facts, airflow }) => one(facts().isAirflowLive && isAirflow3(facts().state) && airflow() !== null),
	everyMs: 30_000,
	leastMs: 8000,
	afterMs: 1500,
	async look({ airflow }, _subject, signal) {
		const requests = await airflow()?.airflow3('jobs', signal);
		if (!requests) return null;
		return { check: 'jobs', jobs: newestJobs(await requests.jobs(signal)).slice(0, jobsKept) };
	},
};

/** Of the jobs, last heartbeat first, the newest of each type on each host. */
export function newestJobs(jobs: readonly AirflowJob[]): AirflowJob[] {
	const newest = new Map<string, AirflowJob>();
	for (const job of jobs) {
		const key = `${job.type}\n${job.hostname}`;
		const known = newest.get(key);
		if (!known || job.id > known.id) newest.set(key, job);
	}
	return [...newest.values()];
}
