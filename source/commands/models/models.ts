import type { CommandContext } from '../../command-line/context/context.ts';
import { demandFound, demandLive } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { loggedModelPart, modelVersionPart, promptPart, tracesPart } from '../../command-line/facts/mlflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { Cell, TextTable } from '../../command-line/output/table-cells.ts';
import { since } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import type { StateLook } from '../../model/airflow/task-state.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { loggedModelStatusLook, modelVersionStatusLook } from '../../model/mlflow/mlflow-status.ts';
import type { StackState } from '../../model/state.ts';
import { versionTags } from '../../presentation/version-tags.ts';
import { championComparisons } from '../../selectors/models/champion.ts';
import { resolveModel } from '../../selectors/names/mlflow.ts';
import type { Writer } from '../../words/write.ts';
import { comparisonPart, comparisonsTable } from './comparisons.ts';

/** `laketop models` */
export function run(context: CommandContext): Promise<number> {
	const [model] = context.given.words;
	return show<Document<'models'>>(context, {
		watch: ['models'],
		requires: ['models'],
		listsNewest: true,
		document: (state, now) => {
			demandLive(state, 'models');
			const all = state.modelVersions ?? [];
			const versions = model === undefined ? all : demandFound(resolveModel(model, all));
			const isAll = model === undefined;
			return {
				schema: 'laketop/models/1',
				at: rfc3339(now),
				versions: versions.map(modelVersionPart),
				comparisons: compared(versions, state).map(comparisonPart),
				logged_models: isAll ? (state.loggedModels ?? []).map(one => loggedModelPart(one, all)) : [],
				traces: isAll && state.traces ? tracesPart(state.traces) : null,
				prompts: isAll ? (state.prompts ?? []).map(promptPart) : [],
			};
		},
		blocks: (document, style) => [
			modelsTable(document, style),
			...(document.comparisons.some(({ metrics }) => metrics.length > 0)
				? [comparisonsTable(document.comparisons, style)]
				: []),
			...(document.logged_models.length > 0 ? [loggedModelsTable(document, style)] : []),
			...(document.prompts.length > 0 ? [promptsTable(document, style)] : []),
		],
	});
}

const compared = (versions: readonly ModelVersion[], { mlflowRuns, versionRuns }: StackState) =>
	championComparisons(versions, [...(mlflowRuns ?? []), ...versionRuns]);

function modelsTable({ versions, at }: Document<'models'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['MODEL', '모델']), yields: 3 },
			{ title: say(['VERSION', '버전']), align: 'right' },
			{ title: say(['ALIASES', '별칭']), yields: 4 },
			{ title: say(['STAGE', '스테이지']) },
			{ title: say(['STATUS', '상태']) },
			{ title: say(['AGE', '경과']), align: 'right' },
			{ title: say(['MLFLOW RUN', 'MLflow 실행']), yields: 2 },
			{ title: say(['TAGS', '태그']), yields: 1 },
		],
		rows: versions.map(version => [
			{ text: version.name },
			{ text: version.version },
			{ text: version.aliases.join(','), tone: 'good' },
			{ text: version.stage === 'None' ? '' : version.stage },
			statusCell(modelVersionStatusLook(version.status), say),
			{ text: since(version.created_at, at, style) },
			{ text: version.run_id ?? '', tone: 'muted' },
			{ text: versionTags(Object.entries(version.tags)) },
		]),
		empty: say([
			'No registered models in MLflow yet. The pipeline registers one.',
			'MLflow에 아직 등록된 모델이 없습니다. 파이프라인이 모델을 등록합니다.',
		]),
	};
}

const statusCell = ({ word, symbol, tone }: StateLook, say: Writer): Cell => ({ text: say(word), symbol, tone });

function loggedModelsTable({ logged_models, at }: Document<'models'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['LOGGED MODEL', '로깅된 모델']), yields: 2 },
			{ title: say(['STATUS', '상태']) },
			{ title: say(['TYPE', '유형']), yields: 4 },
			{ title: say(['VERSIONS', '버전']), yields: 3 },
			{ title: say(['AGE', '경과']), align: 'right' },
			{ title: say(['MODEL ID', '모델 ID']), yields: 1 },
		],
		rows: logged_models.map(one => [
			{ text: one.name },
			statusCell(loggedModelStatusLook(one.status), say),
			{ text: one.type ?? '' },
			{ text: one.versions.join(',') },
			{ text: since(one.created_at, at, style) },
			{ text: one.model_id, tone: 'muted' },
		]),
		empty: '',
	};
}

function promptsTable({ prompts, at }: Document<'models'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['PROMPT', '프롬프트']), yields: 1 },
			{ title: say(['VERSION', '버전']), align: 'right' },
			{ title: say(['ALIASES', '별칭']), yields: 2 },
			{ title: say(['AGE', '경과']), align: 'right' },
		],
		rows: prompts.map(one => [
			{ text: one.name },
			{ text: one.version ?? '' },
			{
				text: Object.entries(one.aliases)
					.map(([alias, version]) => `${alias}:${version}`)
					.join(' '),
				tone: 'good',
			},
			{ text: since(one.updated_at, at, style) },
		]),
		empty: '',
	};
}
