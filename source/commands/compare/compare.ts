import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { mlflowRunPart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { experimentRuns, mlflowRunsCalled } from '../../command-line/names/mlflow-runs.ts';
import { show } from '../../command-line/show/show.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { isModelAddress } from '../../model/mlflow/model-address.ts';
import { compareRuns } from '../../selectors/mlflow-runs/run-comparison.ts';
import { phrase } from '../../words/message.ts';
import { compareImage, figuresPart, metricsTable, paramsTable } from './compare-tables.ts';

/** `laketop compare` */
export async function run(context: CommandContext): Promise<number> {
	if (context.given.words.some(isModelAddress)) {
		const { runOnVersions } = await import('./compare-versions.ts');
		return runOnVersions(context);
	}
	return show<Document<'compare'>>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
		document: (state, now) => {
			const known = experimentRuns(state, context);
			const runs = mlflowRunsCalled(context.given.words, known);
			demandSeveral(runs, context.given.words);
			return documentOf(runs, known.experiment, rfc3339(now));
		},
		whole: (document, style) =>
			context.given.is('svg') ? compareImage(document, titlesOf(document), [], style) : null,
		blocks: (document, style) => [
			paramsTable(document, titlesOf(document), style),
			metricsTable(document, titlesOf(document), style),
		],
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
	return {
		schema: 'laketop/compare/1',
		at,
		experiment,
		runs: runs.map(mlflowRunPart),
		versions: [],
		tags: [],
		...figuresPart(compareRuns(runs)),
	};
}

/** A name, and an id where another run has the name. */
function titlesOf({ runs }: Document<'compare'>): string[] {
	return runs.map(({ run_name, run_id }) => {
		const isAlone = runs.filter(one => one.run_name === run_name).length === 1;
		return isAlone && run_name !== '' ? run_name : `${run_name} ${run_id.slice(0, 8)}`.trim();
	});
}
