import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { anyDag, json, toFile } from '../../command-line/rows/shared-options.ts';

export const reportRow: CommandRow = {
	name: 'report',
	group: 'look',
	summary: [
		'Write one page about a DAG run: duration against usual, failures, retries, metrics, models',
		'DAG 실행에 대한 한 페이지 보고서 작성: 평소 대비 소요 시간, 실패, 재시도, 메트릭, 모델',
	],
	details: [
		[
			'What is usual comes from the other successful runs among the 30 newest. Metrics are compared with the MLflow run of the same name before, models with their champion. Findings are those of now that began before the DAG run ended, or of unknown age.',
			'평소 값은 최근 30개 실행 중 성공한 다른 실행에서 계산합니다. 메트릭은 같은 이름의 이전 MLflow 실행과, 모델은 챔피언과 비교합니다. 문제는 DAG 실행이 끝나기 전에 시작되었거나 시작 시각을 알 수 없으며 지금도 남아 있는 것입니다.',
		],
		[
			'HTML is one file without scripts and external addresses, with pictures, for light and dark pages. Markdown has no pictures. Times are UTC. Secrets are masked.',
			'HTML은 스크립트와 외부 주소가 없는 파일 하나이며 그림을 포함하고, 밝은 화면과 어두운 화면에 모두 맞습니다. Markdown에는 그림이 없습니다. 시각은 UTC입니다. 비밀 값은 가립니다.',
		],
	],
	arguments: [anyDag],
	options: [
		{
			name: 'run',
			short: 'r',
			value: { name: 'ID', kind: 'run' },
			help: [
				'DAG run, or newest (default: the newest that has finished)',
				'DAG 실행 또는 newest(기본값: 끝난 실행 중 가장 최근)',
			],
		},
		{
			name: 'format',
			value: { name: 'FORMAT', kind: 'choice', choices: ['md', 'html'] },
			help: ['Markdown (md, default) or HTML', 'Markdown(md, 기본값) 또는 HTML'],
		},
		...toFile,
		json,
	],
	json: 'report',
	examples: [
		{
			line: 'laketop report',
			does: ['Print a report about the last finished DAG run', '마지막으로 끝난 DAG 실행의 보고서 출력'],
		},
		{
			line: 'laketop report my_dag --format html --output report.html',
			does: ['Write it as one HTML file, to mail or attach', '메일이나 첨부용 HTML 파일 하나로 저장'],
		},
	],
	exits: [['0 even if the DAG run failed.', 'DAG 실행이 실패했어도 0입니다.']],
	load: () => import('./report.ts'),
};
