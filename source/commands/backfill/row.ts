import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, changing, json, watch } from '../../command-line/rows/shared-options.ts';

export const backfillsRow: CommandRow = {
	name: 'backfills',
	group: 'look',
	summary: ['List the backfills of a DAG with their progress (Airflow 3)', 'DAG의 백필과 진행 상황 목록(Airflow 3)'],
	arguments: [anyDag],
	options: [json, watch],
	json: 'backfills',
	examples: [{ line: 'laketop backfills --watch', does: ['Follow a backfill', '백필 진행 지켜보기'] }],
	load: () => import('./backfills.ts'),
};

export const backfillRow: CommandRow = {
	name: 'backfill',
	group: 'pipeline',
	summary: [
		'Run a DAG for past dates, or pause, unpause or cancel that (Airflow 3)',
		'지난 날짜에 대해 DAG 실행(백필), 또는 백필 일시 중지, 해제, 취소(Airflow 3)',
	],
	details: [
		[
			'Asks Airflow which dates it would run, and names them in the confirmation. A DAG has at most one active backfill.',
			'Airflow에 실행할 날짜를 물어 확인 질문에 표시합니다. DAG에는 진행 중인 백필이 하나만 있을 수 있습니다.',
		],
	],
	arguments: [anyDag],
	options: [
		{
			name: 'from',
			value: { name: 'DATE', kind: 'moment' },
			help: ['First logical date: 2026-01-31, or 7d (ago)', '첫 논리 날짜: 2026-01-31 또는 7d(7일 전)'],
		},
		{
			name: 'to',
			value: { name: 'DATE', kind: 'moment' },
			help: ['Last logical date, inclusive', '마지막 논리 날짜(포함)'],
		},
		{
			name: 'reprocess',
			value: { name: 'RUNS', kind: 'choice', choices: ['none', 'failed', 'completed'] },
			help: [
				'Existing DAG runs to run again: none (default), failed or completed',
				'다시 실행할 기존 DAG 실행: none(기본값), failed(실패한 것), completed(끝난 것)',
			],
		},
		{
			name: 'max-active-runs',
			value: { name: 'N', kind: 'count', range: [1, 10_000] },
			help: ['DAG runs at a time (default: 10)', '동시 DAG 실행 수(기본값: 10)'],
		},
		{ name: 'backwards', help: ['Run the newest date first', '최신 날짜부터 실행'] },
		{ name: 'pause', help: ['Pause the active backfill', '진행 중인 백필 일시 중지'] },
		{ name: 'unpause', help: ['Unpause the active backfill', '진행 중인 백필의 일시 중지 해제'] },
		{
			name: 'cancel',
			help: ['Cancel the active backfill: queued DAG runs fail', '진행 중인 백필 취소: 대기 중인 DAG 실행은 실패'],
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop backfill --from 7d --to 2d --dry-run',
			does: ['List the dates that would run', '실행될 날짜 목록'],
		},
		{
			line: 'laketop backfill my_dag --from 2026-01-01 --to 2026-01-31 --reprocess failed',
			does: ['Run missing and failed dates of January', '1월의 빠진 날짜와 실패한 날짜 실행'],
		},
		{ line: 'laketop backfill my_dag --cancel', does: ['Cancel it', '취소'] },
	],
	load: () => import('./backfill.ts'),
};
