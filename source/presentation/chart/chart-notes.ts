import type { MetricChart } from '../../selectors/mlflow-runs/metric-chart.ts';
import type { Line } from '../text.ts';
import type { ChartLook, ChartStyle, Visible } from './style.ts';

/** What the lines do not show, in one row: values that are no numbers, and points that MLflow did not send. */
export function chartNotes(
	chart: MetricChart,
	seen: readonly Visible[],
	{ isLog }: ChartLook,
	{ glyphs, say }: Pick<ChartStyle, 'glyphs' | 'say'>,
): Line[] {
	const sum = (count: (one: Visible) => number) => seen.reduce((total, one) => total + count(one), 0);
	const [nans, infinities, unlogged] = [sum(one => one.nans), sum(one => one.infinities), sum(one => one.unlogged)];
	const has = (part: 'spread' | 'first') => chart.series.some(one => one.part === part);
	const notes = [
		nans > 0 && say(['{mark} {n} NaN', '{mark} NaN {n}개'], { mark: glyphs.state.failed, n: nans }),
		infinities > 0 &&
			say(['{up}{down} {n} infinite', '{up}{down} 무한대 {n}개'], {
				up: glyphs.sort.ascending,
				down: glyphs.sort.descending,
				n: infinities,
			}),
		isLog &&
			unlogged > 0 &&
			say(['{down} {n} at or below 0', '{down} 0 이하 {n}개'], { down: glyphs.sort.descending, n: unlogged }),
		has('spread') && say(['a sample of the points', '점의 일부를 고르게 표시']),
		has('first') &&
			say(
				[
					'only the oldest {n} points, which is all that this MLflow sends',
					'이 MLflow가 보내는 가장 오래된 점 {n}개만 표시',
				],
				{
					n: Math.max(...chart.series.filter(one => one.part === 'first').map(({ xs }) => xs.length)),
				},
			),
	].filter(note => note !== false);
	return notes.length === 0 ? [] : [[{ text: notes.join(` ${glyphs.dot} `), tone: 'warning' }]];
}
