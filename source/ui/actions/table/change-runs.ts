import type { DagRun } from '../../../model/pipeline.ts';
import { planClear } from '../../../operations/clear.ts';
import { planMarkRun, planStopRun } from '../../../operations/mark-run.ts';
import { cannotSkip, planMarkTasks } from '../../../operations/mark-tasks.ts';
import { planNote } from '../../../operations/note.ts';
import { planPause } from '../../../operations/pause.ts';
import { isRefusal, type Planned } from '../../../operations/plan.ts';
import { planReparse } from '../../../operations/reparse.ts';
import { together } from '../../../operations/together.ts';
import type { Text } from '../../../words/language.ts';
import { type Message, phrase } from '../../../words/message.ts';
import type { Choice, Effect } from '../../conversation.ts';
import { placeOf } from '../../place.ts';
import type { Action, StepContext } from '../action.ts';
import { dagUnknown } from '../pages.ts';
import { cannot, later, planned } from '../step.ts';
import { targetDag, targetDagIds, targetRuns, targetTaskIds } from '../targets.ts';
import { triggerForm } from '../trigger-form.ts';

const facts = ({ state, now }: StepContext) => ({ state, now });

function pauseDags(context: StepContext): Effect {
	const dagIds = targetDagIds(context);
	const isPaused = (dagId: string) => context.state.dags?.find(dag => dag.dagId === dagId)?.isPaused ?? false;
	// If some of the marked DAGs are paused, the others are paused first.
	const running = dagIds.filter(dagId => !isPaused(dagId));
	return planned(
		running.length > 0 ? planPause(facts(context), running, true) : planPause(facts(context), dagIds, false),
	);
}

const noRun: Text = ['No DAG run selected', '선택한 DAG 실행이 없습니다'];

/** The ID of the run, or the number of runs. */
function targetOf({ say }: StepContext, runs: readonly DagRun[]): string {
	const [run] = runs;
	return run && runs.length === 1
		? run.dagRunId
		: say(['{count} DAG runs', 'DAG 실행 {count}개'], { count: runs.length });
}

/** The same in titles of plans. */
function plainTarget(runs: readonly DagRun[]): string | Message {
	const [run] = runs;
	if (run && runs.length === 1) return run.dagRunId;
	return phrase(['{n} DAG runs', 'DAG 실행 {n}개'], { n: runs.length });
}

function clear(context: StepContext): Effect {
	const { clients, signal, say } = context;
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot(say(noRun));
	const taskIds = placeOf(context.view) === 'pipeline' ? targetTaskIds(context) : [];
	const target = targetOf(context, runs);
	const [taskId = ''] = taskIds;
	const tasks =
		taskIds.length === 1 ? taskId : say(['{count} marked tasks', '표시한 작업 {count}개'], { count: taskIds.length });
	const anyState = say(['in any state', '상태와 관계없이']);
	const choices: Choice[] = [
		{
			id: 'failed',
			key: 'f',
			label: say(['failed tasks', '실패한 작업']),
			hint: say(
				['failed tasks of {target} and the tasks that waited for them', '{target}의 실패한 작업과 이를 기다리던 작업'],
				{
					target,
				},
			),
		},
		...(taskIds.length > 0
			? [
					{ id: 'task', key: 't', label: tasks, hint: anyState },
					{
						id: 'downstream',
						key: 'd',
						label: say(['{tasks} and downstream tasks', '{tasks}과(와) 후속 작업'], { tasks }),
						hint: anyState,
					},
				]
			: []),
		{
			id: 'all',
			key: 'a',
			label: say(['the whole DAG run', 'DAG 실행 전체']),
			hint: say(['all tasks of {target}, from the start', '{target}의 모든 작업, 처음부터'], { target }),
		},
	];
	const plan = async (id: string): Promise<Effect> => {
		const request = {
			taskIds: id === 'task' || id === 'downstream' ? taskIds : null,
			withDownstream: id === 'downstream',
			onlyFailed: id === 'failed',
		};
		const plans: Planned[] = [];
		for (const one of runs) {
			const { dagId, dagRunId } = one;
			plans.push(await planClear(clients, facts(context), { dagId, dagRunId, ...request }, signal));
		}
		return planned(together(phrase(['clear {which}', '{which} 재실행(clear)'], { which: plainTarget(runs) }), plans));
	};
	return {
		kind: 'choose',
		question: {
			title: say(['Clear tasks of {target}', '{target}의 작업 재실행(clear)'], { target }),
			filters: false,
			selected: taskIds.length > 0 ? 'task' : 'failed',
			choices,
			next: id => later(plan(id)),
		},
	};
}

