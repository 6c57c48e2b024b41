import { metricValuePart } from '../../command-line/facts/mlflow.ts';
import type { ComparisonPart } from '../../command-line/json/mlflow.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { metricValue } from '../../presentation/format.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import type { ChampionComparison } from '../../selectors/models/champion.ts';

export function comparisonPart({ model, champion, mark, newest, metrics }: ChampionComparison): ComparisonPart {
	return {
		model,
		champion: champion.version,
		champion_mark: mark,
		newest: newest.version,
		metrics: metrics.map(metric => ({
			key: metric.key,
			champion: metricValuePart(metric.champion),
			newest: metricValuePart(metric.newest),
			verdict: metric.verdict,
		})),
	};
}

/** Each metric of a model's newest version beside that of the version that serves. */
export function comparisonsTable(comparisons: readonly ComparisonPart[], { say }: Style): TextTable {
	return {
		columns: [
			{ title: say(['COMPARED MODEL', '비교한 모델']), yields: 2 },
			{ title: say(['METRIC', '메트릭']) },
			{ title: say(['NEWEST', '최신 버전']), align: 'right' },
			{ title: say(['CHAMPION', '챔피언']), align: 'right' },
			{ title: say(['VERDICT', '판정']) },
		],
		rows: comparisons.flatMap(({ model, champion, champion_mark, newest, metrics }) =>
			metrics.map(({ key, verdict, ...values }, index) => [
				{ text: index === 0 ? `${model} v${newest} / v${champion} ${champion_mark}` : '' },
				{ text: key },
				{ text: metricValue(Number(values.newest)) },
				{ text: metricValue(Number(values.champion)) },
				verdict === null ? { text: '' } : { text: say(verdictWords[verdict].word), tone: verdictWords[verdict].tone },
			]),
		),
		empty: '',
	};
}
