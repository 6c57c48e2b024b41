import type { CommandRow } from '../../command-line/rows/command-row.ts';
import {
	anyDag,
	changing,
	ofRun,
	tasks,
	timeout,
	untilRunEnds,
	waitRunExits,
} from '../../command-line/rows/shared-options.ts';

export const clearRow: CommandRow = {
	name: 'clear',
	group: 'pipeline',
	summary: ['Clear tasks of a DAG run, so that they run again', 'DAG 실행의 작업 재실행(clear)'],
	details: [
		[
			'Without --task: the failed tasks; with --all: all tasks of the DAG run. With --task: the named tasks in any state. The confirmation lists every task that Airflow would clear.',
			'--task가 없으면 실패한 작업만, --all을 지정하면 DAG 실행의 모든 작업이 대상입니다. --task를 지정하면 상태와 관계없이 그 작업이 대상입니다. 실행 전 질문에 Airflow가 재실행할 작업을 모두 보여 줍니다.',
		],
	],
	arguments: [anyDag],
	options: [
		ofRun,
		tasks,
		{ name: 'downstream', short: 'd', help: ['Include downstream tasks', '다운스트림 작업도 포함'] },
		{ name: 'all', short: 'a', help: ['Include successful tasks', '성공한 작업도 포함'] },
		untilRunEnds,
		timeout,
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop clear --run newest',
			does: ['Clear the failed tasks of the newest DAG run', '가장 최근 DAG 실행에서 실패한 작업 재실행'],
		},
		{
			line: 'laketop clear --run newest --task silver_to_gold --downstream',
			does: ['Clear a task and its downstream tasks', '작업과 그 다운스트림 작업 재실행'],
		},
		{
			line: `laketop clear my_dag --run newest --task 'divide[7]'`,
			does: ['Clear one instance of a mapped task', '매핑된 작업의 인스턴스 하나 재실행'],
		},
	],
	exits: [waitRunExits],
	load: () => import('./clear.ts'),
};
