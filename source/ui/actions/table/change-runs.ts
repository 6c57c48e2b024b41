import { planStopRun } from '../../../operations/dag-runs/mark-run.ts';
import { planNote } from '../../../operations/dag-runs/note.ts';
import { planPause } from '../../../operations/dags/pause.ts';
import { planReparse } from '../../../operations/dags/reparse.ts';
import { isRefusal } from '../../../operations/plan/plan.ts';
import { together } from '../../../operations/plan/together.ts';
import { phrase } from '../../../words/message.ts';
import type { Effect } from '../../conversation.ts';
import type { Action, StepContext } from '../action.ts';
import { clearMenu } from '../clear-menu.ts';
import { markMenu } from '../mark-menu.ts';
import { dagUnknown } from '../pages.ts';
import { factsOf, noRun, plainTarget, targetOf } from '../run-targets.ts';
import { cannot, planned } from '../step.ts';
import { targetDag, targetDagIds, targetRuns } from '../targets.ts';
import { triggerForm } from '../trigger-form.ts';

function pauseDags(context: StepContext): Effect {
	const dagIds = targetDagIds(context);
	const isPaused = (dagId: string) => context.state.dags?.find(dag => dag.dagId === dagId)?.isPaused ?? false;
	// If some of the marked DAGs are paused, the others are paused first.
	const running = dagIds.filter(dagId => !isPaused(dagId));
	return planned(
		running.length > 0 ? planPause(factsOf(context), running, true) : planPause(factsOf(context), dagIds, false),
	);
}

function stopRun(context: StepContext): Effect {
	const runs = targetRuns(context);
	if (runs.length === 0) return cannot(context.say(noRun));
	const plans = runs.map(({ dagId, dagRunId }) => planStopRun(factsOf(context), { dagId, dagRunId }));
	const stopped = plans.filter(plan => !isRefusal(plan)).length;
	return planned(together(phrase(['stop {n} {n|run|runs}', '실행 {n}개 중지'], { n: stopped }), plans));
}

/** Limit of Airflow (DagRunNote.content, 1000 characters). */
const maxNoteLength = 1000;

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
				text.length > maxNoteLength
					? say(
							['note too long: {length} characters (at most {most})', '메모가 너무 깁니다: {length}자 (최대 {most}자)'],
							{ length: text.length, most: maxNoteLength },
						)
					: null,
			next: text => {
				const plans = runs.map(({ dagId, dagRunId }) =>
					planNote(factsOf(context), { dagId, dagRunId, note: text.trim() }),
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
	return dag ? planned(planReparse(factsOf(context), dag)) : cannot(context.say(dagUnknown));
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
			'작업 재실행(clear): 실패한 작업, 선택한 작업, 다운스트림 작업 또는 DAG 실행 전체',
		],
		group: 'change',
		places: ['pipeline', 'runs', 'task-instances'],
		inKeyBar: true,
		begin: clearMenu,
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
		places: ['pipeline', 'runs', 'task-instances'],
		begin: markMenu,
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
			'Re-parse the DAG file now; with Airflow 2 this restarts the scheduler',
			'DAG 파일을 지금 다시 파싱, Airflow 2에서는 스케줄러 재시작',
		],
		group: 'change',
		places: ['pipeline', 'dags', 'runs'],
		begin: reparse,
	},
];
