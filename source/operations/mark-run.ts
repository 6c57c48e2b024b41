import type { MarkedRunState } from '../clients/airflow/airflow.ts';
import { type DagRun, isActiveRun } from '../model/pipeline.ts';
import { curlCommand } from '../selectors/airflow-command.ts';
import {
	airflowAway,
	airflowOf,
	knownRun,
	knownTasks,
	listed,
	type RunWish,
	runAsItIs,
	runPath,
	targetOfRun,
} from './airflow.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Plan, Planned, Tools } from './plan.ts';

/** Marks a run: success and failed end it, queued lets the scheduler look at it anew. */
export function planMarkRun(
	facts: Facts,
	{ dagId, dagRunId, state }: RunWish & { readonly state: MarkedRunState },
): Planned {
	const away = airflowAway(facts.state, 'Nothing can be marked now');
	if (away) return away;
	const run = knownRun(facts, dagId, dagRunId);
	if (run?.state === state) return { refused: `${dagRunId} is ${state} already`, kind: 'already' };
	const asks = {
		success: ['All its tasks are marked success; those that run are ended.'],
		failed: [stopped],
		queued: ['The scheduler looks at it anew. Tasks that have ended stay as they are: to run them again, clear them.'],
	}[state];
	return {
		...markRun(facts, { dagId, dagRunId }, state),
		actionId: `mark-run-${state}`,
		title: `mark ${dagRunId} ${state}`,
		asks: [`The run ${dagRunId} of ${dagId}${run ? `, ${run.state} now,` : ''} is marked ${state}.`, ...asks],
		isPatient: true,
		perform: async tools => setRunState(tools, { dagId, dagRunId }, state, !run || isActiveRun(run)),
	};
}

/** mark_tasks.py, set_dag_run_state_to_failed (2.8.0): what has no state yet keeps none. */
const stopped =
	'Tasks that run are ended and count as failed; those that are scheduled or queued are skipped; the rest never comes up.';

/** Stops a run that is under way. Airflow has no other way than to mark it failed. */
export function planStopRun(facts: Facts, { dagId, dagRunId }: RunWish): Planned {
	const away = airflowAway(facts.state, 'Nothing can be stopped now');
	if (away) return away;
	const run = knownRun(facts, dagId, dagRunId);
	if (run && !isActiveRun(run))
		return { refused: `${dagRunId} has ended already (${run.state}): there is nothing to stop`, kind: 'refused' };
	const running = knownTasks(facts, dagId, dagRunId).filter(task => task.state === 'running');
	return {
		...markRun(facts, { dagId, dagRunId }, 'failed'),
		actionId: 'stop-run',
		title: `stop ${dagRunId}`,
		asks: [
			`The run ${dagRunId} of ${dagId} is marked failed: so Airflow stops a run.`,
			stopped,
			...(running.length > 0 ? [`It is at ${listed(running.map(task => task.taskId))} now.`] : []),
			'To go on with it later, clear it.',
		],
		isPatient: true,
		perform: async (tools): Promise<Outcome> => {
			// It may have ended since the question was asked: a success must not become a failure.
			const now = await airflowOf(tools.clients).dagRun(dagId, dagRunId, tools.signal);
			if (isActiveRun(now)) return setRunState(tools, { dagId, dagRunId }, 'failed', true);
			return {
				outcome: 'failed',
				message: `${dagRunId} has ended already (${now.state}): nothing was stopped`,
				failure: 'refused',
			};
		},
	};
}

function markRun(
	{ state }: Facts,
	{ dagId, dagRunId }: RunWish,
	to: MarkedRunState,
): Pick<Plan, 'command' | 'targets'> {
	return {
		command: curlCommand(state, 'PATCH', runPath(dagId, dagRunId), { state: to }),
		targets: [targetOfRun(dagId, dagRunId)],
	};
}

function setRunState(
	tools: Tools,
	{ dagId, dagRunId }: RunWish,
	state: MarkedRunState,
	mayBeAtWork: boolean,
): Promise<Outcome> {
	const airflow = airflowOf(tools.clients);
	const asItIs = () => runAsItIs(airflow, dagId, dagRunId, tools.signal);
	// A queued run does not stay so for long.
	const isSo = (now: string) => now === state || (state === 'queued' && now === 'running');
	return once(
		tools,
		async () => {
			const run = await airflow.setRunState(dagId, dagRunId, state, tools.signal);
			if (!isSo(run.state))
				return { outcome: 'failed', message: `${dagRunId} is ${run.state}, not ${state}`, failure: 'refused' };
			const revived = state !== 'queued' && mayBeAtWork && (await isRevived(tools, run, state));
			if (!revived) return { outcome: 'done', message: await asItIs() };
			return {
				outcome: 'failed',
				message: `${dagRunId} was marked ${state}, and a task that is at work sets it running again`,
				failure: 'refused',
			};
		},
		async () => {
			const run = await airflow.dagRun(dagId, dagRunId, tools.signal);
			return isSo(run.state) ? { outcome: 'done', message: await asItIs() } : null;
		},
		`${dagRunId} is not ${state}`,
	);
}

/** A worker looks every five seconds whether its task was ended from outside (job_heartbeat_sec), and needs a second to end it. */
const workerNoticesMs = 6000;
const lookEveryMs = 1000;
const remarks = 3;

/**
 * Sees to it that a run that was marked stays so; answers whether it does not.
 * A task that a worker is beginning or ending at that moment saves its DAG run as it knew it (taskinstance.py 2.8.0:
 * `session.merge(self)` takes the run along), so that the run is running again, since before it was marked; it is then
 * marked once more. A run that somebody has cleared meanwhile begins anew, which is left alone.
 * @param marked as Airflow answered
 */
async function isRevived(tools: Tools, marked: DagRun, state: 'success' | 'failed'): Promise<boolean> {
	const { dagId, dagRunId } = marked;
	const airflow = airflowOf(tools.clients);
	const beganBefore = ({ startedAt }: DagRun) =>
		startedAt === marked.startedAt || (startedAt !== null && startedAt <= (marked.endedAt ?? 0));
	tools.progress(`${dagRunId} is marked ${state}; seeing that its tasks end`);
	let times = 0;
	for (let waited = 0; waited < workerNoticesMs; waited += lookEveryMs) {
		await tools.clock.sleep(lookEveryMs, tools.signal);
		if (tools.signal.aborted) return false;
		try {
			const now = await airflow.dagRun(dagId, dagRunId, tools.signal);
			if (!isActiveRun(now)) continue;
			if (now.state !== 'running' || !beganBefore(now)) return false;
			if (times++ === remarks) return true;
			tools.progress(`a task that was under way set ${dagRunId} running again: it is marked ${state} once more`);
			await airflow.setRunState(dagId, dagRunId, state, tools.signal);
			waited = 0;
		} catch {
			// It is marked, whatever this look came to; the next one tells more.
		}
	}
	return false;
}
