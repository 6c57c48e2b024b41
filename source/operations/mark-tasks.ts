import type { AirflowClient, MarkedTaskState } from '../clients/airflow/airflow.ts';
import { inPath } from '../model/outside-id.ts';
import type { StackState } from '../model/state.ts';
import { isTaskNamed, parseTaskName } from '../model/task-name.ts';
import { curlCommand, isAirflow3 } from '../selectors/airflow-command.ts';
import { tasksNamed } from '../selectors/names/tasks.ts';
import { airflowAway, airflowOf, knownTasks, listed, type RunWish, runAsItIs, runPath } from './airflow.ts';
import { interruptions } from './interrupted.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from './plan.ts';
import { eachOf } from './several.ts';
import { refusalOfName } from './unresolved.ts';

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
				const body = { new_state: state };
				// Airflow 2 only says what it would do, unless told otherwise; Airflow 3 refuses the word.
				return curlCommand(facts.state, 'PATCH', path, isAirflow3(facts.state) ? body : { dry_run: false, ...body });
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
