import type { Action } from '../../actions/action.ts';
import { pageLog } from '../../actions/take-log.ts';
import { lineActions } from './line-actions.ts';
import { askFile } from './log-lines.ts';
import { toStage } from './log-places.ts';
import { askTime, toRunStart } from './log-times.ts';
import { allTogether, chooseBeside, chooseLog, followPipeline, otherLog } from './other-log.ts';
import { searchActions } from './search-actions.ts';

const inLogs = { group: 'look', places: ['logs'] } as const;

/** Keys of the logs pane, in the order of the key bar. */
export const logActions: readonly Action[] = [
	{
		...inLogs,
		id: 'to-stage',
		kind: 'view',
		verb: 'to the task',
		keys: ['B'],
		label: ['task', '작업'],
		help: ['Go from the log of a task to the task in the pipeline', '작업 로그에서 파이프라인의 해당 작업으로 이동'],
		inKeyBar: true,
		apply: toStage,
	},
	{
		...inLogs,
		id: 'follow-pipeline',
		kind: 'view',
		verb: 'follow run',
		keys: ['='],
		label: ['pipeline', '파이프라인'],
		help: [
			'Follow the logs of the DAG run from task to task, or stay with this task',
			'DAG 실행의 로그를 작업 순서대로 따라가기, 또는 이 작업의 로그만 보기',
		],
		apply: followPipeline,
	},
	...searchActions,
	...lineActions,
	{
		...inLogs,
		id: 'log-time',
		kind: 'look',
		verb: 'go to time',
		keys: ['@'],
		label: ['time', '시각'],
		help: ['Go to a time', '지정한 시각으로 이동'],
		begin: askTime,
	},
	{
		...inLogs,
		id: 'run-start',
		kind: 'view',
		verb: 'run start',
		keys: ['<'],
		label: ['run start', '실행 시작'],
		help: ['Go to the time when the shown DAG run started', '표시된 DAG 실행이 시작된 시각으로 이동'],
		apply: toRunStart,
	},
	{
		...inLogs,
		id: 'all-logs',
		kind: 'view',
		verb: 'all',
		keys: ['a'],
		label: ['all', '전체'],
		help: [
			'Show the logs of all containers of the stack together, or return to one container',
			'스택의 모든 컨테이너 로그를 함께 보기, 또는 한 컨테이너로 돌아가기',
		],
		inKeyBar: true,
		apply: allTogether,
	},
	{
		...inLogs,
		id: 'log-beside',
		kind: 'look',
		verb: 'beside',
		keys: ['\\'],
		label: ['beside', '나란히'],
		help: ['Show one more log beside the shown logs, or remove one', '표시된 로그와 나란히 로그 추가 또는 제거'],
		begin: chooseBeside,
	},
	{
		...inLogs,
		id: 'choose-log',
		kind: 'look',
		verb: 'choose',
		keys: ['d'],
		label: ['container', '컨테이너'],
		help: ['Choose the container whose log is shown', '로그를 표시할 컨테이너 선택'],
		inKeyBar: true,
		begin: chooseLog,
	},
	{
		...inLogs,
		id: 'next-log',
		kind: 'view',
		verb: 'next view',
		keys: [']'],
		label: ['next log', '다음 로그'],
		help: [
			'Show the log of the next container, or of the next try of the task',
			'다음 컨테이너의 로그, 또는 작업의 다음 시도 로그 보기',
		],
		inKeyBar: true,
		apply: context => otherLog(context, 1),
	},
	{
		...inLogs,
		id: 'previous-log',
		kind: 'view',
		verb: 'previous view',
		keys: ['['],
		label: ['previous log', '이전 로그'],
		help: [
			'Show the log of the previous container, or of the previous try of the task',
			'이전 컨테이너의 로그, 또는 작업의 이전 시도 로그 보기',
		],
		apply: context => otherLog(context, -1),
	},
	{
		...inLogs,
		id: 'save-log',
		kind: 'look',
		verb: 'save',
		keys: ['W'],
		label: ['save', '저장'],
		help: ['Save the shown lines to a file', '표시된 줄을 파일로 저장'],
		begin: askFile,
	},
	{
		...inLogs,
		id: 'page-log',
		kind: 'look',
		verb: 'pager',
		keys: ['|'],
		label: ['pager', '페이저'],
		help: ['Open the shown lines in $PAGER (less by default)', '표시된 줄을 $PAGER(기본값 less)로 열기'],
		begin: pageLog,
	},
];
