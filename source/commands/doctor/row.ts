import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch } from '../../command-line/rows/shared-options.ts';

export const doctorRow: CommandRow = {
	name: 'doctor',
	group: 'look',
	summary: ['Diagnose the stack: problems, causes, impact, fixes', '스택 진단: 문제, 원인, 영향, 조치'],
	details: [
		[
			'Checks containers, Airflow, MLflow, logs and disks together. A consequence is listed under its cause. A problem must persist for some seconds before it is reported.',
			'컨테이너, Airflow, MLflow, 로그, 디스크를 함께 점검합니다. 다른 문제 때문에 생긴 문제는 그 원인 아래에 표시합니다. 문제는 몇 초 동안 지켜본 뒤에 보고합니다.',
		],
		[
			'The last line counts the checks that passed, failed and were skipped. All unacknowledged findings together count as 1 failed check. The checks are the same as on the screen.',
			'마지막 줄은 통과, 실패, 건너뛴 점검의 수입니다. 확인 처리하지 않은 문제는 모두 합쳐 실패한 점검 하나로 셉니다. 점검 항목은 화면과 같습니다.',
		],
		[
			'--deep also sends the worker a Celery ping, which costs the worker some seconds of CPU. It then watches the queues until it is clear whether the worker takes tasks.',
			'--deep을 지정하면 워커에 Celery ping도 보냅니다. 워커의 CPU를 몇 초 사용합니다. 작업이 처리되는지 분명해질 때까지 대기열도 지켜봅니다.',
		],
	],
	options: [
		{
			name: 'deep',
			help: [
				'Also send the worker a Celery ping (some seconds of CPU) and watch the queues',
				'워커에 Celery ping도 보내고(CPU 몇 초 사용) 대기열을 지켜봄',
			],
		},
		{ name: 'all', short: 'a', help: ['Count acknowledged findings too', '확인 처리한 문제도 집계에 포함'] },
		json,
		watch,
	],
	json: 'doctor',
	examples: [
		{ line: 'laketop doctor', does: ['Diagnose the stack', '스택 진단'] },
		{ line: 'laketop doctor --deep --lang ko', does: ['Run every check, in Korean', '모든 점검을 한국어로 실행'] },
		{
			line: `laketop doctor --json | jq -r '.findings[] | select(.explained_by == null) | .title'`,
			does: ['Print the root causes in a script', '스크립트에서 근본 원인만 출력'],
		},
	],
	exits: [
		[
			'0 no findings, 1 findings, 3 a check was not possible (named under "Not checked"), 4 a server refuses the credentials. The highest applies. Acknowledged findings count only with --all.',
			'0 문제 없음, 1 문제 있음, 3 점검하지 못한 항목 있음("점검하지 못함"에 표시), 4 서버가 자격 증명을 거부함. 가장 큰 값이 적용됩니다. 확인 처리한 문제는 --all을 지정할 때만 셉니다.',
		],
	],
	load: () => import('./doctor.ts'),
};
