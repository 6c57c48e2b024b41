import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import {
	bytesOf,
	type Experiment,
	latestPoint,
	type TrackedRun,
	type TrackingStore,
} from '../world/mlflow/tracking-store.ts';
import { isMlflow3 } from '../world/versions.ts';
import { historyRoutes, metricJson } from './histories.ts';
import { inputOf, maxResultsOf, missing, page, sendMessage, tagsJson } from './reply.ts';
import { matches, parseFilter, sortRuns } from './search-filter.ts';

const experimentJson = ({ version }: TrackingStore, experiment: Experiment) => ({
	experiment_id: experiment.id,
	name: experiment.name,
	artifact_location: `mlflow-artifacts:/${experiment.id}`,
	lifecycle_stage: 'active',
	last_update_time: experiment.createdAt,
	creation_time: experiment.createdAt,
	tags: tagsJson(experiment.tags),
	...(isMlflow3(version) ? { workspace: 'default' } : {}),
});

const artifactUri = (run: TrackedRun): string => `mlflow-artifacts:/${run.experimentId}/${run.runId}/artifacts`;

function runJson({ version, loggedModels }: TrackingStore, run: TrackedRun) {
	const metrics = [...run.metrics].flatMap(([key, points]) => {
		const latest = latestPoint(points);
		return latest === undefined ? [] : [metricJson(key, latest)];
	});
	return {
		info: {
			run_uuid: run.runId,
			experiment_id: run.experimentId,
			run_name: run.name,
			user_id: run.userId,
			status: run.status,
			start_time: run.startTime,
			end_time: run.endTime,
			artifact_uri: artifactUri(run),
			lifecycle_stage: 'active',
			run_id: run.runId,
		},
		data: { metrics, params: tagsJson(run.params), tags: tagsJson(run.tags) },
		inputs: {},
		...(isMlflow3(version)
			? {
					outputs: {
						model_outputs: loggedModels
							.filter(({ runId }) => runId === run.runId)
							.map(({ modelId }) => ({ model_id: modelId, step: 0 })),
					},
				}
			: {}),
	};
}

/** mlflow/server/handlers.py, as of 2.9.2 and 3.17.2; both prefixes of the API. */
export function experimentRoutes(store: TrackingStore): Route<void>[] {
	const find = (call: Call): TrackedRun => {
		const input = inputOf(call);
		const id = input.text('run_id') ?? input.text('run_uuid') ?? '';
		const run = store.runs.get(id);
		if (run === undefined) throw missing(`Run with id=${id} not found`);
		return run;
	};
	const searchExperiments = (call: Call): void => {
		const input = inputOf(call);
		// The protobuf default does not count: without a value the handler reads 0 and rejects it.
		const { items, next } = page(
			[...store.experiments].sort((a, b) => b.createdAt - a.createdAt),
			maxResultsOf(input, 0, 50_000),
			input.text('page_token'),
		);
		sendMessage(call, { experiments: items.map(one => experimentJson(store, one)), next_page_token: next });
	};
	return [
		route('GET', '/experiments/search', searchExperiments),
		route('POST', '/experiments/search', searchExperiments),
		route('GET', '/experiments/get-by-name', call => {
			const name = inputOf(call).text('experiment_name') ?? '';
			const experiment = store.experiments.find(candidate => candidate.name === name);
			if (experiment === undefined) throw missing(`Could not find experiment with name '${name}'`);
			sendMessage(call, { experiment: experimentJson(store, experiment) });
		}),
		route('GET', '/experiments/get', call => {
			const id = inputOf(call).text('experiment_id') ?? '';
			const experiment = store.experiments.find(candidate => candidate.id === id);
			if (experiment === undefined) throw missing(`No Experiment with id=${id} exists`);
			sendMessage(call, { experiment: experimentJson(store, experiment) });
		}),
		route('POST', '/runs/search', call => {
			const input = inputOf(call);
			const experiments = input.texts('experiment_ids');
			const comparisons = parseFilter(input.text('filter') ?? '');
			const viewType = input.text('run_view_type') ?? 'ACTIVE_ONLY';
			const chosen = [...store.runs.values()].filter(
				run => viewType !== 'DELETED_ONLY' && experiments.includes(run.experimentId) && matches(run, comparisons),
			);
			const sorted = sortRuns(chosen, input.texts('order_by'));
			const { items, next } = page(sorted, maxResultsOf(input, 1000, 50_000), input.text('page_token'));
			sendMessage(call, { runs: items.map(run => runJson(store, run)), next_page_token: next });
		}),
		route('GET', '/runs/get', call => sendMessage(call, { run: runJson(store, find(call)) })),
		...historyRoutes(store),
		route('GET', '/artifacts/list', call => {
			const run = find(call);
			const folder = inputOf(call).text('path') ?? '';
			const parentOf = (path: string): string => path.split('/').slice(0, -1).join('/');
			sendMessage(call, {
				root_uri: artifactUri(run),
				files: run.artifacts
					.filter(({ path }) => parentOf(path) === folder)
					.map(artifact => ({
						path: artifact.path,
						is_dir: artifact.isDir,
						file_size: bytesOf(artifact)?.length,
					})),
			});
		}),
	];
}
