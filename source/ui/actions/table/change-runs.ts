import { planClear } from '../../../operations/clear.ts';
import { planMarkRun, planStopRun } from '../../../operations/mark-run.ts';
import { cannotSkip, planMarkTasks } from '../../../operations/mark-tasks.ts';
import { planNote } from '../../../operations/note.ts';
import { planPause } from '../../../operations/pause.ts';
import { isRefusal, type Planned } from '../../../operations/plan.ts';
import { planReparse } from '../../../operations/reparse.ts';
import { together } from '../../../operations/together.ts';
import type { Choice, Effect } from '../../conversation.ts';
import { placeOf } from '../../place.ts';
import type { Action, StepContext } from '../action.ts';
import { cannot, later, planned } from '../step.ts';
import { targetDag, targetDagIds, targetRuns, targetTaskIds } from '../targets.ts';
import { triggerForm } from '../trigger-form.ts';

const facts = ({ state, now }: StepContext) => ({ state, now });

function pauseDags(context: StepContext): Effect {
	const dagIds = targetDagIds(context);
	const isPaused = (dagId: string) => context.state.dags?.find(dag => dag.dagId === dagId)?.isPaused ?? false;
	// Several of both kinds: those that run are paused first.
	const running = dagIds.filter(dagId => !isPaused(dagId));
	return planned(
		running.length > 0 ? planPause(facts(context), running, true) : planPause(facts(context), dagIds, false),
	);
}

function clear(context: StepContext): Effect {
	const { clients, signal } = context;
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot('There is no run here');
	const taskIds = placeOf(context.view) === 'pipeline' ? targetTaskIds(context) : [];
	const which = runs.length === 1 ? run.dagRunId : `${runs.length} runs`;
	const tasks = taskIds.length === 1 ? taskIds[0] : `${taskIds.length} marked tasks`;
	const choices: Choice[] = [
		{ id: 'failed', key: 'f', label: 'what failed', hint: `the failed tasks of ${which}, and what waited for them` },
		...(taskIds.length > 0
			? [
					{ id: 'task', key: 't', label: `${tasks}`, hint: 'alone, whatever its state' },
					{ id: 'downstream', key: 'd', label: `${tasks} and what follows`, hint: 'whatever the state' },
				]
			: []),
		{ id: 'all', key: 'a', label: 'the whole run', hint: `every task of ${which}, from the first` },
	];
	const plan = async (id: string): Promise<Effect> => {
		const wish = {
			taskIds: id === 'task' || id === 'downstream' ? taskIds : null,
			withDownstream: id === 'downstream',
			onlyFailed: id === 'failed',
		};
		const plans: Planned[] = [];
		for (const one of runs) {
			const { dagId, dagRunId } = one;
			plans.push(await planClear(clients, facts(context), { dagId, dagRunId, ...wish }, signal));
		}
		return planned(together(`clear ${which}`, plans));
	};
	return {
		kind: 'choose',
		question: {
			title: `Run again: ${which}`,
			filters: false,
			selected: taskIds.length > 0 ? 'task' : 'failed',
			choices,
			next: id => later(plan(id)),
		},
	};
}

function markAs(context: StepContext): Effect {
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot('There is no run here');
	const taskIds = placeOf(context.view) === 'pipeline' ? targetTaskIds(context) : [];
	const what = taskIds.length > 0 ? taskIds.join(', ') : runs.length === 1 ? run.dagRunId : `${runs.length} runs`;
	const unable = cannotSkip(context.state);
	const choices: Choice[] = [
		{
			id: 'success',
			key: 's',
			label: 'success',
			hint: taskIds.length > 0 ? 'what waits for it goes on' : 'all its tasks become success; running ones are ended',
		},
		{ id: 'failed', key: 'f', label: 'failed', hint: 'running tasks of it are ended' },
		...(taskIds.length > 0
			? [{ id: 'skipped', key: 'p', label: 'skipped', hint: '', ...(unable ? { refused: unable } : {}) }]
			: []),
	];
	return {
		kind: 'choose',
		question: {
			title: `Mark ${what} as`,
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
				return planned(together(`mark ${what} ${state}`, plans));
			},
		},
	};
}

function stopRun(context: StepContext): Effect {
	const runs = targetRuns(context);
	if (runs.length === 0) return cannot('There is no run here');
	const plans = runs.map(({ dagId, dagRunId }) => planStopRun(facts(context), { dagId, dagRunId }));
	const stopped = plans.filter(plan => !isRefusal(plan)).length;
	return planned(together(`stop ${stopped} ${stopped === 1 ? 'run' : 'runs'}`, plans));
}

function note(context: StepContext): Effect {
	const runs = targetRuns(context);
	const [run] = runs;
	if (!run) return cannot('There is no run here');
	const which = runs.length === 1 ? run.dagRunId : `${runs.length} runs`;
	return {
		kind: 'input',
		question: {
			title: `Note on ${which}`,
			hint: 'What others should know of this run; empty takes the note away',
			initial: runs.length === 1 ? (run.note?.replaceAll('\n', ' ') ?? '') : '',
			problem: text => (text.length > 1000 ? `A note has 1000 characters at the most; this has ${text.length}` : null),
			next: text => {
				const plans = runs.map(({ dagId, dagRunId }) =>
					planNote(facts(context), { dagId, dagRunId, note: text.trim() }),
				);
				return planned(together(`set the note on ${which}`, plans));
			},
		},
	};
}

function reparse(context: StepContext): Effect {
	const dag = targetDag(context);
	return dag ? planned(planReparse(facts(context), dag)) : cannot('Airflow has not told this DAG');
}

/** What is done to DAGs and their runs. */
export const runActions: readonly Action[] = [
	{
		id: 'trigger',
		kind: 'change',
		asksFirst: true,
		keys: ['t'],
		label: ['trigger', '트리거'],
		help: [
			'Trigger a DAG run: set its params or conf, then confirm; unpauses a paused DAG',
			'DAG 실행 트리거: params나 conf를 입력하고 확인, 일시 중지된 DAG는 해제',
		],
		group: 'change',
		// Everywhere; named all the same, as the key bar shows first what belongs to the place.
		places: ['pipeline', 'services', 'logs', 'mlflow', 'dags', 'runs'],
		inKeyBar: true,
		begin: triggerForm,
	},
	{
		id: 'pause',
		kind: 'change',
		asksFirst: true,
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
		keys: ['e'],
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
		keys: ['n'],
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
		keys: ['u'],
		label: ['re-parse', '다시 파싱'],
		help: ['Re-parse the DAG file now (restarts the scheduler)', 'DAG 파일을 지금 다시 파싱 (스케줄러 재시작)'],
		group: 'change',
		places: ['pipeline', 'dags', 'runs'],
		begin: reparse,
	},
];
