import type { Document } from '../../command-line/json/documents.ts';
import type { MetricValuePart } from '../../command-line/json/mlflow.ts';
import type { Part, Phrases } from '../../presentation/document/document.ts';
import { metricValue } from '../../presentation/format.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import type { ReportPictures } from './report-pictures.ts';
import type { ReportWords } from './report-words.ts';

type Report = Document<'report'>;

type Verdict = Report['mlflow_runs'][number]['metrics'][number]['verdict'];

/** More rows than anybody reads in a report; the JSON has them all. */
const mostRows = 60;

/** Metrics against the MLflow run before, and model versions against their champion. */
export function modelParts(report: Report, words: ReportWords, { metrics }: ReportPictures): Part[] {
	const { say } = words;
	const { mlflow_problem, mlflow_runs, experiment, mlflow_runs_guessed } = report;
	const heading: Part = { kind: 'heading', text: say(['Metrics and models', '메트릭과 모델']) };
	if (mlflow_problem !== null) return [heading, { kind: 'text', phrases: [{ text: mlflow_problem, tone: 'warning' }] }];
	if (mlflow_runs.length === 0)
		return [
			heading,
			{
				kind: 'text',
				phrases: [
					{
						text: say(
							[
								'No MLflow run of {experiment} belongs to this DAG run.',
								'이 DAG 실행에 속하는 {experiment}의 MLflow 실행이 없습니다.',
							],
							{ experiment },
						),
					},
				],
			},
		];
	const guess: Part = {
		kind: 'text',
		phrases: [
			{
				text: say([
					'A guess: these MLflow runs began while the DAG run was active. None has the tag dag_run_id.',
					'추정: DAG 실행 중에 시작된 MLflow 실행입니다. 태그 dag_run_id가 있는 실행이 없습니다.',
				]),
				tone: 'warning',
			},
		],
	};
	return [
		heading,
		...(mlflow_runs_guessed ? [guess] : []),
		...metricParts(report, words),
		...metrics.map((one): Part => ({ kind: 'picture', ...one })),
		...championParts(report, words),
	];
}

const number = (value: MetricValuePart | null): Phrases =>
	value === null ? [] : [{ text: metricValue(Number(value)) }];

function verdictPhrases(verdict: Verdict, { say }: ReportWords): Phrases {
	if (verdict === null) return [];
	const { word, tone } = verdictWords[verdict];
	return [{ text: say(word), tone }];
}

function metricParts({ mlflow_runs }: Report, words: ReportWords): Part[] {
	const { say } = words;
	const rows = mlflow_runs.flatMap(({ run_name, run_id, metrics }) =>
		metrics.map(({ key, value, before, verdict }) => [
			[{ text: run_name || run_id, code: true }],
			[{ text: key, code: true }],
			number(value),
			number(before),
			verdictPhrases(verdict, words),
		]),
	);
	if (rows.length === 0)
		return [{ kind: 'text', phrases: [{ text: say(['No metrics logged yet.', '아직 기록된 메트릭이 없습니다.']) }] }];
	const left = rows.length - mostRows;
	return [
		{
			kind: 'table',
			columns: [
				{ title: say(['MLflow run', 'MLflow 실행']) },
				{ title: say(['Metric', '메트릭']) },
				{ title: say(['Value', '값']), align: 'right' },
				{ title: say(['Before', '이전 값']), align: 'right' },
				{ title: say(['Verdict', '판정']) },
			],
			rows: rows.slice(0, mostRows),
		},
		...(left > 0
			? [
					{
						kind: 'text' as const,
						phrases: [
							{
								text: say(
									[
										'{n} more {n|metric|metrics}: see laketop metrics.',
										'메트릭 {n}개 더 있음: laketop metrics에서 확인하세요.',
									],
									{
										n: left,
									},
								),
							},
						],
					},
				]
			: []),
	];
}

function championParts({ models }: Report, words: ReportWords): Part[] {
	const { say } = words;
	return models.flatMap(({ name, version, aliases, champion }): Part[] => {
		const made: Phrases = [
			{ text: say(['Registered: ', '등록됨: ']), bold: true },
			{ text: `${name} ${version}`, code: true },
			...(aliases.length === 0 ? [] : [{ text: ` (${aliases.map(alias => `@${alias}`).join(', ')})` }]),
			{
				text:
					champion === null
						? ''
						: say([', champion: version {version}', ', 챔피언: 버전 {version}'], { version: champion.champion }),
			},
		];
		const table: Part[] =
			champion === null || champion.metrics.length === 0
				? []
				: [
						{
							kind: 'table',
							columns: [
								{ title: say(['Metric', '메트릭']) },
								{ title: say(['This version', '이 버전']), align: 'right' },
								{ title: say(['Champion', '챔피언']), align: 'right' },
								{ title: say(['Verdict', '판정']) },
							],
							rows: champion.metrics
								.slice(0, mostRows)
								.map(one => [
									[{ text: one.key, code: true }],
									number(one.newest),
									number(one.champion),
									verdictPhrases(one.verdict, words),
								]),
						},
					];
		return [{ kind: 'text', phrases: made }, ...table];
	});
}
