import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { Cell, Column, TextTable } from '../../command-line/output/table-cells.ts';
import { clock, metric, when } from '../../command-line/output/text-parts.ts';
import { mlflowStatusLook } from '../../model/mlflow/mlflow-status.ts';
import { keyColumn } from '../../model/run-columns.ts';
import type { RunNode } from '../../selectors/mlflow-runs/run-tree.ts';
import { type Text, textIn } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';

type Runs = Document<'mlflow-runs'>;
type Run = Runs['runs'][number];
type RunColumn = Omit<Column, 'title'> & {
	readonly title: Text;
	readonly cell: (run: Run, document: Runs, style: Style) => Cell;
};

const pairs = (of: readonly (readonly [string, string])[]) => of.map(([key, value]) => `${key}=${value}`).join(' ');

/** Columns beside the name; their words are those of `--columns`. */
const fixed = {
	status: {
		title: ['STATUS', '상태'],
		cell: ({ status }, _document, { say }) => {
			const { word, symbol, tone } = mlflowStatusLook(status);
			return { text: say([status, word[1]]), symbol, tone };
		},
	},
	started: {
		title: ['STARTED', '시작'],
		cell: (run, { at }, style) => ({ text: when(run.started_at, at, style) }),
	},
	duration: {
		title: ['DURATION', '소요 시간'],
		align: 'right',
		cell: run => ({
			text: run.ended_at === null ? '' : clock(Date.parse(run.ended_at) - Date.parse(run.started_at)),
		}),
	},
	metrics: {
		title: ['METRICS', '메트릭'],
		yields: 2,
		cell: (run, _document, { glyphs }) => ({
			text: pairs(Object.entries(run.metrics).map(([key, value]) => [key, metric(value, glyphs)])),
		}),
	},
	params: { title: ['PARAMS', '파라미터'], yields: 1, cell: run => ({ text: pairs(Object.entries(run.params)) }) },
	'dag-run': { title: ['DAG RUN', 'DAG 실행'], cell: run => ({ text: run.tags.dag_run_id ?? '' }) },
	'run-id': { title: ['RUN ID', '실행 ID'], cell: run => ({ text: run.run_id, tone: 'muted' }) },
} as const satisfies Record<string, RunColumn>;

const usual: readonly (keyof typeof fixed)[] = ['status', 'started', 'duration', 'metrics', 'params', 'run-id'];
const isFixed = (word: string): word is keyof typeof fixed => Object.hasOwn(fixed, word);

/** The column of one metric, param or tag: `metrics.accuracy`; null for another word. */
function columnOfKey(word: string): RunColumn | null {
	const column = keyColumn(word);
	if (column === null) return null;
	const { kind, key } = column;
	const title: Text = [key, key];
	if (kind !== 'metrics')
		return { title, yields: 1, cell: run => ({ text: Object.hasOwn(run[kind], key) ? (run[kind][key] ?? '') : '' }) };
	return {
		title,
		align: 'right',
		cell: (run, _document, { glyphs }) => {
			const value = Object.hasOwn(run.metrics, key) ? run.metrics[key] : undefined;
			return { text: value === undefined ? '' : metric(value, glyphs) };
		},
	};
}

/** The columns that `--columns` names; the usual ones without it. Throws UsageError. */
export function readColumns(text: string | undefined): readonly RunColumn[] {
	const words = text === undefined ? usual : text.split(',').map(word => word.trim());
	return words.map(word => {
		const column = isFixed(word) ? fixed[word] : columnOfKey(word);
		if (column) return column;
		throw new UsageError(
			phrase(
				[
					'--columns: unknown column "{word}" (one of {fixed}, or metrics.KEY, params.KEY, tags.KEY)',
					'--columns: 알 수 없는 열 "{word}"({fixed} 중 하나 또는 metrics.KEY, params.KEY, tags.KEY)',
				],
				{ word, fixed: Object.keys(fixed).join(', ') },
			),
			seeHelp('mlflow-runs'),
		);
	});
}

/** Nested runs stand below their parents, as on the screen; in the document, all are in the order that was asked for. */
export function runsTable(
	document: Runs,
	tree: readonly RunNode[],
	columns: readonly RunColumn[],
	style: Style,
): TextTable {
	const { say } = style;
	const { experiment, filter } = document;
	const byId = new Map(document.runs.map(run => [run.run_id, run]));
	return {
		columns: [
			{ title: say(['MLFLOW RUN', 'MLflow 실행']), yields: 3 },
			...columns.map(({ cell: _, title, ...column }) => ({ ...column, title: textIn(title, style.language) })),
		],
		rows: tree.flatMap(({ runId, depth = 0 }) => {
			const run = byId.get(runId);
			if (!run) return [];
			return [
				[{ text: `${'  '.repeat(depth)}${run.run_name}` }, ...columns.map(({ cell }) => cell(run, document, style))],
			];
		}),
		empty:
			filter === ''
				? say(['No MLflow runs in {experiment} yet.', '{experiment}에 아직 MLflow 실행이 없습니다.'], { experiment })
				: say(['No MLflow run of {experiment} matches.', '{experiment}에 일치하는 MLflow 실행이 없습니다.'], {
						experiment,
					}),
	};
}
