/** MLflow's own REST API on the guide's stack, without laketop (mlflow/protos/service.proto, model_registry.proto; 2.9.2). */
import * as z from 'zod/mini';

const address = 'http://localhost:5000/api/2.0/mlflow';

/** A response, as JSON; throws for any but success. `path` is what follows `/api/2.0/mlflow/`. */
export async function mlflow(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<unknown> {
	const answer = await fetch(`${address}/${path}`, {
		method,
		...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
	});
	if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`);
	return answer.json();
}

const versionsAnswer = z.object({
	model_versions: z.optional(z.array(z.object({ name: z.string(), version: z.string() }))),
});
const aliasesAnswer = z.object({
	registered_model: z.object({
		aliases: z.optional(z.array(z.object({ alias: z.string(), version: z.string() }))),
	}),
});
const experimentAnswer = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const runsAnswer = z.object({ runs: z.optional(z.array(z.object({ info: z.object({ run_id: z.string() }) }))) });

/** The version that an alias names. */
export async function versionOfAlias(model: string, alias: string): Promise<string | undefined> {
	const answer = await mlflow(`registered-models/get?name=${encodeURIComponent(model)}`);
	return aliasesAnswer.parse(answer).registered_model.aliases?.find(one => one.alias === alias)?.version;
}

export const setAlias = (name: string, alias: string, version: string) =>
	mlflow('registered-models/alias', { name, alias, version });

export const forgetModel = (name: string) => mlflow('registered-models/delete', { name }, 'DELETE');

/** Deletes the model versions and MLflow runs of a DAG run: what it logged would count as usual later. */
export async function forgetLogged(experiment: string, dagRunId: string): Promise<void> {
	const filter = `tags.dag_run_id = '${dagRunId}'`;
	const versions = versionsAnswer.parse(await mlflow(`model-versions/search?filter=${encodeURIComponent(filter)}`));
	for (const one of versions.model_versions ?? []) await mlflow('model-versions/delete', one, 'DELETE');
	const found = await mlflow(`experiments/get-by-name?experiment_name=${encodeURIComponent(experiment)}`);
	const { experiment_id } = experimentAnswer.parse(found).experiment;
	const { runs = [] } = runsAnswer.parse(await mlflow('runs/search', { experiment_ids: [experiment_id], filter }));
	for (const { info } of runs) await mlflow('runs/delete', { run_id: info.run_id });
}
