import { say } from '../messages/message.ts';
import { unfinishedUpstream } from './upstream.ts';
import { type WaitRule, wait } from './wait.ts';

/** States that do not change while the scheduler skips the DAG (airflow/models/dagrun.py, 2.8). */
const untouched: ReadonlySet<string | null> = new Set([null, 'scheduled', 'up_for_retry', 'up_for_reschedule']);

/** Whether the scheduler has to act next. */
const isSchedulersTurn: (waiting: Parameters<WaitRule>[0]) => boolean = waiting =>
	waiting.run.state === 'queued' ||
	(untouched.has(waiting.task.state) && (waiting.task.state !== null || unfinishedUpstream(waiting).length === 0));

/** Its file is gone: Airflow deactivates the DAG and no longer lists it. */
export const dagGone: WaitRule = waiting => {
	const { dag, facts, run } = waiting;
	if (facts.state.dags === null || !facts.isAirflowLive || dag?.isActive === true || !isSchedulersTurn(waiting))
		return null;
	return wait('dag gone', say('waits.dag gone', { dag: run.dagId }), { needsHelp: true });
};

/** No task of a paused DAG is scheduled or queued; tasks that were queued before still run. */
export const dagPaused: WaitRule = waiting =>
	waiting.dag?.isPaused && isSchedulersTurn(waiting)
		? wait('dag paused', say('waits.dag paused'), { needsHelp: true })
		: null;

/** A queued DAG run waits for the limit of active DAG runs, or for the scheduler. */
export const runNotStarted: WaitRule = ({ run, dag, facts }) => {
	if (run.state !== 'queued') return null;
	const limit = dag?.maxActiveRuns ?? null;
	const active = (facts.state.dagRuns[run.dagId] ?? []).filter(({ state }) => state === 'running').length;
	return limit !== null && active >= limit
		? wait('max active runs', say('waits.max active runs', { active, limit }))
		: wait('run not started', say('waits.run not started'));
};
