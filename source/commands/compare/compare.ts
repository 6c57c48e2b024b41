import type { MlflowRun } from '../../model/experiment.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import { compareRuns } from '../../selectors/run-comparison.ts';
import { phrase } from '../../words/message.ts';
import type { CommandContext } from '../context.ts';
import { rfc3339 } from '../facts/figures.ts';
import { metricValuePart, mlflowRunPart } from '../facts/mlflow.ts';
import { seeHelp, UsageError } from '../given.ts';
import type { Document } from '../json/documents.ts';
import { experimentRuns, mlflowRunsCalled } from '../mlflow-runs.ts';
import { show } from '../show.ts';
import type { Style } from '../style.ts';
import type { TextTable } from '../table-cells.ts';
import { metric } from '../text-parts.ts';

/** `laketop compare` */
export function run(context: CommandContext): Promise<number> {
	return show<Document<'compare'>>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
		document: (state, now) => {
			const known = experimentRuns(state, context);
			const runs = mlflowRunsCalled(context.given.words, known);
			demandSeveral(runs, context.given.words);
			return documentOf(runs, known.experiment, rfc3339(now));
		},
		blocks: (document, style) => [paramsTable(document, style), metricsTable(document, style)],
	});
}

function demandSeveral(runs: readonly MlflowRun[], words: readonly string[]): void {
	const [only] = runs;
	if (runs.length > 1 || only === undefined) return;
	throw new UsageError(
		words.length === 1
			? phrase(['compare takes two or more MLflow runs', 'compare에는 MLflow 실행을 둘 이상 지정합니다'])
			: phrase(
					[
						'{words} are the same MLflow run ({id}): compare takes two or more',
						'{words}은(는) 같은 MLflow 실행입니다({id}). compare에는 서로 다른 실행을 둘 이상 지정합니다',
					],
					{ words: words.join(', '), id: only.runId },
				),
		seeHelp('compare'),
	);
}

function documentOf(runs: readonly MlflowRun[], experiment: string, at: string): Document<'compare'> {
	const { params, sameParams, metrics } = compareRuns(runs);
	return {
		schema: 'laketop/compare/1',
		at,
		experiment,
		runs: runs.map(mlflowRunPart),
		params: params.map(({ key, values }) => ({ key, values: [...values] })),
		same_params: sameParams,
		metrics: metrics.map(({ key, direction, values, verdicts, best }) => ({
			key,
			direction,
			values: values.map(value => (value === null ? null : metricValuePart(value))),
			verdicts: [...verdicts],
			best: [...best],
		})),
	};
}

/** A name, and an id where another run has the name. */
function titlesOf({ runs }: Document<'compare'>): string[] {
	return runs.map(({ run_name, run_id }) => {
		const isAlone = runs.filter(one => one.run_name === run_name).length === 1;
		return isAlone && run_name !== '' ? run_name : `${run_name} ${run_id.slice(0, 8)}`.trim();
	});
}

function paramsTable(document: Document<'compare'>, { say }: Style): TextTable {
	const { params, same_params: n } = document;
	return {
		columns: [{ title: say(['PARAM', '파라미터']) }, ...titlesOf(document).map(title => ({ title }))],
		rows: params.map(({ key, values }) => [{ text: key }, ...values.map(value => ({ text: value ?? '-' }))]),
		empty: say(['No params differ ({n} the same).', '다른 파라미터가 없습니다(같은 파라미터 {n}개).'], { n }),
	};
}

function metricsTable(document: Document<'compare'>, { say, glyphs }: Style): TextTable {
	return {
		columns: [
			{ title: say(['METRIC', '메트릭']) },
			...titlesOf(document).map(title => ({ title, align: 'right' as const })),
		],
		rows: document.metrics.map(({ key, values, verdicts }) => [
			{ text: key },
			...values.map((value, index) => {
				const verdict = verdicts[index] ?? null;
				const shown = value === null ? '-' : metric(value, glyphs);
				if (verdict === null) return { text: shown };
				const { word, tone } = verdictWords[verdict];
				return { text: `${shown} ${say(word)}`, tone };
			}),
		]),
		empty: say(['No metrics logged yet.', '아직 기록된 메트릭이 없습니다.']),
	};
}
