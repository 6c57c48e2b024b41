import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import type { ModelVersion, RegisteredModel, TrackingStore } from '../world/mlflow/tracking-store.ts';
import type { World } from '../world/world.ts';
import { registryChangeRoutes } from './registry-changes.ts';
import { inputOf, invalid, maxResultsOf, missing, page, sendMessage, tagsJson } from './reply.ts';
import { type Comparison, compares, parseFilter } from './search-filter.ts';

/** Prompts are models and versions with this tag, which only a search for the tag finds (MLflow 3). */
const PROMPT_TAG = 'mlflow.prompt.is_prompt';
const isWanted = (tags: ReadonlyMap<string, string>, comparisons: readonly Comparison[]): boolean =>
	!tags.has(PROMPT_TAG) || comparisons.some(({ kind, key }) => kind === 'tag' && key === PROMPT_TAG);

function versionJson(model: RegisteredModel, version: ModelVersion, withAliases: boolean) {
	return {
		name: model.name,
		version: String(version.version),
		creation_timestamp: version.createdAt,
		last_updated_timestamp: version.updatedAt,
		current_stage: version.stage,
		description: '',
		source: version.source,
		run_id: version.runId,
		status: 'READY',
		tags: tagsJson(version.tags),
		run_link: '',
		aliases: withAliases
			? [...model.aliases].filter(([, number]) => number === version.version).map(([alias]) => alias)
			: [],
	};
}

function modelJson(model: RegisteredModel) {
	// The newest of each stage.
	const latest = [...new Map(model.versions.map(version => [version.stage, version])).values()];
	return {
		name: model.name,
		creation_timestamp: model.createdAt,
		last_updated_timestamp: model.updatedAt,
		description: model.description,
		latest_versions: latest.map(version => versionJson(model, version, false)),
		tags: tagsJson(model.tags),
		aliases: [...model.aliases].map(([alias, version]) => ({ alias, version: String(version) })),
	};
}

type Versioned = { readonly model: RegisteredModel; readonly version: ModelVersion };

const sortKeys: Readonly<Record<string, (a: Versioned, b: Versioned) => number>> = {
	name: (a, b) => (a.model.name === b.model.name ? 0 : a.model.name < b.model.name ? -1 : 1),
	version_number: (a, b) => a.version.version - b.version.version,
	creation_timestamp: (a, b) => a.version.createdAt - b.version.createdAt,
	last_updated_timestamp: (a, b) => a.version.updatedAt - b.version.updatedAt,
};

/** mlflow/store/model_registry/sqlalchemy_store.py, `_parse_search_model_versions_order_by` (2.9.2), of one clause. */
function versionOrder(clause = 'last_updated_timestamp DESC'): (a: Versioned, b: Versioned) => number {
	const [key = '', direction = 'ASC'] = clause.split(/\s+/);
	const compare = sortKeys[key];
	if (compare === undefined)
		throw invalid(`Invalid order by key '${key}' specified. Valid keys are {'${Object.keys(sortKeys).join("', '")}'}`);
	const sign = /^desc$/i.test(direction) ? -1 : 1;
	return (a, b) => sign * compare(a, b) || (sortKeys.name?.(a, b) ?? 0) || (sortKeys.version_number?.(b, a) ?? 0);
}

/** mlflow/server/handlers.py and mlflow/store/model_registry/sqlalchemy_store.py, as of 2.9.2 and 3.17.2. */
export function registryRoutes(world: World, store: TrackingStore): Route<void>[] {
	const modelOf = (name: string): RegisteredModel => {
		const model = store.models.get(name);
		if (model === undefined) throw missing(`Registered Model with name=${name} not found`);
		return model;
	};
	const versionOf = (model: RegisteredModel, text: string): ModelVersion => {
		const version = model.versions.find(candidate => String(candidate.version) === text);
		if (version === undefined) throw missing(`Model Version (name=${model.name}, version=${text}) not found`);
		return version;
	};
	const named = (call: Call): RegisteredModel => modelOf(inputOf(call).text('name') ?? '');
	return [
		route('GET', '/registered-models/search', call => {
			const input = inputOf(call);
			const comparisons = parseFilter(input.text('filter') ?? '');
			const chosen = [...store.models.values()]
				.filter(model => isWanted(model.tags, comparisons))
				.filter(model =>
					comparisons.every(comparison =>
						compares(comparison.kind === 'tag' ? model.tags.get(comparison.key) : model.name, comparison),
					),
				);
			const { items, next } = page(chosen, maxResultsOf(input, 100, 1000), input.text('page_token'));
			sendMessage(call, { registered_models: items.map(modelJson), next_page_token: next });
		}),
		route('GET', '/registered-models/get', call => sendMessage(call, { registered_model: modelJson(named(call)) })),
		route('GET', '/registered-models/alias', call => {
			const model = store.models.get(inputOf(call).text('name') ?? '');
			const alias = inputOf(call).text('alias') ?? '';
			const number = model?.aliases.get(alias);
			if (model === undefined || number === undefined) throw invalid(`Registered model alias ${alias} not found.`);
			sendMessage(call, { model_version: versionJson(model, versionOf(model, String(number)), true) });
		}),
		route('GET', '/model-versions/get', call => {
			const version = versionOf(named(call), inputOf(call).text('version') ?? '');
			sendMessage(call, { model_version: versionJson(named(call), version, true) });
		}),
		route('GET', '/model-versions/search', call => {
			const input = inputOf(call);
			const comparisons = parseFilter(input.text('filter') ?? '');
			const chosen = [...store.models.values()]
				.flatMap(model => model.versions.map(version => ({ model, version })))
				.filter(({ version }) => isWanted(version.tags, comparisons))
				.filter(({ model, version }) =>
					comparisons.every(comparison => {
						if (comparison.kind === 'tag') return compares(version.tags.get(comparison.key), comparison);
						const attributes: Record<string, string> = {
							name: model.name,
							run_id: version.runId,
							source_path: version.source,
							version_number: String(version.version),
						};
						const value = attributes[comparison.key];
						if (value === undefined) {
							throw invalid(
								`Invalid attribute key '${comparison.key}' specified. Valid keys are '{'name', 'version_number', 'run_id', 'source_path'}'`,
							);
						}
						return compares(value, comparison);
					}),
				)
				.sort(versionOrder(input.text('order_by')));
			const { items, next } = page(chosen, maxResultsOf(input, 10_000, 200_000), input.text('page_token'));
			sendMessage(call, {
				model_versions: items.map(({ model, version }) => versionJson(model, version, false)),
				next_page_token: next,
			});
		}),
		...registryChangeRoutes(world, { named, versionOf, versionJson }),
	];
}
