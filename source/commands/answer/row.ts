import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing, json, watch } from '../../command-line/rows/shared-options.ts';

export const questionsRow: CommandRow = {
	name: 'questions',
	group: 'look',
	summary: [
		'List what tasks ask people: required actions (Airflow 3)',
		'작업이 사람에게 묻는 질문 목록(Airflow 3의 필수 조치)',
	],
	arguments: [
		{
			name: 'DAG',
			kind: 'asking-dag',
			help: ['Only questions of this DAG (default: all)', '이 DAG의 질문만(기본값: 전체)'],
		},
	],
	options: [json, watch],
	json: 'questions',
	examples: [{ line: 'laketop questions', does: ['List unanswered questions', '답하지 않은 질문 목록'] }],
	load: () => import('./questions.ts'),
};

export const answerRow: CommandRow = {
	name: 'answer',
	group: 'pipeline',
	summary: ['Answer what a task asks, so that it continues (Airflow 3)', '작업의 질문에 답하여 계속 진행(Airflow 3)'],
	details: [
		[
			'Without --choose, the default options of the question are chosen. Params that are not named keep their defaults.',
			'--choose를 생략하면 질문의 기본 선택지를 고릅니다. 지정하지 않은 파라미터는 기본값을 사용합니다.',
		],
	],
	arguments: [
		{
			name: 'DAG',
			kind: 'asking-dag',
			help: [
				'DAG whose task asks (default: the only one that asks)',
				'질문한 작업의 DAG(기본값: 질문이 있는 유일한 DAG)',
			],
		},
	],
	options: [
		{
			name: 'run',
			short: 'r',
			value: { name: 'ID', kind: 'asking-run' },
			help: ['DAG run, if several ask', 'DAG 실행, 질문이 여러 개일 때'],
		},
		{
			name: 'task',
			value: { name: 'TASK', kind: 'asking-task' },
			help: [
				'Task, if several ask; TASK[INDEX] for one instance',
				'작업, 질문이 여러 개일 때. 인스턴스 하나는 TASK[INDEX]',
			],
		},
		{
			name: 'choose',
			value: { name: 'OPTION', kind: 'option' },
			many: true,
			help: ['Option to choose (repeatable)', '고를 선택지(여러 번 지정 가능)'],
		},
		{
			name: 'param',
			value: { name: 'NAME=VALUE', kind: 'answer-param' },
			many: true,
			help: ['Value of a param (repeatable)', '파라미터 값(여러 번 지정 가능)'],
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop answer my_dag --choose Approve', does: ['Approve', '승인'] },
		{
			line: 'laketop answer my_dag --task choose --choose eu --choose us --param share=20',
			does: ['Choose two options, and set a param', '선택지 두 개와 파라미터 지정'],
		},
	],
	load: () => import('./answer.ts'),
};
