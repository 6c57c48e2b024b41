import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { finding, json } from '../../command-line/rows/shared-options.ts';

export const ackRow: CommandRow = {
	name: 'ack',
	group: 'look',
	summary: [
		'Acknowledge a finding until it clears, or for a limited time',
		'문제를 해소될 때까지 또는 정한 시간 동안 확인 처리',
	],
	details: [
		[
			'An acknowledged finding stays in the list, with who acknowledged it and why. The header does not count it, it sends no notification, and laketop status and laketop doctor do not fail on it. The acknowledgement ends when the finding clears. If the finding returns, it counts again.',
			'확인 처리한 문제는 처리한 사람, 이유와 함께 목록에 남습니다. 머리글의 개수에서 빠지고 알림을 보내지 않으며, laketop status와 laketop doctor를 실패로 만들지 않습니다. 문제가 해소되면 확인 처리도 끝납니다. 문제가 다시 발생하면 집계에 다시 포함됩니다.',
		],
		[
			'Every laketop on this host sees the acknowledgement within seconds. It is stored in $XDG_STATE_HOME/laketop/acknowledgements.jsonl (default: ~/.local/state), or for all users in /var/lib/laketop if an administrator has made that writable. An acknowledgement changes nothing on any server, so read-only mode allows it.',
			'이 호스트의 모든 laketop에 몇 초 안에 반영됩니다. $XDG_STATE_HOME/laketop/acknowledgements.jsonl(기본값: ~/.local/state)에 저장합니다. 관리자가 /var/lib/laketop에 쓰기 권한을 주었다면 모든 사용자를 위해 그곳에 저장합니다. 서버는 아무것도 변경하지 않으므로 읽기 전용 모드에서도 쓸 수 있습니다.',
		],
	],
	arguments: [{ ...finding, required: true }],
	options: [
		{
			name: 'note',
			value: { name: 'TEXT', kind: 'text' },
			help: ['Reason, shown to others (at most 200 characters)', '다른 사람에게 보여 줄 이유(최대 200자)'],
		},
		{
			name: 'for',
			value: { name: 'TIME', kind: 'duration' },
			help: ['Duration, such as 2h (default: until the finding clears)', '기간, 예: 2h(기본값: 문제가 해소될 때까지)'],
		},
		{ name: 'remove', help: ['Remove the acknowledgement', '확인 처리 해제'] },
		json,
	],
	json: 'acknowledgement',
	examples: [
		{
			line: "laketop ack airflow-redis --note 'moving hosts' --for 2h",
			does: ['Acknowledge for 2 hours', '2시간 동안 확인 처리'],
		},
		{
			line: "laketop ack 'container exited airflow-redis'",
			does: ['Acknowledge until the finding clears', '문제가 해소될 때까지 확인 처리'],
		},
		{ line: 'laketop ack airflow-redis --remove', does: ['Count the finding again', '확인 처리를 해제하고 다시 집계'] },
	],
	exits: [
		[
			'0 saved, 1 could not be saved, 2 no such finding or acknowledgement.',
			'0 저장됨, 1 저장하지 못함, 2 해당 문제나 확인 처리가 없음.',
		],
	],
	load: () => import('./ack.ts'),
};
