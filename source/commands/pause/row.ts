import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing } from '../../command-line/rows/shared-options.ts';

export const pauseRow: CommandRow = {
	name: 'pause',
	group: 'pipeline',
	summary: ['Pause DAGs (no new runs are scheduled)', 'DAG 일시 중지(새 DAG 실행을 예약하지 않음)'],
	arguments: [{ name: 'DAG', kind: 'dag', required: true, many: true, help: ['DAGs to pause', '일시 중지할 DAG'] }],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop pause ml_pipeline_end_to_end',
			does: ['Pause a DAG before maintenance', '유지 보수 전에 DAG 일시 중지'],
		},
	],
	load: () => import('./pause.ts'),
};

export const unpauseRow: CommandRow = {
	name: 'unpause',
	group: 'pipeline',
	summary: ['Unpause DAGs', 'DAG 일시 중지 해제'],
	arguments: [
		{ name: 'DAG', kind: 'dag', required: true, many: true, help: ['DAGs to unpause', '일시 중지를 해제할 DAG'] },
	],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop unpause ml_pipeline_end_to_end --yes',
			does: ['Unpause a DAG without confirmation', '확인 없이 DAG 일시 중지 해제'],
		},
	],
	load: () => import('./pause.ts'),
};
