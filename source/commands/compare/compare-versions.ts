import type { Monitor } from '../../app/monitor.ts';
import { type NamedVersions, namedVersions } from '../../clients/mlflow/named-versions.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandFound, demandLive, nothingSuch } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { mlflowRunPart, modelVersionPart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { show } from '../../command-line/show/show.ts';
import { addressPending } from '../../model/failures/failure.ts';
import { versionAddressed } from '../../model/mlflow/model-address.ts';
import { versionFactTexts, versionFactValue } from '../../presentation/version-fact-texts.ts';
import { isNotedTag } from '../../presentation/version-tags.ts';
import { versionOrigin } from '../../selectors/models/model-history.ts';
import { compareVersions, type VersionComparison } from '../../selectors/models/version-comparison.ts';
import { resolveModel } from '../../selectors/names/mlflow.ts';
import { phrase } from '../../words/message.ts';
import { compareImage, figuresPart, metricsTable, paramsTable } from './compare-tables.ts';

/** `laketop compare models:/NAME/VERSION models:/NAME@ALIAS` */
export function runOnVersions(context: CommandContext): Promise<number> {
	const { words } = context.given;
	let compared: VersionComparison | undefined;
	return show<Document<'compare'>>(context, {
		watch: ['models', 'experiment'],
		requires: ['models'],
		ask: async (monitor, signal) => {
			compared = await fetchVersions(monitor, words, signal);
		},
		document: (state, now) => {
			if (compared === undefined) throw new Error('versions are fetched first');
			const experiment = state.defaultExperiment ?? context.config.experiment;
			return documentOf(compared, experiment, rfc3339(now));
		},
		whole: (document, style) => (compared && context.given.is('svg') ? image(compared, document, style) : null),
		blocks: (document, style) => [
			...(compared ? [factsTable(compared, document, style)] : []),
			paramsTable(document, titlesOf(document), style),
			metricsTable(document, titlesOf(document), style),
			...(document.tags.length === 0 ? [] : [tagsTable(document, style)]),
		],
	});
}

/** Throws UsageError, CommandFailure for an unknown version, ClientError. */
async function fetchVersions(
	{ store, clients: { mlflow } }: Monitor,
	words: readonly string[],
	signal: AbortSignal,
): Promise<VersionComparison> {
	if (mlflow === null) throw addressPending('MLflow');
	const wanted = words.map(demandAddress);
	demandLive(store.current(), 'models');
	const { modelVersions, mlflowRuns, versionRuns } = store.current();
	const all = modelVersions ?? [];
	// The list names the newest versions only: a model that is not in it may still exist.
	const isListed = (model: string) => all.some(({ name }) => name === model);
	let found: NamedVersions;
	try {
		found = await namedVersions(mlflow, wanted, [...(mlflowRuns ?? []), ...versionRuns], signal);
	} catch (error) {
		const unknown = wanted.find(({ model }) => !isListed(model));
		if (unknown !== undefined) demandFound(resolveModel(unknown.model, all));
		throw error;
	}
	const versions = found.versions.map((version, index) => version ?? failVersion(words[index] ?? ''));
	const distinct = new Map(versions.map(version => [`${version.name}/${version.version}`, version]));
	if (distinct.size < 2)
		throw new UsageError(
			words.length === 1
				? phrase(['compare takes two or more model versions', 'compare에는 모델 버전을 둘 이상 지정합니다'])
				: phrase(
						[
							'{words} are the same model version: compare takes two or more',
							'{words}은(는) 같은 모델 버전입니다. compare에는 서로 다른 버전을 둘 이상 지정합니다',
						],
						{ words: words.join(', ') },
					),
			seeHelp('compare'),
		);
	return compareVersions([...distinct.values()], found.runs, isNotedTag);
}

function demandAddress(word: string) {
	const wanted = versionAddressed(word);
	if (wanted !== null) return wanted;
	throw new UsageError(
		phrase(
			[
				'invalid model version "{word}" (examples: models:/churn/7, models:/churn@champion). Model versions are not compared with MLflow runs',
				'잘못된 모델 버전 "{word}"(예: models:/churn/7, models:/churn@champion). 모델 버전은 MLflow 실행과 비교할 수 없습니다',
			],
			{ word },
		),
		seeHelp('compare'),
	);
}

function failVersion(word: string): never {
	throw nothingSuch(
		phrase(['MLflow has no model version {word}', 'MLflow에 모델 버전 {word}이(가) 없습니다'], { word }),
		phrase(['laketop models lists versions and aliases', 'laketop models에서 버전과 별칭을 확인하세요']),
	);
}

function documentOf(compared: VersionComparison, experiment: string, at: string): Document<'compare'> {
	const { versions, runs, tags } = compared;
	return {
		schema: 'laketop/compare/1',
		at,
		experiment,
		runs: [],
		versions: versions.map((version, index) => {
			const run = runs[index] ?? null;
			const origin = versionOrigin(version, run ? [run] : []);
			return {
				...modelVersionPart(version),
				run: run && mlflowRunPart(run),
				dag_id: origin?.dagId ?? null,
				dag_run_id: origin?.dagRunId ?? null,
				task_id: origin?.task?.taskId ?? null,
			};
		}),
		tags: tags.map(({ key, values }) => ({ key, values: [...values] })),
		...figuresPart(compared),
	};
}

const titlesOf = ({ versions }: Document<'compare'>): string[] =>
	versions.map(({ name, version }) => `${name} ${version}`);

function image({ facts }: VersionComparison, document: Document<'compare'>, style: Style): string {
	const { say } = style;
	const rows = facts.map(({ fact, values }) => ({
		key: say(versionFactTexts[fact]),
		values: values.map(value => versionFactValue(fact, value, say) || null),
	}));
	const texts = [
		{ title: say(['What differs', '차이점']), rows },
		{ title: say(['Tags that differ', '다른 태그']), rows: document.tags },
	];
	return compareImage(document, titlesOf(document), texts, style);
}

function factsTable({ facts }: VersionComparison, document: Document<'compare'>, { say }: Style): TextTable {
	return {
		columns: [{ title: say(['VERSION', '버전']) }, ...titlesOf(document).map(title => ({ title }))],
		rows: facts.map(({ fact, values }) => [
			{ text: say(versionFactTexts[fact]) },
			...values.map(value => ({ text: versionFactValue(fact, value, say) || '-' })),
		]),
		empty: say(['Aliases, status and what made them are the same.', '별칭, 상태, 만든 실행이 같습니다.']),
	};
}

function tagsTable(document: Document<'compare'>, { say }: Style): TextTable {
	return {
		columns: [{ title: say(['TAG', '태그']) }, ...titlesOf(document).map(title => ({ title }))],
		rows: document.tags.map(({ key, values }) => [{ text: key }, ...values.map(value => ({ text: value ?? '-' }))]),
		empty: '',
	};
}
