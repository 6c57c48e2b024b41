import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch } from '../../command-line/rows/shared-options.ts';

export const eventsRow: CommandRow = {
	name: 'events',
	group: 'look',
	summary: [
		'List what people did in Airflow, from its audit log (Airflow 3)',
		'Airflow에서 사람들이 한 작업을 감사 로그에서 표시(Airflow 3)',
	],
	arguments: [{ name: 'DAG', kind: 'dag', help: ['Only events of this DAG', '이 DAG의 이벤트만 표시'] }],
	options: [
		{
			name: 'limit',
			value: { name: 'N', kind: 'count', range: [1, 100] },
			help: ['Maximum number of events, up to 100 (default: 20)', '최대 이벤트 수, 100까지(기본값: 20)'],
		},
		{
			name: 'since',
			value: { name: 'TIME', kind: 'moment' },
			help: ['Only later events: 8h (ago) or 2026-01-31', '이 시각 이후의 이벤트만: 8h(8시간 전) 또는 2026-01-31'],
		},
		json,
		watch,
	],
	json: 'events',
	examples: [
		{ line: 'laketop events --since 8h', does: ['See who did what last night', '지난밤에 누가 무엇을 했는지 보기'] },
		{ line: 'laketop events my_dag', does: ['List the events of a DAG', '한 DAG의 이벤트 목록'] },
	],
	load: () => import('./events.ts'),
};
