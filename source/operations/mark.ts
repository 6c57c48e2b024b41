import type { AirflowClient, MarkedRunState, MarkedTaskState } from '../clients/airflow/airflow.ts';
import { inPath } from '../model/outside-id.ts';
import { type DagRun, isActiveRun } from '../model/pipeline.ts';
import { maskText } from '../model/secrets.ts';
import type { StackState } from '../model/state.ts';
import { isTaskNamed, parseTaskName } from '../model/task-name.ts';
import { curlCommand } from '../selectors/airflow-command.ts';
import { tasksNamed } from '../selectors/names/tasks.ts';
import {
	airflowAway,
	airflowOf,
	counted,
	knownRun,
	knownTasks,
	listed,
	runAsItIs,
	runPath,
	targetOfRun,
} from './airflow.ts';
import { interruptions } from './interrupted.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Plan, Planned, Tools } from './plan.ts';
import { eachOf } from './several.ts';
import { refusalOfName } from './unresolved.ts';

type RunWish = { readonly dagId: string; readonly dagRunId: string };

/** Marks tasks of a run success, failed or skipped without running them. */
export function planMarkTasks(
	facts: Facts,
	{
		dagId,
		dagRunId,
		taskIds,
		state,
	}: RunWish & { readonly taskIds: readonly string[]; readonly state: MarkedTaskState },
): Planned {
	const away = airflowAway(facts.state, 'Nothing can be marked now');
	if (away) return away;
	const unable = state === 'skipped' ? cannotSkip(facts.state) : null;
	if (unable !== null) return { refused: unable, kind: 'refused' };
	if (taskIds.length === 0) return { refused: 'There is no task to mark', kind: 'nothing' };
	const known = knownTasks(facts, dagId, dagRunId);
	for (const name of known.length === 0 ? [] : taskIds) {
		const named = tasksNamed(name, known);
		if (named.kind !== 'found') return refusalOfName(named);
	}
	const concerned = known.filter(task => taskIds.some(name => isTaskNamed(task, name)));
	if (concerned.length > 0 && concerned.every(task => task.state === state))
		return { refused: `${listed(taskIds)}: ${state} already`, kind: 'already' };
	const asks = [`${listed(taskIds)} of ${dagRunId}: marked ${state}, without being run.`];
	asks.push(...interruptions(concerned, known));
	asks.push('Airflow clears what follows and had failed: a run that had ended goes on with it.');
	return {
		actionId: `mark-${state}`,
		title: `mark ${listed(taskIds, 3)} of ${dagRunId} ${state}`,
		asks,
		command: (concerned.length > 0 ? concerned : taskIds.map(named => ({ ...parseTaskName(named) })))
			.map(({ taskId, mapIndex }) => {
				const index = mapIndex === null || mapIndex < 0 ? '' : `/${mapIndex}`;
				const path = `${runPath(dagId, dagRunId)}/taskInstances/${inPath(taskId)}${index}`;
				return curlCommand(facts.state, 'PATCH', path, { dry_run: false, new_state: state });
			})
			.join('\n'),
		targets: taskIds.map(taskId => `task ${dagId}/${dagRunId}/${taskId}`),
		perform: async (tools): Promise<Outcome> => {
			const airflow = airflowOf(tools.clients);
			const outcome = await eachOf(tools, taskIds, taskId =>
				markTask(tools, airflow, { dagId, dagRunId }, taskId, state),
			);
			if (outcome.outcome !== 'done') return outcome;
			return { ...outcome, message: `${outcome.message}; ${await runAsItIs(airflow, dagId, dagRunId, tools.signal)}` };
		},
	};
}

/**
 * Why no task can be marked skipped; null where it can. Before 2.10 the API takes the state and then fails on it, always
 * (mark_tasks.py makes a run's state of it; apache/airflow issue 40575).
 */
export function cannotSkip({ sources }: StackState): string | null {
	const version = sources.airflow?.version ?? '';
	return /^2\.\d\./.test(version)
		? `Airflow ${version} fails when it is to mark a task skipped; success lets what follows go on`
		: null;
}

/** All instances of a mapped task, or the one that is named, in turn; done is what Airflow tells of their states afterwards. */
async function markTask(
	tools: Tools,
	airflow: AirflowClient,
	{ dagId, dagRunId }: RunWish,
	name: string,
	state: MarkedTaskState,
): Promise<Outcome> {
	const instances = async () =>
		(await airflow.taskInstances(dagId, dagRunId, tools.signal)).filter(task => isTaskNamed(task, name));
	const found = await instances();
	if (found.length === 0) return { outcome: 'failed', message: `${dagRunId} has no task ${name}`, failure: 'nothing' };
	const look = async (): Promise<Outcome | null> => {
		const now = await instances();
		if (now.some(task => task.state !== state)) return null;
		return { outcome: 'done', message: `${name} is ${state}` };
	};
	return once(
		tools,
		async () => {
			for (const { taskId, mapIndex } of found) {
				await airflow.setTaskState({ dagId, dagRunId, taskId, mapIndex }, state, tools.signal);
			}
			const done = await look();
			if (done) return done;
			const states = [...new Set((await instances()).map(task => task.state ?? 'without a status'))];
			return { outcome: 'failed', message: `${name} is ${states.join(', ')}, not ${state}`, failure: 'refused' };
		},
		look,
		`${name} is not ${state}`,
	);
}

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

/** Airflow's limit (dag_run_schema.py). */
const longestNote = 1000;

/** Sets the note on a run, or takes it away where the text is empty. */
export function planNote(facts: Facts, { dagId, dagRunId, note }: RunWish & { readonly note: string }): Planned {
	const away = airflowAway(facts.state, 'No note can be set now');
	if (away) return away;
	if (note.length > longestNote) {
		return {
			refused: `A note has ${longestNote} characters at the most; this one has ${note.length}`,
			kind: 'refused',
		};
	}
	const before = knownRun(facts, dagId, dagRunId)?.note ?? '';
	if (knownRun(facts, dagId, dagRunId) && before === note)
		return { refused: note === '' ? `${dagRunId} has no note` : 'That is its note already', kind: 'already' };
	const asks = [
		note === '' ? `The note on ${dagRunId} is taken away.` : `The note on ${dagRunId} becomes: ${maskText(note)}`,
		...(before === '' ? [] : [`It replaces: ${maskText(before)}`]),
	];
	return {
		actionId: 'note',
		title: `${note === '' ? 'remove' : 'set'} the note on ${dagRunId}`,
		asks,
		command: curlCommand(facts.state, 'PATCH', `${runPath(dagId, dagRunId)}/setNote`, { note: maskText(note) }),
		targets: [targetOfRun(dagId, dagRunId)],
		perform: tools => {
			const airflow = airflowOf(tools.clients);
			const said = (now: string | null): Outcome => ({
				outcome: 'done',
				message: now ? `the note on ${dagRunId} has ${counted(now.length, 'character')}` : `${dagRunId} has no note`,
			});
			return once(
				tools,
				async () => said((await airflow.setRunNote(dagId, dagRunId, note, tools.signal)).note),
				async () => {
					const now = (await airflow.dagRun(dagId, dagRunId, tools.signal)).note;
					return (now ?? '') === note ? said(now) : null;
				},
				'the note is as it was',
			);
		},
	};
}
