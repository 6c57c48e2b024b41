import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const statusRow: CommandRow = {
	name: 'status',
	group: 'look',
	summary: [
		'Show an overview: services, servers, newest DAG run, metrics, import errors',
		'전체 요약: 서비스, 서버, 가장 최근 DAG 실행, 메트릭, 임포트 오류',
	],
	details: [
		[
			'Healthy means: every check could run, and there is no unacknowledged finding. status, doctor and the screen give the same verdict.',
			'정상은 모든 점검을 실행할 수 있고 확인 처리하지 않은 문제가 없다는 뜻입니다. status, doctor, 화면의 판정은 같습니다.',
		],
		[
			'A problem is confirmed before it is reported. This usually takes under a second, up to 10 seconds for a page that does not answer, and at most 20 seconds.',
			'문제는 확정한 뒤에 보고합니다. 보통 1초 이내, 응답하지 않는 페이지는 10초까지 걸리며 최대 20초입니다.',
		],
		zoneOfTimes,
	],
	options: [json, watch],
	json: 'status',
	examples: [
		{ line: 'laketop status', does: ['Show the overview', '전체 요약 보기'] },
		{
			line: 'laketop status >/dev/null || echo "look at the stack"',
			does: ['Check the stack from cron by the exit code', 'cron에서 종료 코드로 스택 확인'],
		},
		{
			line: 'laketop status --json | jq -r ".problems[]"',
			does: ['Print one problem per line', '문제를 한 줄에 하나씩 출력'],
		},
	],
	exits: [
		[
			'0 healthy, 1 findings, 3 a check was not possible, 4 a server refuses the credentials. The highest applies.',
			'0 정상, 1 문제 있음, 3 점검하지 못한 항목 있음, 4 서버가 자격 증명을 거부함. 가장 큰 값이 적용됩니다.',
		],
	],
	load: () => import('./status.ts'),
};
