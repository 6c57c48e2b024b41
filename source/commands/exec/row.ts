import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { oneService } from '../../command-line/rows/shared-options.ts';

export const execRow: CommandRow = {
	name: 'exec',
	group: 'stack',
	summary: [
		'Run a command in a container; without a command, open a shell',
		'컨테이너에서 명령 실행, 명령을 생략하면 셸 열기',
	],
	details: [
		[
			"On a terminal, the command gets a terminal too. Otherwise it reads and writes laketop's standard streams, so you can pipe them.",
			'터미널에서 실행하면 명령에도 터미널이 연결됩니다. 그 외에는 laketop의 표준 입출력을 그대로 쓰므로 파이프로 연결할 수 있습니다.',
		],
		[
			'The command runs without confirmation. It is recorded in the audit file, and refused in read-only mode. Put the options of laketop before SERVICE: everything after it belongs to the command.',
			'확인 없이 바로 실행합니다. 감사 로그에 기록되며 읽기 전용 모드에서는 거부됩니다. laketop의 옵션은 SERVICE 앞에 쓰세요. 그 뒤는 모두 명령의 일부입니다.',
		],
	],
	arguments: [
		oneService,
		{
			name: 'COMMAND',
			kind: 'text',
			verbatim: true,
			help: ['Command and its arguments, passed unchanged', '그대로 전달할 명령과 인수'],
		},
	],
	options: [
		{
			name: 'user',
			short: 'u',
			value: { name: 'USER', kind: 'text' },
			help: ["User name or UID (default: the container's user)", '사용자 이름 또는 UID(기본값: 컨테이너의 사용자)'],
		},
	],
	examples: [
		{ line: 'laketop exec airflow-worker', does: ['Open a shell', '셸 열기'] },
		{
			line: 'laketop exec airflow-worker curl -f http://mlflow:5000/health',
			does: ['Check the connection from worker to MLflow', '워커에서 MLflow로의 연결 확인'],
		},
	],
	exits: [['The exit code of the command, if it ran.', '실행된 명령의 종료 코드를 그대로 반환합니다.']],
	load: () => import('./exec.ts'),
};
