import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';
import type { MlflowCredentials } from '../../../source/clients/mlflow/mlflow-session.ts';
import { type Asked, closeLater, type Scripted, scriptedServer } from '../airflow/scripted-server.ts';

/** Servers whose answers are recorded: see test/fixtures/record.mjs and record-mlflow3.mjs. */
export const recordedVersions = ['2.9.2', '3.17.2'] as const;
export type RecordedVersion = (typeof recordedVersions)[number];

const recorded = join(import.meta.dirname, '../../fixtures/recorded');

/** Status and body of a recorded answer, whether it was kept whole or not. */
export function answerOf(version: RecordedVersion, file: string): Scripted {
	const kept = JSON.parse(readFileSync(join(recorded, `mlflow-${version}`, file), 'utf8'));
	return typeof kept.status === 'number' && 'contentType' in kept ? [kept.status, kept.body] : [200, kept];
}

const files: readonly (readonly [request: RegExp, file: string])[] = [
	[/^GET \/version$/, 'version.json'],
	[/get-by-name\?experiment_name=(churn|lakehouse_ml_pipeline)$/, 'experiment-by-name.json'],
	[/get-by-name\?experiment_name=old$/, 'experiment-by-name.deleted.json'],
	[/experiments\/get-by-name/, 'error.404.experiment.json'],
	[/experiments\/search/, 'experiments-search.json'],
	[/runs\/search$/, 'runs-search.json'],
	[/registered-models\/search.*is_prompt/, 'prompts-search.json'],
	[/model-versions\/search.*is_prompt/, 'prompt-versions-search.json'],
	[/registered-models\/search/, 'registered-models-search.json'],
	[/model-versions\/search/, 'model-versions-search.json'],
	[/logged-models\/search$/, 'logged-models-search.json'],
	[/traces\/search$/, 'traces-search.json'],
];

/** A server that answers as the recorded one did, and the client of it. */
export async function recordedServer(
	version: RecordedVersion,
	credentials: MlflowCredentials = {},
	instead: (asked: Asked) => Scripted | undefined = () => undefined,
): Promise<{ mlflow: MlflowClient; asked: Asked[] }> {
	const has = new Set(readdirSync(join(recorded, `mlflow-${version}`)));
	const { url, asked } = await scriptedServer(one => {
		const file = /traces\/metrics$/.test(one.line)
			? `traces-metrics.${one.body.includes('trace_count') ? 'count' : 'latency'}.json`
			: files.find(([request]) => request.test(one.line))?.[1];
		return instead(one) ?? (file !== undefined && has.has(file) ? answerOf(version, file) : undefined);
	});
	return { mlflow: closeLater(new MlflowClient(url, credentials)), asked };
}
