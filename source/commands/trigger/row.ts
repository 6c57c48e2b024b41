import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, changing, timeout, untilRunEnds, waitRunExits } from '../../command-line/rows/shared-options.ts';

export const triggerRow: CommandRow = {
	name: 'trigger',
	group: 'pipeline',
	summary: ['Trigger a DAG run (unpauses a paused DAG)', 'DAG 실행 트리거(일시 중지된 DAG는 일시 중지 해제)'],
	details: [
		[
			"The conf is validated against the DAG's params before it is sent. laketop chooses the run ID, so that a repeated request cannot start a second DAG run.",
			'conf는 보내기 전에 DAG의 params로 검증합니다. 실행 id는 laketop이 정하므로 요청이 반복되어도 DAG 실행이 두 번 시작되지 않습니다.',
		],
		[
			'With --wait the exit code is that of the DAG run. Ctrl-C stops waiting; the DAG run continues.',
			'--wait를 지정하면 종료 코드는 DAG 실행의 결과입니다. Ctrl-C를 누르면 기다리기만 멈추고 DAG 실행은 계속됩니다.',
		],
	],
	arguments: [anyDag],
	options: [
		{
			name: 'conf',
			value: { name: 'JSON', kind: 'text' },
			help: [
				'Conf of the DAG run: a JSON object, @FILE, or - for standard input',
				'DAG 실행의 conf: JSON 객체, @FILE, 또는 표준 입력을 뜻하는 -',
			],
		},
		{
			name: 'run-id',
			value: { name: 'ID', kind: 'text' },
			help: ['ID of the DAG run; must not exist yet', 'DAG 실행 ID, 이미 있으면 거부됨'],
		},
		untilRunEnds,
		timeout,
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop trigger --yes --wait',
			does: ['Run the pipeline from cron, and fail if it fails', 'cron에서 파이프라인을 실행하고 실패하면 함께 실패'],
		},
		{
			line: `laketop trigger --conf '{"rows": 5000}'`,
			does: ['Trigger with a conf, after confirmation', 'conf를 지정하여 확인 후 시작'],
		},
		{ line: 'laketop trigger --conf @conf.json --dry-run', does: ['Preview the DAG run', 'DAG 실행 미리 보기'] },
	],
	exits: [
		waitRunExits,
		['4 also if the params of the DAG reject the conf.', 'conf가 DAG의 params에 맞지 않을 때도 4입니다.'],
	],
	load: () => import('./trigger.ts'),
};
