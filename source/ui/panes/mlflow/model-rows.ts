import { cutListOf, modelVersionListName } from '../../../model/cut-list.ts';
import type { ModelVersion } from '../../../model/mlflow/experiment.ts';
import { modelVersionStatusLook } from '../../../model/mlflow/mlflow-status.ts';
import { metricValue, moment, shortMoment } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { type Line, lineWidth, type Span } from '../../../presentation/text.ts';
import { versionTags } from '../../../presentation/version-tags.ts';
import { type ChampionComparison, championComparisons } from '../../../selectors/models/champion.ts';
import { textIn } from '../../../words/language.ts';
import type { ViewContext } from '../view-context.ts';

/** A line for each registered model, and one for how its newest version compares with the one that serves. */
export function modelRows(input: ViewContext): Line[] {
	const { state } = input;
	const versions = state.modelVersions;
	if (!versions || versions.length === 0) return [];
	const compared = championComparisons(versions, [...(state.mlflowRuns ?? []), ...state.versionRuns]);
	const byName = new Map<string, ModelVersion[]>();
	for (const version of versions) byName.set(version.name, [...(byName.get(version.name) ?? []), version]);
	return [...byName].flatMap(([name, list]): Line[] => {
		const row = modelRow(name, list, input);
		const comparison = compared.find(({ model }) => model === name);
		return comparison === undefined ? [row] : [row, ...comparisonRow(comparison, input)];
	});
}

const mostVersions = 4;

/** A model and its newest versions, as many as there is room for, and the number of the others. */
function modelRow(name: string, versions: readonly ModelVersion[], input: ViewContext): Line {
	const { glyphs, say, width, state, now } = input;
	const line: Span[] = [{ text: glyphs.fold(name) }];
	const isCut = cutListOf(state.cutLists, 'mlflow', modelVersionListName) !== undefined;
	const rest = (n: number): Span[] => {
		if (n === 0) return [];
		const words = say(isCut ? ['{n}+ more', '외 {n}+개'] : ['+{n} more', '외 {n}개'], { n });
		return [{ text: ` ${glyphs.dot} ${words}`, tone: 'muted' }];
	};
	for (const [index, version] of versions.entries()) {
		const isFirst = index === 0;
		const hidden = versions.length - index - 1;
		const spansWith = (created: string) => [
			{ text: isFirst ? ' ' : ` ${glyphs.dot} ` },
			...versionSpans(version, isFirst ? created : null, input),
		];
		const whole = spansWith(moment(version.createdAt, now));
		const isTooLong = lineWidth([...line, ...whole, ...rest(hidden)]) > width;
		// That there are more versions tells more than the time of day.
		const spans = isFirst && isTooLong ? spansWith(shortMoment(version.createdAt, now)) : whole;
		if (!isFirst && (index === mostVersions || isTooLong)) return [...line, ...rest(hidden + 1)];
		line.push(...spans);
	}
	return line;
}

/** @param created of the newest version, when it was created */
function versionSpans(
	version: ModelVersion,
	created: string | null,
	{ glyphs, language, zoomed }: ViewContext,
): Span[] {
	const marks = [...version.aliases.map(alias => `@${alias}`), version.stage === 'None' ? '' : version.stage].filter(
		Boolean,
	);
	const { word, symbol, tone } = modelVersionStatusLook(version.status);
	const status = `${glyphs.state[symbol]} ${glyphs.fold(textIn(word, language))}`;
	return [
		{ text: `v${version.version}`, bold: created !== null },
		...(marks.length > 0 ? [{ text: ` ${glyphs.fold(marks.join(' '))}`, tone: 'odd' as const }] : []),
		...(version.status === 'READY' ? [] : [{ text: ` ${status}`, tone }]),
		...(created === null ? [] : [{ text: ` ${created}`, tone: 'muted' as const }]),
		...(zoomed ? tagSpans(version, glyphs) : []),
	];
}

/** The newest version against the one that serves: as many metrics as there is room for, the telling ones first. */
function comparisonRow({ champion, mark, metrics }: ChampionComparison, input: ViewContext): Line[] {
	const { glyphs, say, width } = input;
	const [first] = metrics;
	if (!first) return [];
	const values = { mark: glyphs.fold(mark), version: glyphs.fold(champion.version) };
	const line: Span[] = [
		{ text: `  ${say(['vs {mark} v{version}', '{mark} v{version} 대비'], values)}`, tone: 'muted' },
	];
	for (const { key, champion: before, newest, verdict } of metrics) {
		const change = newest - before;
		const sign = change > 0 ? '+' : glyphs.minus;
		const figure = change === 0 ? '=' : `${sign}${metricValue(Math.abs(change), glyphs.infinity)}`;
		const words = verdict === null || verdict === 'equal' ? '' : ` ${say(verdictTexts[verdict])}`;
		const spans: Span[] = [
			{ text: `  ${glyphs.fold(key)} ${figure}` },
			{
				text: words,
				...(verdict === 'worse' ? { tone: 'warning' as const } : verdict === 'better' ? { tone: 'good' as const } : {}),
			},
		];
		const isFirst = line.length === 1;
		if (!isFirst && lineWidth([...line, ...spans]) > width) break;
		line.push(...spans);
	}
	return [line];
}

const verdictTexts = { better: ['better', '개선'], worse: ['worse', '악화'] } as const;

/** What people noted on a version. */
function tagSpans({ tags = [] }: ModelVersion, glyphs: Glyphs): Span[] {
	const text = versionTags(tags.map(({ key, value }) => [key, value]));
	return text === '' ? [] : [{ text: ` ${glyphs.fold(text)}`, tone: 'muted' }];
}