function markAs(context: StepContext): Effect {
	const { say } = context;
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot(say(noRun));
	const taskIds = placeOf(context.view) === 'pipeline' ? targetTaskIds(context) : [];
	const target = taskIds.length > 0 ? taskIds.join(', ') : targetOf(context, runs);
	const unable = cannotSkip(context.state);
	const choices: Choice[] = [
		{
			id: 'success',
			key: 's',
			label: say(['success', '성공']),
			hint:
				taskIds.length > 0
					? say(['downstream tasks can start', '후속 작업을 시작할 수 있음'])
					: say([
							'all tasks become success; running tasks are terminated',
							'모든 작업이 성공이 되고 실행 중인 작업은 종료됨',
						]),
		},
		{
			id: 'failed',
			key: 'f',
			label: say(['failed', '실패']),
			hint: say(['running tasks are terminated', '실행 중인 작업은 종료됨']),
		},
		...(taskIds.length > 0
			? [
					{
						id: 'skipped',
						key: 'p',
						label: say(['skipped', '건너뜀']),
						hint: '',
						...(unable ? { refused: say(['{unable}', '{unable}'], { unable }) } : {}),
					},
				]
			: []),
	];
	return {
		kind: 'choose',
		question: {
			title: say(['Mark {target} as', '{target} 상태 지정'], { target }),
			filters: false,
			choices,
			next: id => {
				const { dagId, dagRunId } = run;
				if (taskIds.length > 0) {
					const state = id === 'success' ? 'success' : id === 'skipped' ? 'skipped' : 'failed';
					return planned(planMarkTasks(facts(context), { dagId, dagRunId, taskIds, state }));
				}
				const state = id === 'success' ? 'success' : 'failed';
				const plans = runs.map(one => planMarkRun(facts(context), { dagId: one.dagId, dagRunId: one.dagRunId, state }));
				return planned(
					together(
						phrase(['mark {what} {state}', '{what} 상태를 {state}으로(로) 지정'], { what: plainTarget(runs), state }),
						plans,
					),
				);
			},
		},
	};
}

function stopRun(context: StepContext): Effect {
	const runs = targetRuns(context);
	if (runs.length === 0) return cannot(context.say(noRun));
	const plans = runs.map(({ dagId, dagRunId }) => planStopRun(facts(context), { dagId, dagRunId }));
	const stopped = plans.filter(plan => !isRefusal(plan)).length;
	return planned(together(phrase(['stop {n} {n|run|runs}', '실행 {n}개 중지'], { n: stopped }), plans));
}

/** Limit of Airflow (DagRunNote.content, 1000 characters). */
const longestNote = 1000;

function note(context: StepContext): Effect {
	const { say } = context;
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot(say(noRun));
	return {
		kind: 'input',
		question: {
			title: say(['Note on {target}', '{target}의 메모'], { target: targetOf(context, runs) }),
			hint: say([
				'Everyone who uses Airflow can read the note. Leave it empty to remove it.',
				'Airflow 사용자 모두가 메모를 볼 수 있습니다. 비워 두면 메모를 삭제합니다.',
			]),
			initial: runs.length === 1 ? (run.note?.replaceAll('\n', ' ') ?? '') : '',
			problem: text =>
				text.length > longestNote
					? say(
							['note too long: {length} characters (at most {most})', '메모가 너무 깁니다: {length}자 (최대 {most}자)'],
							{ length: text.length, most: longestNote },
						)
					: null,
			next: text => {
				const plans = runs.map(({ dagId, dagRunId }) =>
					planNote(facts(context), { dagId, dagRunId, note: text.trim() }),
				);
				return planned(
					together(phrase(['set the note of {which}', '{which} 메모 설정'], { which: plainTarget(runs) }), plans),
				);
			},
		},
	};
}

