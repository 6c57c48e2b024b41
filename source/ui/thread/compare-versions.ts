import { namedVersions } from '../../clients/mlflow/named-versions.ts';
import { championOf } from '../../model/mlflow/champion.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { mlflowOf } from '../../operations/models/mlflow.ts';
import { versionFactTexts, versionFactValue } from '../../presentation/version-fact-texts.ts';
import { isNotedTag } from '../../presentation/version-tags.ts';
import { compareVersions, type VersionComparison } from '../../selectors/models/version-comparison.ts';
import type { StepContext } from '../actions/action.ts';
import {
	type CompareSection,
	type CompareStyle,
	comparedWithFirst,
	figureSections,
	sideBySide,
} from '../actions/compare-page.ts';
import { asked } from '../actions/pages.ts';
import { cannot } from '../actions/step.ts';
import { targetVersions } from '../actions/targets.ts';
import type { Effect, Page } from '../conversation.ts';
import { versionRowId } from '../lists/model-versions/model-version-rows.ts';
import { backOn, type Stop } from './trail.ts';

/** The marked versions side by side, the selected one beside its rival. */
export function compareMarkedVersions(context: StepContext): Effect {
	const { say } = context;
	const chosen = targetVersions(context);
	const [only] = chosen;
	if (!only) return cannot(say(['No model version selected', '선택한 모델 버전이 없습니다']));
	const rival = chosen.length > 1 ? null : rivalOf(only, context.state.modelVersions ?? []);
	if (chosen.length === 1 && rival === null)
		return cannot(say(['Mark two or more model versions first', '먼저 모델 버전을 둘 이상 선택 표시하세요']));
	return comparisonStop(context, rival ? [only, rival] : chosen).open([]);
}

/**
 * What a version is compared with by itself: the champion of its model, if it is that itself or there is none the version
 * before it. null: it is the only one.
 * @param all newest first
 */
export function rivalOf(version: ModelVersion, all: readonly ModelVersion[]): ModelVersion | null {
	const others = all.filter(({ name, version: number }) => name === version.name && number !== version.version);
	const champion = championOf(others)?.version;
	if (champion && championOf([version]) === null) return champion;
	const before = others.filter(({ version: number }) => Number(number) < Number(version.version));
	return before.toSorted((a, b) => Number(b.version) - Number(a.version))[0] ?? null;
}

/** The page that compares these versions, the oldest first. */
export function comparisonStop(context: StepContext, chosen: readonly ModelVersion[]): Stop {
	const versions = chosen.toSorted((a, b) => a.createdAt - b.createdAt || Number(a.version) - Number(b.version));
	return {
		id: `compare ${versions.map(versionRowId).join(' ')}`,
		open: trail =>
			asked(async () => {
				const { clients, signal, current } = context;
				const known = [...(current().mlflowRuns ?? []), ...current().versionRuns];
				const wanted = versions.map(({ name, version }) => ({ model: name, version }));
				const found = await namedVersions(mlflowOf(clients), wanted, known, signal);
				const there = found.versions.filter(version => version !== null);
				return { ...comparisonText(compareVersions(there, found.runs, isNotedTag), context), back: backOn(trail) };
			}),
	};
}

/** What differs between model versions: what made them, metrics, params, tags. */
export function comparisonText(comparison: VersionComparison, style: CompareStyle): Page {
	const { say } = style;
	const { versions, facts, tags } = comparison;
	const isOneModel = versions.every(({ name }) => name === versions[0]?.name);
	const sections: CompareSection[] = [
		{
			title: say(['What differs', '차이점']),
			rows: facts.map(({ fact, values }) => [
				say(versionFactTexts[fact]),
				...values.map(value => versionFactValue(fact, value, say) || '-'),
			]),
			note: facts.length === 0 ? say(['Nothing but what follows', '아래 항목 외에는 없습니다']) : undefined,
		},
		...figureSections(comparison, style),
		...(tags.length === 0
			? []
			: [
					{
						title: say(['Tags that differ', '다른 태그']),
						rows: tags.map(({ key, values }) => [key, ...values.map(value => value ?? '-')]),
					},
				]),
	];
	return {
		title: isOneModel
			? say(['Compare {n} versions of {model}', '{model} 버전 {n}개 비교'], {
					n: versions.length,
					model: versions[0]?.name ?? '',
				})
			: say(['Compare {n} model versions', '모델 버전 {n}개 비교'], { n: versions.length }),
		copies: shellWords('laketop', 'compare', ...versions.map(({ name, version }) => `models:/${name}/${version}`)),
		copiesWhat: ['laketop command', 'laketop 명령'],
		note: comparedWithFirst(style),
		lines: sideBySide(
			versions.map(({ name, version }) =>
				isOneModel ? say(['version {version}', '버전 {version}'], { version }) : `${name} ${version}`,
			),
			sections,
			style,
		),
	};
}
