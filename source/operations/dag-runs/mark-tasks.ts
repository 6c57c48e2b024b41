import type { AirflowClient, MarkedTaskState } from '../../clients/airflow/airflow.ts';
import { isTaskNamed, parseTaskName } from '../../model/airflow/task-name.ts';
import type { StackState } from '../../model/state.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { inPath } from '../../model/text/outside-id.ts';
import { tasksNamed } from '../../selectors/names/tasks.ts';
import { curlCommand, isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { joined, type Message, phrase } from '../../words/message.ts';
import { airflowOf, airflowUnavailable, knownTasks, listed, type RunRequest, runAsItIs, runPath } from '../airflow.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from '../plan/plan.ts';
import { eachOf } from '../plan/several.ts';
import { refusalOfName } from '../plan/unresolved.ts';
import { interruptions } from './interrupted.ts';

/** Marks tasks of a run success, failed or skipped without running them. */
export function planMarkTasks(
	facts: Facts,
	{
		dagId,
		dagRunId,
		taskIds,
		state,
	}: RunRequest & { readonly taskIds: readonly string[]; readonly state: MarkedTaskState },
): Planned {
	const unavailable = airflowUnavailable(
		facts.state,
		phrase(['The state cannot be set now', '지금은 상태를 지정할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const unable = state === 'skipped' ? cannotSkip(facts.state) : null;
	if (unable !== null) return { refused: unable, kind: 'refused' };
	if (taskIds.length === 0) return { refused: phrase(['No task selected', '선택한 작업이 없습니다']), kind: 'nothing' };
	const known = knownTasks(facts, dagId, dagRunId);
	for (const name of known.length === 0 ? [] : taskIds) {
		const named = tasksNamed(name, known);
		if (named.kind !== 'found') return refusalOfName(named);
	}
	const concerned = known.filter(task => taskIds.some(name => isTaskNamed(task, name)));
	if (concerned.length > 0 && concerned.every(task => task.state === state))
		return {
			refused: phrase(['{tasks}: already {state}', '{tasks}: 이미 {state} 상태입니다'], {
				tasks: listed(taskIds),
				state: taskStateText(state),
			}),
			kind: 'already',
		};
	const effects = [
		phrase(
			[
				'Marks {tasks} of {run} {state} without running {n|it|them}.',
				'{run}의 {tasks}을(를) 실행하지 않고 {state}으로(로) 지정합니다.',
			],
			{
				tasks: listed(taskIds),
				run: dagRunId,
				state: taskStateText(state),
				n: taskIds.length,
			},
		),
	];
	effects.push(...interruptions(concerned, known));
	effects.push(
		phrase([
			'Airflow clears the failed downstream tasks; a finished DAG run continues with them.',
			'Airflow가 실패한 다운스트림 작업을 clear합니다. 끝난 DAG 실행도 그 작업부터 계속됩니다.',
		]),
	);
	const named = concerned.length > 0 ? concerned : taskIds.map(parseTaskName);
	return {
		actionId: `mark-${state}`,
		title: phrase(['mark {tasks} of {run} {state}', '{run}의 {tasks} 상태를 {state}으로(로) 지정'], {
			tasks: listed(taskIds, 3),
			run: dagRunId,
			state: taskStateText(state),
		}),
		effects,
		command: markCommand(facts.state, { dagId, dagRunId }, named, state),
		targets: taskIds.map(taskId => `task ${dagId}/${dagRunId}/${taskId}`),
		perform: async (tools): Promise<Outcome> => {
			const airflow = airflowOf(tools.clients);
			const outcome = await eachOf(tools, taskIds, taskId =>
				markTask(tools, airflow, { dagId, dagRunId }, taskId, state),
			);
			if (outcome.outcome !== 'done') return outcome;
			const now = await runAsItIs(airflow, dagId, dagRunId, tools.signal);
			return { ...outcome, message: joined([outcome.message, now], '; ') };
		},
	};
}

/** The requests: one for each task instance, or for the whole task where its instances are unknown. */
function markCommand(
	state: StackState,
	{ dagId, dagRunId }: RunRequest,
	tasks: readonly { readonly taskId: string; readonly mapIndex: number | null }[],
	marked: MarkedTaskState,
): string {
	return tasks
		.map(({ taskId, mapIndex }) => {
			const index = mapIndex === null || mapIndex < 0 ? '' : `/${mapIndex}`;
			const path = `${runPath(dagId, dagRunId)}/taskInstances/${inPath(taskId)}${index}`;
			const body = { new_state: marked };
			// Airflow 2 does a dry run by default; Airflow 3 rejects the field.
			return curlCommand(state, 'PATCH', path, isAirflow3(state) ? body : { dry_run: false, ...body });
		})
		.join('\n');
}

/**
 * Why no task can be marked skipped; null if it can. Before 2.10 the API accepts the state and then always fails on it
 * (mark_tasks.py makes a run's state of it; apache/airflow issue 40575).
 */
export function cannotSkip({ sources }: StackState): Message | null {
	const version = sources.airflow?.version ?? '';
	return /^2\.\d\./.test(version)
		? phrase(
				[
					'Airflow {version} cannot mark tasks skipped; mark them success to let downstream tasks run',
					'Airflow {version}에서는 작업을 건너뜀(skipped)으로 지정할 수 없습니다. 다운스트림 작업을 실행하려면 성공(success)으로 지정하세요',
				],
				{ version },
			)
		: null;
}

/**
 * Marks all instances of a mapped task in turn, or the named one. Success is the state that Airflow reports afterwards.
 */
async function markTask(
	tools: Tools,
	airflow: AirflowClient,
	{ dagId, dagRunId }: RunRequest,
	name: string,
	state: MarkedTaskState,
): Promise<Outcome> {
	const instances = async () =>
		(await airflow.taskInstances(dagId, dagRunId, tools.signal)).filter(task => isTaskNamed(task, name));
	const found = await instances();
	if (found.length === 0) {
		const message = phrase(['{run} has no task {name}', '{run}에 {name} 작업이 없습니다'], { run: dagRunId, name });
		return { outcome: 'failed', message, failure: 'nothing' };
	}
	const look = async (): Promise<Outcome | null> => {
		const now = await instances();
		if (now.some(task => task.state !== state)) return null;
		return {
			outcome: 'done',
			message: phrase(['{name} is {state}', '{name}: {state}'], { name, state: taskStateText(state) }),
		};
	};
	return once(
		tools,
		async () => {
			for (const { taskId, mapIndex } of found) {
				await airflow.setTaskState({ dagId, dagRunId, taskId, mapIndex }, state, tools.signal);
			}
			const done = await look();
			if (done) return done;
			const states = [...new Set((await instances()).map(task => task.state))];
			const message = phrase(['{name} is {now}, not {state}', '{name}의 상태가 {state}이(가) 아니라 {now}입니다'], {
				name,
				now: joined(
					states.map(one => (one === null ? phrase(['no status', '상태 없음']) : taskStateText(one))),
					', ',
				),
				state: taskStateText(state),
			});
			return { outcome: 'failed', message, failure: 'refused' };
		},
		look,
		phrase(['{name} is not {state}', '{name}은(는) {state} 상태가 아닙니다'], { name, state: taskStateText(state) }),
	);
}