function reparse(context: StepContext): Effect {
	const dag = targetDag(context);
	return dag ? planned(planReparse(facts(context), dag)) : cannot(context.say(dagUnknown));
}

export const runActions: readonly Action[] = [
	{
		id: 'trigger',
		kind: 'change',
		asksFirst: true,
		verb: 'trigger',
		keys: ['t'],
		label: ['trigger', '트리거'],
		help: [
			'Trigger a DAG run: set its params or conf, then confirm; unpauses a paused DAG',
			'DAG 실행 트리거: params나 conf를 입력하고 확인, 일시 중지된 DAG는 해제',
		],
		group: 'change',
		// These are all places: the key bar shows actions with a place before global ones.
		places: ['pipeline', 'services', 'logs', 'mlflow', 'dags', 'runs'],
		inKeyBar: true,
		begin: triggerForm,
	},
	{
		id: 'pause',
		kind: 'change',
		asksFirst: true,
		verb: 'pause',
		keys: ['p'],
		label: ['pause', '일시 중지'],
		help: ['Pause or unpause the DAG', 'DAG 일시 중지 또는 해제'],
		group: 'change',
		places: ['pipeline', 'dags', 'runs'],
		inKeyBar: true,
		begin: pauseDags,
	},
	{
		id: 'clear',
		kind: 'change',
		asksFirst: true,
		verb: 'clear',
		keys: ['c'],
		label: ['clear', '재실행'],
		help: [
			'Clear tasks to run them again: failed tasks, selected tasks, their downstream tasks or the whole run',
			'작업 재실행(clear): 실패한 작업, 선택한 작업, 후속 작업 또는 DAG 실행 전체',
		],
		group: 'change',
		places: ['pipeline', 'runs'],
		inKeyBar: true,
		begin: clear,
	},
	{
		id: 'mark-as',
		kind: 'change',
		asksFirst: true,
		verb: 'mark as',
		keys: ['m'],
		label: ['mark as', '상태 지정'],
		help: [
			'Mark the task or DAG run as success, failed or skipped',
			'작업 또는 DAG 실행의 상태를 성공, 실패, 건너뜀으로 지정',
		],
		group: 'change',
		places: ['pipeline', 'runs'],
		begin: markAs,
	},
	{
		id: 'stop-run',
		kind: 'change',
		asksFirst: true,
		verb: 'stop run',
		keys: ['X'],
		label: ['stop run', '실행 중지'],
		help: [
			'Stop a DAG run: running tasks are terminated and the rest do not start',
			'DAG 실행 중지: 실행 중인 작업은 종료되고 나머지는 시작되지 않음',
		],
		group: 'change',
		places: ['pipeline', 'runs'],
		begin: stopRun,
	},
	{
		id: 'note',
		kind: 'change',
		asksFirst: true,
		verb: 'note',
		keys: ['"'],
		label: ['note', '메모'],
		help: ['Edit the note of the DAG run', 'DAG 실행의 메모 편집'],
		group: 'change',
		places: ['pipeline', 'runs'],
		begin: note,
	},
	{
		id: 'reparse',
		kind: 'change',
		asksFirst: true,
		verb: 'reparse',
		keys: ['V'],
		label: ['re-parse', '다시 파싱'],
		help: [
			'Re-parse the DAG file now (Airflow 2: restarts the scheduler)',
			'DAG 파일을 지금 다시 파싱 (Airflow 2: 스케줄러 재시작)',
		],
		group: 'change',
		places: ['pipeline', 'dags', 'runs'],
		begin: reparse,
	},
];
