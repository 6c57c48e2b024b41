import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, json, watch, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const runsRow: CommandRow = {
	name: 'runs',
	group: 'look',
	summary: ['List DAG runs, newest first', 'DAG 실행 목록(최신순)'],
	details: [zoneOfTimes],
	arguments: [anyDag],
	options: [
		{
			name: 'state',
			short: 's',
			value: { name: 'STATE', kind: 'choice', choices: ['queued', 'running', 'success', 'failed'] },
			many: true,
			help: ['Only DAG runs in this state (repeatable)', '이 상태의 DAG 실행만 표시(여러 번 지정 가능)'],
		},
		{
			name: 'limit',
			short: 'n',
			value: { name: 'N', kind: 'count', range: [1, 10_000] },
			help: ['Maximum number of DAG runs (default: 20)', '최대 DAG 실행 수(기본값: 20)'],
		},
		{
			name: 'since',
			value: { name: 'TIME', kind: 'moment' },
			help: ['Earliest logical date: 7d (ago) or 2026-01-31', '가장 이른 논리 날짜: 7d(7일 전) 또는 2026-01-31'],
		},
		{ name: 'until', value: { name: 'TIME', kind: 'moment' }, help: ['Latest logical date', '가장 늦은 논리 날짜'] },
		json,
		watch,
	],
	json: 'runs',
	examples: [
		{ line: 'laketop runs', does: ['List the DAG runs of the default DAG', '기본 DAG의 DAG 실행 목록'] },
		{ line: 'laketop runs --state running --state queued', does: ['List active DAG runs', '진행 중인 DAG 실행 목록'] },
	],
	exits: [['0 even if DAG runs have failed.', '실패한 DAG 실행이 있어도 0입니다.']],
	load: () => import('./runs.ts'),
};
