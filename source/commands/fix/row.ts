import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing, finding } from '../../command-line/rows/shared-options.ts';

export const fixRow: CommandRow = {
	name: 'fix',
	group: 'stack',
	summary: ['Run the fix of a finding that laketop doctor reports', 'laketop doctor가 보고한 문제의 조치 실행'],
	details: [
		[
			'Without --fix, runs the first fix that laketop can run itself. The fix is recorded in the audit file, like the same change by a key or command.',
			'--fix가 없으면 laketop이 직접 실행할 수 있는 첫 조치를 실행합니다. 같은 변경을 키나 명령으로 할 때처럼 감사 로그에 기록합니다.',
		],
	],
	arguments: [
		{
			...finding,
			help: [
				'ID, rule or subject of the finding (default: the first finding)',
				'문제의 ID, 규칙 또는 대상(기본값: 첫 번째 문제)',
			],
		},
	],
	options: [
		{ name: 'fix', value: { name: 'N', kind: 'count' }, help: ['Number of the fix', '조치 번호'] },
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop fix', does: ['Fix the most severe finding, after confirmation', '확인 후 가장 심각한 문제 조치'] },
		{
			line: 'laketop fix airflow-redis --dry-run',
			does: ['Preview the fix for airflow-redis', 'airflow-redis에 대한 조치 미리 보기'],
		},
	],
	exits: [
		[
			'2 no such finding, 4 laketop cannot run a fix for it.',
			'2 해당 문제가 없음, 4 laketop이 실행할 수 있는 조치가 없음.',
		],
	],
	load: () => import('./fix.ts'),
};
