import type { CommandContext } from '../../command-line/context/context.ts';
import { demandFound, demandLive, demandOne } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { metricPart, mlflowRunPart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { cellSpan, change, heading, metric, since, when } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import { show } from '../../command-line/show/show.ts';
import { defaults } from '../../config/options.ts';
import { metricSeries } from '../../model/mlflow/metric-series.ts';
import { mlflowStatusLook } from '../../model/mlflow/mlflow-status.ts';
import { sparkline } from '../../presentation/sparkline.ts';
import { experimentsInstead, resolveExperiment, resolveMlflowRuns } from '../../selectors/names/mlflow.ts';

/** `laketop metrics` */
export function run(context: CommandContext): Promise<number> {
	const { config, given } = context;
	const wanted = given.text('run');
	return show<Document<'metrics'>>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
		document: (state, now) => {
			demandLive(state, 'experiment');
			const name = state.defaultExperiment ?? config.experiment;
			if (state.experiment === null && name !== defaults.experiment) {
				demandOne(resolveExperiment(name, state.experimentNames ?? [], state.isExperimentDeleted));
			}
			const all = state.mlflowRuns ?? [];
			const runs = wanted === undefined ? [] : demandFound(resolveMlflowRuns(wanted, name, all));
			return {
				schema: 'laketop/metrics/1',
				at: rfc3339(now),
				experiment: name,
				experiment_id: state.experiment?.experimentId ?? null,
				experiment_deleted: state.isExperimentDeleted,
				other_experiments: state.experiment ? [] : [...(state.experimentNames ?? [])],
				metrics: wanted === undefined ? metricSeries(all).map(metricPart) : [],
				runs: runs.toReversed().map(mlflowRunPart),
			};
		},
		blocks: (document, style) =>
			wanted === undefined
				? [metricsTable(document, style)]
				: document.runs.flatMap(one => runBlocks(one, document, style)),
	});
}

function metricsTable(document: Document<'metrics'>, style: Style): TextTable {
	const { metrics, at } = document;
	const { say } = style;
	return {
		columns: [
			{ title: say(['METRIC', '메트릭']), yields: 3 },
			{ title: say(['VALUE', '값']), align: 'right' },
			{ title: say(['CHANGE', '변화']), align: 'right' },
			...(style.isTerminal ? [{ title: say(['HISTORY', '추이']), align: 'right' as const }] : []),
			{ title: say(['AGE', '경과']), align: 'right' },
			{ title: say(['LOGGED BY', '실행 이름']), yields: 2 },
			{ title: say(['MLFLOW RUN', '실행 ID']), yields: 1 },
		],
		rows: metrics.map(one => [
			{ text: one.key },
			{ text: metric(one.value, style.glyphs) },
			one.is_live
				? { text: say(['live', '기록 중']), symbol: 'running', tone: 'active' }
				: { text: change(one.change, style.glyphs) },
			...(style.isTerminal
				? [{ text: sparkline(one.history.map(Number), 16, style.glyphs.bars), tone: 'odd' as const }]
				: []),
			{ text: since(one.logged_at, at, style) },
			{ text: one.run_name },
			{ text: one.run_id, tone: 'muted' },
		]),
		empty: emptyText(document, style),
	};
}

/** Why there are no metrics; where the experiment is missing, those that MLflow has. Each MLflow has Default. */
function emptyText(document: Document<'metrics'>, { say }: Style): string {
	const { experiment, experiment_id, experiment_deleted, other_experiments } = document;
	if (experiment_id !== null)
		return say(['No metrics in {experiment} yet.', '{experiment}에 아직 메트릭이 없습니다.'], { experiment });
	const why = experiment_deleted
		? say(['The experiment {experiment} is deleted in MLflow.', 'MLflow에서 실험 {experiment}이(가) 삭제되었습니다.'], {
				experiment,
			})
		: say(
				[
					'No experiment {experiment} in MLflow yet. The first DAG run of the pipeline creates it.',
					'MLflow에 아직 실험 {experiment}이(가) 없습니다. 파이프라인의 첫 DAG 실행이 만듭니다.',
				],
				{ experiment },
			);
	const names = experimentsInstead(experiment, other_experiments);
	if (names === '') return why;
	return `${why} ${say(['MLflow has: {names}. Pass one with --experiment.', 'MLflow의 실험: {names}. --experiment로 지정하세요.'], { names })}`;
}

function runBlocks(run: Document<'metrics'>['runs'][number], { at }: { at: string }, style: Style): Block[] {
	const { word, symbol, tone } = mlflowStatusLook(run.status);
	const { say } = style;
	const [metricKind, paramKind] = [say(['metric', '메트릭']), say(['param', '파라미터'])];
	const rows = [
		...Object.entries(run.metrics).map(([key, value]) => [metricKind, key, metric(value, style.glyphs)]),
		...Object.entries(run.params).map(([key, value]) => [paramKind, key, value]),
	];
	return [
		[
			heading(
				run.run_name || run.run_id,
				{ text: `  ${run.run_id}  ` },
				cellSpan({ text: say([run.status, word[1]]), symbol, tone }, style),
				{
					text: `  ${say(['started {time}', '시작 {time}'], { time: when(run.started_at, at, style) })}`,
				},
			),
		],
		{
			columns: [
				{ title: say(['KIND', '종류']) },
				{ title: say(['NAME', '이름']), yields: 2 },
				{ title: say(['VALUE', '값']), yields: 1 },
			],
			rows: rows.map(cells => cells.map(text => ({ text }))),
			empty: say(['No metrics or params yet.', '아직 메트릭이나 파라미터가 없습니다.']),
		},
	];
}
