import type { MlflowRun } from '../../model/experiment.ts';
import { shellWords } from '../../model/shell-words.ts';
import { metricValue } from '../../presentation/format.ts';
import { cutCell, fit, textWidth } from '../../presentation/text.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import { compareRuns, type RunComparison } from '../../selectors/run-comparison.ts';
import type { Page, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { heading } from './pages.ts';

const widestName = 24;
/** Of a column; a few runs have room for their ID and name. */
const widestValue = (runs: number) => (runs <= 3 ? 34 : 22);

/** MLflow runs side by side, compared with the oldest of them. */
export function comparePage(chosen: readonly MlflowRun[], { say, glyphs }: Pick<StepContext, 'say' | 'glyphs'>): Page {
	const runs = chosen.toSorted((a, b) => a.startedAt - b.startedAt);
	const comparison = compareRuns(runs);
	const { params, sameParams, metrics } = comparison;
	const names = namesOf(comparison);
	const paramRows = params.map(({ key, values }) => [key, ...values.map(value => value ?? '-')]);
	const metricRows = metrics.map(({ key, values, verdicts }) => [
		key,
		...values.map((value, index) => {
			const verdict = verdicts[index] ?? null;
			const shown = value === null ? '-' : metricValue(value, glyphs.infinity);
			return verdict === null ? shown : `${shown} ${say(verdictWords[verdict].word)}`;
		}),
	]);
	const head = ['', ...names];
	const widths = head.map((_, column) =>
		Math.min(
			column === 0 ? widestName : widestValue(runs.length),
			Math.max(...[head, ...paramRows, ...metricRows].map(row => textWidth(row[column] ?? ''))),
		),
	);
	const lineOf = (row: readonly string[], tone?: PageLine['tone']): PageLine => ({
		text: row
			.map((text, column) => {
				const cells = widths[column] ?? 0;
				return fit(cutCell(text, cells, glyphs.ellipsis), cells, '', column === 0 ? 'left' : 'right');
			})
			.join('  '),
		tone,
	});
	const none = (text: string): PageLine => ({ text, tone: 'muted' });
	return {
		title: say(['Compare {n} MLflow runs', 'MLflow 실행 {n}개 비교'], { n: runs.length }),
		copies: shellWords('laketop', 'compare', ...runs.map(({ runId }) => runId)),
		copiesWhat: ['laketop command', 'laketop 명령'],
		note: say([
			'The others are compared with the first, y copies the command',
			'나머지는 첫 번째와 비교됨, y 명령 복사',
		]),
		lines: [
			lineOf(head, 'accent'),
			...heading(say(['Metrics (latest values)', '메트릭 (최신 값)'])),
			...(metricRows.length === 0
				? [none(say(['No metrics logged yet', '아직 기록된 메트릭이 없습니다']))]
				: metricRows.map(row => lineOf(row))),
			...heading(say(['Params that differ', '다른 파라미터'])),
			...paramRows.map(row => lineOf(row)),
			none(say(['{n} {n|param is|params are} the same', '같은 파라미터 {n}개'], { n: sameParams })),
		],
	};
}

/** A name, with an id where another run has the name. */
function namesOf({ runs }: RunComparison): string[] {
	return runs.map(({ runName, runId }) => {
		const isAlone = runs.filter(one => one.runName === runName).length === 1;
		return isAlone && runName !== '' ? runName : `${runId.slice(0, 8)} ${runName}`.trim();
	});
}
