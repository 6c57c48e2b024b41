import { taskName } from '../../../model/airflow/task-name.ts';
import { taskStateLook } from '../../../model/airflow/task-state.ts';
import { shellWords } from '../../../model/text/shell-words.ts';
import { countedStates } from '../../../selectors/names/tasks.ts';
import { render } from '../../../words/message.ts';
import { runAddress } from '../../actions/addresses.ts';
import { later } from '../../actions/step.ts';
import { targetInstance } from '../../actions/targets.ts';
import { faceOf } from '../../face.ts';
import { copyableTexts } from '../../panes/pane.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { nextState } from '../opened.ts';
import { instanceColumns, instanceRows, instanceSort, instanceStates, instancesOf } from './task-instance-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly 'task-instances': true;
	}
}

export const taskInstanceList: List = listOf({
	id: 'task-instances',
	name: ['instance list', '인스턴스 목록'],
	shortName: ['the instance list', '인스턴스 목록'],
	title: ({ state, view, glyphs, language, say }) =>
		say(['{dagId} {mark} {taskId} {mark} {counts}', '{dagId} {mark} {taskId} {mark} {counts}'], {
			mark: glyphs.selected,
			dagId: glyphs.fold(view.dagId),
			taskId: glyphs.fold(view.taskId ?? ''),
			counts: render(countedStates(instancesOf(state, view)), language),
		}),
	crumbs: ({ view, say }) => [view.dagId, view.taskId ?? '', say(['instances', '인스턴스'])],
	face: (state, view) => faceOf(state, 'pipeline', state.dagRuns[view.dagId] !== undefined),
	server: 'Airflow',
	empty: ({ say }) => say(['This task has no instances yet.', '이 작업에는 아직 인스턴스가 없습니다.']),
	markKind: 'instance',
	rows: instanceRows,
	idOf: taskName,
	columns: instanceColumns,
	sort: instanceSort,
	stateAction: 'instance-state',
	stateWord: state => taskStateLook(state).word,
	filterTitle: ['Filter instances', '인스턴스 필터'],
	filterHint: ['Words of the index, state or host', '인덱스, 상태, 호스트의 단어'],
	copy: context => {
		const { say, view } = context;
		const task = targetInstance(context);
		return copyableTexts(
			[say(['task instance', '작업 인스턴스']), task && taskName(task)],
			[say(['host', '호스트']), task?.hostname],
			[
				say(['laketop command', 'laketop 명령']),
				task && shellWords('laketop', 'task', taskName(task), view.dagId, '--run', task.dagRunId),
			],
		);
	},
	address: runAddress,
	actions: [
		{
			id: 'open-instance',
			kind: 'look',
			verb: 'open',
			keys: ['enter'],
			label: ['open', '열기'],
			help: [
				'Show the page of the instance: state, tries, host, XCom, errors, MLflow run',
				'인스턴스 페이지 보기: 상태, 시도, 호스트, XCom, 오류, MLflow 실행',
			],
			group: 'look',
			places: ['task-instances'],
			inKeyBar: true,
			begin: context =>
				later(import('../../thread/thread.ts').then(({ selectedTaskPage }) => selectedTaskPage(context))),
		},
		{
			id: 'instance-state',
			kind: 'view',
			verb: 'show only',
			keys: ['&'],
			label: ['state', '상태'],
			help: [
				'Show instances of one state only: failed, up for retry, running, queued, scheduled, deferred, success, skipped, all',
				'한 상태의 인스턴스만 보기: 실패, 재시도 대기, 실행 중, 대기 중, 예약됨, 지연됨, 성공, 건너뜀, 전체',
			],
			group: 'look',
			places: ['task-instances'],
			inKeyBar: true,
			apply: nextState(instanceStates),
		},
	],
});
