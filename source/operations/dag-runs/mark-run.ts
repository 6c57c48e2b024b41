import type { MarkedRunState } from '../../clients/airflow/airflow.ts';
import { type DagRun, isActiveRun } from '../../model/airflow/pipeline.ts';
import { taskStateText } from '../../model/state-texts.ts';
import { curlCommand } from '../../selectors/printed-commands/airflow-command.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import {
	airflowOf,
	airflowUnavailable,
	knownRun,
	knownTasks,
	listed,
	type RunRequest,
	runAsItIs,
	runPath,
	targetOfRun,
} from '../airflow.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Plan, Planned, Tools } from '../plan/plan.ts';

/** Marks a run: success and failed end it, queued returns it to the scheduler. */
export function planMarkRun(
	facts: Facts,
	{ dagId, dagRunId, state }: RunRequest & { readonly state: MarkedRunState },
): Planned {
	const unavailable = airflowUnavailable(
		facts.state,
		phrase(['The state cannot be set now', '지금은 상태를 지정할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const run = knownRun(facts, dagId, dagRunId);
	if (run?.state === state) {
		const refused = phrase(['{run} is already {state}', '{run}은(는) 이미 {state} 상태입니다'], {
			run: dagRunId,
			state: taskStateText(state),
		});
		return { refused, kind: 'already' };
	}
	const effects = {
		success: phrase([
			'Marks all its tasks success and stops those that run.',
			'모든 작업을 성공(success)으로 지정하고 실행 중인 작업은 중지합니다.',
		]),
		failed: phrase(stopped),
		queued: phrase([
			'The scheduler takes it up again. Finished tasks keep their state; clear them to run them again.',
			'스케줄러가 다시 처리합니다. 끝난 작업의 상태는 그대로입니다. 다시 실행하려면 clear하세요.',
		]),
	}[state];
	return {
		...markRun(facts, { dagId, dagRunId }, state),
		actionId: `mark-run-${state}`,
		title: phrase(['mark {run} {state}', '{run} 상태를 {state}으로(로) 지정'], {
			run: dagRunId,
			state: taskStateText(state),
		}),
		effects: [
			run
				? phrase(
						[
							'Marks DAG run {run} of {dag} {state}. It is {now} now.',
							'{dag}의 DAG 실행 {run}을(를) {state}으로(로) 지정합니다. 현재 상태는 {now}입니다.',
						],
						{ run: dagRunId, dag: dagId, state: taskStateText(state), now: taskStateText(run.state) },
					)
				: phrase(
						['Marks DAG run {run} of {dag} {state}.', '{dag}의 DAG 실행 {run}을(를) {state}으로(로) 지정합니다.'],
						{
							run: dagRunId,
							dag: dagId,
							state: taskStateText(state),
						},
					),
			effects,
		],
		runsInParallel: true,
		perform: async tools => setRunState(tools, { dagId, dagRunId }, state, !run || isActiveRun(run)),
	};
}

/** mark_tasks.py, set_dag_run_state_to_failed (2.8.0): tasks without a state keep none. */
const stopped: Text = [
	'Running tasks are stopped and marked failed. Scheduled and queued tasks are skipped. The others do not run.',
	'실행 중인 작업은 중지되어 실패(failed)가 되고, 예약되었거나 대기 중인 작업은 건너뜁니다. 나머지는 실행되지 않습니다.',
];

/** Stops an active run. Airflow's only way is to mark it failed. */
export function planStopRun(facts: Facts, { dagId, dagRunId }: RunRequest): Planned {
	const unavailable = airflowUnavailable(
		facts.state,
		phrase(['The DAG run cannot be stopped now', '지금은 DAG 실행을 중지할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const run = knownRun(facts, dagId, dagRunId);
	if (run && !isActiveRun(run))
		return {
			refused: phrase(['{run} has already finished ({state})', '{run}은(는) 이미 끝났습니다({state})'], {
				run: dagRunId,
				state: taskStateText(run.state),
			}),
			kind: 'refused',
		};
	const running = knownTasks(facts, dagId, dagRunId).filter(task => task.state === 'running');
	return {
		...markRun(facts, { dagId, dagRunId }, 'failed'),
		actionId: 'stop-run',
		title: phrase(['stop {run}', '{run} 중지'], { run: dagRunId }),
		effects: [
			phrase(
				[
					'Stops DAG run {run} of {dag}: Airflow marks it failed.',
					'{dag}의 DAG 실행 {run}을(를) 중지합니다. Airflow가 실패(failed)로 지정합니다.',
				],
				{ run: dagRunId, dag: dagId },
			),
			phrase(stopped),
			...(running.length > 0
				? [
						phrase(['Running now: {tasks}.', '현재 실행 중: {tasks}.'], {
							tasks: listed(running.map(task => task.taskId)),
						}),
					]
				: []),
			phrase(['Clear it to continue later.', '나중에 이어서 실행하려면 clear하세요.']),
		],
		runsInParallel: true,
		perform: async (tools): Promise<Outcome> => {
			// It may have ended since the question was shown: a success must not become a failure.
			const now = await airflowOf(tools.clients).dagRun(dagId, dagRunId, tools.signal);
			if (isActiveRun(now)) return setRunState(tools, { dagId, dagRunId }, 'failed', true);
			return {
				outcome: 'failed',
				message: phrase(
					[
						'Nothing stopped: {run} has already finished ({state})',
						'중지하지 않았습니다. {run}은(는) 이미 끝났습니다({state})',
					],
					{ run: dagRunId, state: taskStateText(now.state) },
				),
				failure: 'refused',
			};
		},
	};
}

function markRun(
	{ state }: Facts,
	{ dagId, dagRunId }: RunRequest,
	to: MarkedRunState,
): Pick<Plan, 'command' | 'targets'> {
	return {
		command: curlCommand(state, 'PATCH', runPath(dagId, dagRunId), { state: to }),
		targets: [targetOfRun(dagId, dagRunId)],
	};
}

function setRunState(
	tools: Tools,
	{ dagId, dagRunId }: RunRequest,
	state: MarkedRunState,
	mayBeAtWork: boolean,
): Promise<Outcome> {
	const airflow = airflowOf(tools.clients);
	const asItIs = () => runAsItIs(airflow, dagId, dagRunId, tools.signal);
	// A queued run soon starts.
	const isMarked = (now: string) => now === state || (state === 'queued' && now === 'running');
	return once(
		tools,
		async () => {
			const run = await airflow.setRunState(dagId, dagRunId, state, tools.signal);
			if (!isMarked(run.state)) {
				const message = phrase(['{run} is {now}, not {state}', '{run}의 상태가 {state}이(가) 아니라 {now}입니다'], {
					run: dagRunId,
					now: taskStateText(run.state),
					state: taskStateText(state),
				});
				return { outcome: 'failed', message, failure: 'refused' };
			}
			const revived = state !== 'queued' && mayBeAtWork && (await isRevived(tools, run, state));
			if (!revived) return { outcome: 'done', message: await asItIs() };
			return {
				outcome: 'failed',
				message: phrase(
					[
						'{run} was marked {state}, but a running task set it to running again',
						'{run}을(를) {state}으로(로) 지정했지만 실행 중인 작업이 다시 실행 중(running)으로 바꿨습니다',
					],
					{ run: dagRunId, state: taskStateText(state) },
				),
				failure: 'refused',
			};
		},
		async () => {
			const run = await airflow.dagRun(dagId, dagRunId, tools.signal);
			return isMarked(run.state) ? { outcome: 'done', message: await asItIs() } : null;
		},
		phrase(['{run} is not {state}', '{run}은(는) {state} 상태가 아닙니다'], {
			run: dagRunId,
			state: taskStateText(state),
		}),
	);
}

/**
 * A worker checks every five seconds whether its task was ended from outside (job_heartbeat_sec), and needs a second to
 * end it.
 */
const workerNoticesMs = 6000;
const lookEveryMs = 1000;
const remarks = 3;

/**
 * Makes sure that a marked run keeps its state; resolves with whether it does not.
 * A task that a worker starts or ends at that moment saves an old copy of its DAG run (taskinstance.py 2.8.0:
 * `session.merge(self)` includes the run), so that the run is running again. It is then marked once more. A run that
 * somebody has cleared meanwhile starts again, and is left alone.
 * @param marked the run in Airflow's answer
 */
async function isRevived(tools: Tools, marked: DagRun, state: 'success' | 'failed'): Promise<boolean> {
	const { dagId, dagRunId } = marked;
	const airflow = airflowOf(tools.clients);
	const beganBefore = ({ startedAt }: DagRun) =>
		startedAt === marked.startedAt || (startedAt !== null && startedAt <= (marked.endedAt ?? 0));
	tools.progress(
		phrase(
			[
				'{run} is marked {state}; waiting for its tasks to stop',
				'{run}을(를) {state}으로(로) 지정함. 작업이 멈추기를 기다리는 중',
			],
			{
				run: dagRunId,
				state: taskStateText(state),
			},
		),
	);
	let times = 0;
	for (let waited = 0; waited < workerNoticesMs; waited += lookEveryMs) {
		await tools.clock.sleep(lookEveryMs, tools.signal);
		if (tools.signal.aborted) return false;
		try {
			const now = await airflow.dagRun(dagId, dagRunId, tools.signal);
			if (!isActiveRun(now)) continue;
			if (now.state !== 'running' || !beganBefore(now)) return false;
			if (times++ === remarks) return true;
			tools.progress(
				phrase(
					[
						'A running task set {run} to running again; marking it {state} again',
						'실행 중인 작업이 {run}을(를) 다시 실행 중(running)으로 바꿔 {state}으로(로) 다시 지정하는 중',
					],
					{ run: dagRunId, state: taskStateText(state) },
				),
			);
			await airflow.setRunState(dagId, dagRunId, state, tools.signal);
			waited = 0;
		} catch {
			// The run is marked, whatever this attempt returned; the next one checks again.
		}
	}
	return false;
}
