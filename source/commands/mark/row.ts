import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, changing, ofRun, tasks } from '../../command-line/rows/shared-options.ts';

export const markRow: CommandRow = {
	name: 'mark',
	group: 'pipeline',
	summary: [
		'Mark a DAG run or its tasks as success or failed, without running anything',
		'아무것도 실행하지 않고 DAG 실행이나 작업의 상태를 성공 또는 실패로 지정',
	],
	arguments: [anyDag],
	options: [
		ofRun,
		tasks,
		{
			name: 'state',
			short: 's',
			value: { name: 'STATE', kind: 'choice', choices: ['success', 'failed', 'skipped'] },
			required: true,
			help: ['success or failed; for tasks also skipped', 'success 또는 failed, 작업에는 skipped도 가능'],
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop mark --run newest --task silver_to_gold --state success',
			does: ['Continue a DAG run without this task', '이 작업 없이 DAG 실행 계속'],
		},
	],
	load: () => import('./mark.ts'),
};

export const stopRunRow: CommandRow = {
	name: 'stop-run',
	group: 'pipeline',
	summary: ['Stop an active DAG run (Airflow marks it failed)', '진행 중인 DAG 실행 중지(Airflow가 실패로 표시)'],
	arguments: [anyDag],
	options: [ofRun, ...changing],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop stop-run --run newest', does: ['Stop the newest DAG run', '가장 최근 DAG 실행 중지'] }],
	load: () => import('./mark.ts'),
};

export const noteRow: CommandRow = {
	name: 'note',
	group: 'pipeline',
	summary: ['Set or remove the note of a DAG run', 'DAG 실행의 메모 작성 또는 삭제'],
	arguments: [anyDag],
	options: [
		ofRun,
		{ name: 'text', short: 't', value: { name: 'TEXT', kind: 'text' }, help: ['Text of the note', '메모 내용'] },
		{ name: 'remove', help: ['Remove the note', '메모 삭제'] },
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop note --run newest --text "disk was full"',
			does: ['Explain a failed DAG run to colleagues', '실패한 DAG 실행의 이유를 동료에게 남기기'],
		},
	],
	load: () => import('./mark.ts'),
};
