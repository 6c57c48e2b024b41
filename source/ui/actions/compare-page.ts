import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { metricValue } from '../../presentation/format.ts';
import { cutCell, fit, textWidth } from '../../presentation/text.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import { compareRuns, type FiguresComparison, type RunComparison } from '../../selectors/mlflow-runs/run-comparison.ts';
import type { Page, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { heading } from './pages.ts';

export type CompareStyle = Pick<StepContext, 'say' | 'glyphs' | 'room'>;

/** Rows of cells under a title; the first cell is a name. */
export type CompareSection = {
	readonly title: string;
	readonly rows: readonly (readonly string[])[];
	/** Below the rows, or instead of them. */
	readonly note?: string | undefined;
};

const widestName = 24;
/** Of a column; a few have room for an ID and a name. */
const widestValue = (columns: number) => (columns <= 3 ? 34 : 22);
/** Of a column: a metric with its verdict. With more columns than fit, lines wrap. */
const narrowestValue = 13;
/** Cells of a page's borders beyond those of a pane. */
const borders = 4;

/** MLflow runs side by side, compared with the oldest of them. */
export function comparePage(chosen: readonly MlflowRun[], style: CompareStyle): Page {
	const { say } = style;
	const runs = chosen.toSorted((a, b) => a.startedAt - b.startedAt);
	const comparison = compareRuns(runs);
	return {
		title: say(['Compare {n} MLflow runs', 'MLflow 실행 {n}개 비교'], { n: runs.length }),
		copies: shellWords('laketop', 'compare', ...runs.map(({ runId }) => runId)),
		copiesWhat: ['laketop command', 'laketop 명령'],
		note: comparedWithFirst(style),
		lines: sideBySide(namesOf(comparison), figureSections(comparison, style), style),
	};
}

export const comparedWithFirst = ({ say }: Pick<CompareStyle, 'say'>): string =>
	say(['The others are compared with the first, y copies the command', '나머지는 첫 번째와 비교됨, y 명령 복사']);

/** Metrics side by side, with what is better and worse, and params that differ. */
export function figureSections(
	{ params, sameParams, metrics }: FiguresComparison,
	{ say, glyphs }: Pick<CompareStyle, 'say' | 'glyphs'>,
): CompareSection[] {
	const metricRows = metrics.map(({ key, values, verdicts }) => [
		key,
		...values.map((value, index) => {
			const verdict = verdicts[index] ?? null;
			const shown = value === null ? '-' : metricValue(value, glyphs.infinity);
			return verdict === null ? shown : `${shown} ${say(verdictWords[verdict].word)}`;
		}),
	]);
	return [
		{
			title: say(['Metrics (latest values)', '메트릭 (최신 값)']),
			rows: metricRows,
			note: metricRows.length === 0 ? say(['No metrics logged yet', '아직 기록된 메트릭이 없습니다']) : undefined,
		},
		{
			title: say(['Params that differ', '다른 파라미터']),
			rows: params.map(({ key, values }) => [key, ...values.map(value => value ?? '-')]),
			note: say(['{n} {n|param is|params are} the same', '같은 파라미터 {n}개'], { n: sameParams }),
		},
	];
}

/** A table of all sections, a column for each name. */
export function sideBySide(
	names: readonly string[],
	sections: readonly CompareSection[],
	{ glyphs, room }: CompareStyle,
): PageLine[] {
	const head = ['', ...names];
	const all = [head, ...sections.flatMap(({ rows }) => rows)];
	const widthOf = (column: number, most: number) =>
		Math.min(most, Math.max(...all.map(row => textWidth(row[column] ?? ''))));
	const first = widthOf(0, widestName);
	const left = Math.floor((room.width - borders - first) / Math.max(1, names.length)) - 2;
	const most = Math.max(narrowestValue, Math.min(widestValue(names.length), left));
	const widths = head.map((_, column) => (column === 0 ? first : widthOf(column, most)));
	const lineOf = (row: readonly string[], tone?: PageLine['tone']): PageLine => ({
		text: row
			.map((text, column) => {
				const cells = widths[column] ?? 0;
				return fit(cutCell(text, cells, glyphs.ellipsis), cells, '', column === 0 ? 'left' : 'right');
			})
			.join('  '),
		tone,
	});
	return [
		lineOf(head, 'accent'),
		...sections.flatMap(({ title, rows, note }) => [
			...heading(title),
			...rows.map(row => lineOf(row)),
			...(note === undefined ? [] : [{ text: note, tone: 'muted' as const }]),
		]),
	];
}

/** A name, with an id where another run has the name. */
function namesOf({ runs }: RunComparison): string[] {
	return runs.map(({ runName, runId }) => {
		const isAlone = runs.filter(one => one.runName === runName).length === 1;
		return isAlone && runName !== '' ? runName : `${runId.slice(0, 8)} ${runName}`.trim();
	});
}
