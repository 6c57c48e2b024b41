import { isObject, parseJson, pythonJson } from '../server/json.ts';
import { type Route, route } from '../server/routes.ts';
import type { LoggedModelRow, TrackingStore } from '../world/mlflow/tracking-store.ts';
import { inputOf, invalid, maxResultsOf, page, sendMessage, tagsJson } from './reply.ts';

const modelJson = (store: TrackingStore, { modelId, ...model }: LoggedModelRow) => ({
	info: {
		model_id: modelId,
		experiment_id: model.experimentId,
		name: model.name,
		creation_timestamp_ms: model.createdAt,
		last_updated_timestamp_ms: model.updatedAt,
		artifact_uri: `mlflow-artifacts:/${model.experimentId}/models/${modelId}/artifacts`,
		status: `LOGGED_MODEL_${model.status}`,
		model_type: model.modelType,
		source_run_id: model.runId,
		tags: versionTags(store, modelId),
	},
	data: {
		params: tagsJson(model.params),
		metrics: [...model.metrics].map(([key, value]) => ({
			key,
			value,
			timestamp: model.updatedAt,
			step: 0,
			model_id: modelId,
			run_id: model.runId,
		})),
	},
});

/** The versions that were made of a model: text of JSON, as Python writes it. */
function versionTags({ models }: TrackingStore, modelId: string): { key: string; value: string }[] {
	const made = [...models.values()].flatMap(({ name, versions }) =>
		versions.filter(({ source }) => source === `models:/${modelId}`).map(({ version }) => ({ name, version })),
	);
	return made.length === 0 ? [] : [{ key: 'mlflow.modelVersions', value: pythonJson(made).trimEnd() }];
}

/** `logged-models/search` (mlflow/server/handlers.py, `_search_logged_models`, 3.17.2). */
export function loggedModelRoutes(store: TrackingStore): Route<void>[] {
	return [
		route('POST', '/logged-models/search', call => {
			const input = inputOf(call);
			const experiments = input.texts('experiment_ids');
			if (experiments.length === 0) throw invalid("Missing value for required parameter 'experiment_ids'.");
			const body = parseJson(call.body.toString());
			const order = isObject(body) && Array.isArray(body.order_by) ? body.order_by[0] : undefined;
			const isAscending = isObject(order) && order.ascending !== false;
			const chosen = store.loggedModels
				.filter(({ experimentId }) => experiments.includes(experimentId))
				.toSorted((a, b) => (isAscending ? 1 : -1) * (a.createdAt - b.createdAt));
			const { items, next } = page(chosen, maxResultsOf(input, 100, 50_000), input.text('page_token'));
			sendMessage(call, { models: items.map(model => modelJson(store, model)), next_page_token: next });
		}),
	];
}
