import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, json, svg, toFile, watch } from '../../command-line/rows/shared-options.ts';
import { runsReached } from '../../model/settings/list-limits.ts';

export const trendRow: CommandRow = {
	name: 'trend',
	group: 'look',
	summary: [
		'Show how long DAG runs and tasks took over the last runs: median, P90, failures, retries',
		'최근 실행에서 DAG 실행과 작업의 소요 시간 표시: 중앙값, P90, 실패, 재시도',
	],
	details: [
		[
			'Also shows the last success, the next run, and scheduled runs that are missing. Landing is the time from when a run was due to its end.',
			'마지막 성공, 다음 실행, 누락된 예약 실행도 표시합니다. 완료 지연은 실행 예정 시각부터 종료까지의 시간입니다.',
		],
		[
			'Median and P90 are of successful runs, by linear interpolation, as NumPy and PostgreSQL (percentile_cont) compute them. Slower is 30% and 2s above the median or more.',
			'중앙값과 P90은 성공한 실행만 대상으로 NumPy와 PostgreSQL(percentile_cont)처럼 선형 보간으로 계산합니다. 초과는 중앙값보다 30%, 2초 이상 길 때 표시합니다.',
		],
	],
	arguments: [anyDag],
	options: [
		{
			name: 'runs',
			short: 'n',
			value: { name: 'N', kind: 'count', range: [1, runsReached] },
			help: [
				'Number of DAG runs, the newest, up to 1000 (default: 50)',
				'대상이 되는 최근 DAG 실행 수, 1000까지(기본값: 50)',
			],
		},
		svg,
		...toFile,
		json,
		watch,
	],
	json: 'trend',
	examples: [
		{ line: 'laketop trend', does: ['Show what got slower in the default DAG', '기본 DAG에서 느려진 작업 표시'] },
		{
			line: 'laketop trend my_dag --runs 200 --json',
			does: ['Print the figures of two hundred DAG runs as JSON', 'DAG 실행 200개의 수치를 JSON으로 출력'],
		},
	],
	exits: [['0 even if tasks are slower than usual.', '평소보다 느린 작업이 있어도 0입니다.']],
	load: () => import('./trend.ts'),
};
