import { metricValuePart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { svgText } from '../../command-line/output/svg-text.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { metric } from '../../command-line/output/text-parts.ts';
import { type ComparedPicture, comparePicture } from '../../presentation/svg/compare.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import type { FiguresComparison } from '../../selectors/mlflow-runs/run-comparison.ts';

type Compare = Document<'compare'>;

/** Params and metrics of a comparison. */
export function figuresPart({
	params,
	sameParams,
	metrics,
}: FiguresComparison): Pick<Compare, 'params' | 'same_params' | 'metrics'> {
	return {
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

/**
 * The comparison as the text of an SVG file.
 * @param texts that differ besides the params
 */
export function compareImage(
	{ params, metrics }: Pick<Compare, 'params' | 'metrics'>,
	titles: readonly string[],
	texts: ComparedPicture['texts'],
	{ say }: Style,
): string {
	const compared = {
		names: titles,
		metrics: metrics.map(one => ({ ...one, values: one.values.map(value => (value === null ? null : Number(value))) })),
		texts: [{ title: say(['Params that differ', '다른 파라미터']), rows: params }, ...texts],
	};
	return svgText(comparePicture(compared, { say, title: titles.join(', ') }));
}

/** @param titles of the columns, in the order of the values */
export function paramsTable(
	{ params, same_params: n }: Pick<Compare, 'params' | 'same_params'>,
	titles: readonly string[],
	{ say }: Style,
): TextTable {
	return {
		columns: [{ title: say(['PARAM', '파라미터']) }, ...titles.map(title => ({ title }))],
		rows: params.map(({ key, values }) => [{ text: key }, ...values.map(value => ({ text: value ?? '-' }))]),
		empty: say(['No params differ ({n} the same).', '다른 파라미터가 없습니다(같은 파라미터 {n}개).'], { n }),
	};
}

/** Each metric side by side, with what is better or worse than the first. */
export function metricsTable(
	{ metrics }: Pick<Compare, 'metrics'>,
	titles: readonly string[],
	{ say, glyphs }: Style,
): TextTable {
	return {
		columns: [{ title: say(['METRIC', '메트릭']) }, ...titles.map(title => ({ title, align: 'right' as const }))],
		rows: metrics.map(({ key, values, verdicts }) => [
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
