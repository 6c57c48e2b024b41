import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json } from '../../command-line/rows/shared-options.ts';
import { logLevels } from '../../model/logs/log-level.ts';

export const logsRow: CommandRow = {
	name: 'logs',
	group: 'look',
	summary: ['Show the logs of containers or of a task', '컨테이너 또는 작업의 로그 보기'],
	details: [
		[
			'Lines of several containers are sorted by time and prefixed with the container name. --follow continues after a restart or recreation, and prints no line twice.',
			'여러 컨테이너의 줄은 시간순으로 정렬하고 앞에 컨테이너 이름을 붙입니다. --follow는 컨테이너가 재시작되거나 다시 생성되어도 이어서 보여 주며, 같은 줄을 두 번 출력하지 않습니다.',
		],
		[
			'--task shows the log of a task. It is read from its file if possible, otherwise from Airflow, even if the container is gone. With --follow, it ends when the task has finished, including retries. With --try, it ends after that try. --run without --task shows all tasks of a DAG run, one after the other.',
			'--task는 작업의 로그를 보여 줍니다. 이 호스트에서 읽을 수 있으면 파일에서, 아니면 Airflow에서 읽으며 컨테이너가 없어졌어도 볼 수 있습니다. 이때 --follow는 재시도까지 포함해 작업이 끝나면 종료하고, --try를 지정하면 그 시도가 끝날 때 종료합니다. --task 없이 --run만 쓰면 DAG 실행의 모든 작업을 차례로 보여 줍니다.',
		],
		[
			"laketop's own messages, such as restarts and gaps, go to standard error. A slow reader applies back-pressure; no lines are dropped.",
			'재시작이나 누락 구간처럼 laketop이 알리는 내용은 표준 오류로 출력합니다. 출력을 받는 프로그램이 느리면 기다리며, 줄을 버리지 않습니다.',
		],
	],
	arguments: [
		{
			name: 'SERVICE',
			kind: 'service',
			many: true,
			help: ['Services whose logs are shown (default: the stack)', '로그를 볼 서비스(기본값: 스택 전체)'],
		},
	],
	options: [
		{ name: 'follow', short: 'f', help: ['Follow the log', '새 줄을 실시간으로 계속 출력'] },
		{
			name: 'tail',
			short: 'n',
			value: { name: 'N', kind: 'lines' },
			help: [
				'Number of lines per log, or all (default: 200). With --since or a filter the default is all, and N counts matching lines',
				'로그당 줄 수 또는 all(기본값: 200). --since나 필터를 쓰면 기본값은 all이고 N은 일치하는 줄 수',
			],
		},
		{
			name: 'since',
			value: { name: 'TIME', kind: 'moment' },
			help: ['Start time: 5m (ago) or 2026-01-31T14:03:00Z', '시작 시각: 5m(5분 전) 또는 2026-01-31T14:03:00Z'],
		},
		{
			name: 'grep',
			short: 'g',
			value: { name: 'RE', kind: 'pattern' },
			help: ['Only lines that match (RE2 syntax)', '정규식과 일치하는 줄만 표시(RE2 문법)'],
		},
		{
			name: 'exclude',
			value: { name: 'RE', kind: 'pattern' },
			help: ['Only lines that do not match', '정규식과 일치하는 줄 제외'],
		},
		{
			name: 'level',
			short: 'l',
			value: { name: 'LEVEL', kind: 'choice', choices: [...logLevels] },
			help: ['Only lines at this level or above, with their tracebacks', '이 레벨 이상의 줄과 그 traceback만 표시'],
		},
		{
			name: 'after',
			short: 'A',
			value: { name: 'N', kind: 'count' },
			help: ['Also show N lines after each match', '일치하는 줄 뒤의 N줄도 표시'],
		},
		{
			name: 'before',
			short: 'B',
			value: { name: 'N', kind: 'count' },
			help: ['Also show N lines before each match', '일치하는 줄 앞의 N줄도 표시'],
		},
		{
			name: 'context',
			short: 'C',
			value: { name: 'N', kind: 'count' },
			help: ['Also show N lines before and after each match', '일치하는 줄 앞뒤의 N줄도 표시'],
		},
		{ name: 'timestamps', short: 't', help: ['Prefix each line with its time', '각 줄 앞에 시각 표시'] },
		{
			name: 'task',
			value: { name: 'TASK', kind: 'task' },
			help: [
				'Log of this task; TASK[INDEX] for one instance of a mapped task',
				'이 작업의 로그, 매핑된 작업의 인스턴스 하나는 TASK[INDEX]',
			],
		},
		{
			name: 'run',
			short: 'r',
			value: { name: 'ID', kind: 'run' },
			help: [
				'DAG run (default: the newest); without --task, the logs of all its tasks',
				'DAG 실행(기본값: 가장 최근), --task가 없으면 모든 작업의 로그',
			],
		},
		{
			name: 'try',
			value: { name: 'N', kind: 'count', range: [1, 999_999_999] },
			help: ['Try to show, by number (default: the newest)', '표시할 시도의 번호(기본값: 가장 최근)'],
		},
		json,
	],
	json: 'log-line',
	examples: [
		{
			line: 'laketop logs -f',
			does: ['Follow all containers of the stack', '스택의 모든 컨테이너 로그를 실시간으로 보기'],
		},
		{
			line: 'laketop logs airflow-scheduler --since 10m --grep ml_pipeline',
			does: ['Search the last 10 minutes', '최근 10분 동안의 로그 검색'],
		},
		{
			line: 'laketop logs mlflow airflow-worker -l error -C 3',
			does: ['Show errors with 3 lines of context', '오류와 그 앞뒤 3줄 보기'],
		},
		{
			line: 'laketop logs --run newest -f',
			does: ['Follow the pipeline, task after task', '파이프라인을 작업 순서대로 실시간으로 보기'],
		},
		{
			line: 'laketop logs --task raw_to_bronze',
			does: ['Show the newest try of a task', '작업의 가장 최근 시도 로그 보기'],
		},
	],
	exits: [
		[
			'With --follow and --task or --run: 1 if the last try failed.',
			'--follow를 --task 또는 --run과 함께 쓸 때: 마지막 시도가 실패하면 1.',
		],
	],
	load: () => import('./logs.ts'),
};
