import * as z from 'zod/mini';
import { modelVersionListName } from '../../model/cut-list.ts';
import { isChampionAlias } from '../../model/mlflow/champion.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import type { Text } from '../../words/language.ts';
import type { HttpAnswer, HttpRequest } from '../http/http.ts';
import { modelsPage, oneModel, oneVersion, versionsPage } from './mlflow-answers.ts';

/** A version of a registered model, by its names in MLflow. */
export type VersionName = { readonly model: string; readonly version: string };

export type RegistrySource = {
	readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
	/** Throws ClientError for an unsuccessful answer. */
	readonly parse: <Output>(answer: HttpAnswer, what: Text, schema: z.ZodMiniType<Output>) => Output;
	/** All pages of a list, as far as they are followed. Throws ClientError. */
	readonly pages: <Page extends { readonly next_page_token: string | null }>(
		path: string,
		what: Text,
		schema: z.ZodMiniType<Page>,
		signal: AbortSignal | undefined,
	) => Promise<Page[]>;
	/** Reports whether there are more than the newest entries of a list that were read. */
	readonly noteNewest: (what: Text, shown: number, hasMore: boolean) => void;
};

/** MLflow answers a change that returns nothing with `{}`. */
const nothing = z.object({});

const versionText: Text = ['model version', '모델 버전'];
const changeText: Text = ['change of the registry', '레지스트리 변경'];
const base = '/api/2.0/mlflow';
const versionPath = (model: string, version: string) =>
	`${base}/model-versions/get?name=${inPath(model)}&version=${inPath(version)}`;

/** Versions that serve and are fetched one by one, because the search for the newest did not find them. */
const championsFetched = 5;

/** Paths of the changes, for requests and for printed commands. All take JSON. */
export const registryPaths = {
	alias: `${base}/registered-models/alias`,
	stage: `${base}/model-versions/transition-stage`,
	setTag: `${base}/model-versions/set-tag`,
	deleteTag: `${base}/model-versions/delete-tag`,
} as const;

/**
 * The model registry of MLflow: what it holds now, and changes of it (mlflow/protos/model_registry.proto). MLflow has no
 * conditional change: between a look and a change somebody else may change the same. Every method throws ClientError.
 */
export class MlflowRegistry {
	readonly #source: RegistrySource;

	constructor(source: RegistrySource) {
		this.#source = source;
	}

	/** The newest versions of all registered models, newest first, `limit` at most. */
	async newestVersions(limit: number, signal?: AbortSignal): Promise<ModelVersion[]> {
		const order = encodeURIComponent('creation_timestamp DESC');
		const path = `${base}/model-versions/search?max_results=${limit}&order_by=${order}`;
		const { model_versions, next_page_token } = await this.#search(path, signal);
		const found = model_versions ?? [];
		// The search leaves aliases out (2.9): the registered models have them, by name of the alias and version.
		const listPath = `${base}/registered-models/search?max_results=1000`;
		const pages = await this.#source.pages(listPath, ['registered models', '등록된 모델'], modelsPage, signal);
		const models = pages.flatMap(({ registered_models }) => registered_models ?? []);
		const aliasesOf = ({ name, version }: ModelVersion) =>
			models
				.filter(model => model.name === name)
				.flatMap(model => (model.aliases ?? []).filter(one => one.version === version).map(one => one.alias));
		const older = await this.#olderChampions(models, found, signal);
		this.#source.noteNewest(modelVersionListName, found.length, Boolean(next_page_token));
		return [...found, ...older]
			.map(version => ({ ...version, aliases: [...new Set([...version.aliases, ...aliasesOf(version)])] }))
			.toSorted((a, b) => b.createdAt - a.createdAt);
	}

	/** The versions that serve and are older than those of the search. */
	async #olderChampions(
		models: NonNullable<z.infer<typeof modelsPage>['registered_models']>,
		known: readonly ModelVersion[],
		signal: AbortSignal | undefined,
	): Promise<ModelVersion[]> {
		const named = models.flatMap(({ name, aliases }) =>
			(aliases ?? []).filter(({ alias }) => isChampionAlias(alias)).map(({ version }) => ({ name, version })),
		);
		const missing = named.filter(
			({ name, version }, index) =>
				!known.some(one => one.name === name && one.version === version) &&
				named.findIndex(one => one.name === name && one.version === version) === index,
		);
		const versions: ModelVersion[] = [];
		for (const { name, version } of missing.slice(0, championsFetched)) {
			// Deleted meanwhile, or a server that has no such call: the list is worth more.
			const one = await this.versionIfThere({ model: name, version }, signal);
			if (one !== null) versions.push(one);
		}
		return versions;
	}

	async #search(path: string, signal: AbortSignal | undefined): Promise<z.infer<typeof versionsPage>> {
		return this.#source.parse(await this.#source.send({ path, signal }), modelVersionListName, versionsPage);
	}

	/** The version of each alias of the model. */
	async aliases(model: string, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
		const path = `${base}/registered-models/get?name=${inPath(model)}`;
		const answer = await this.#source.send({ path, signal });
		const { aliases } = this.#source.parse(answer, ['registered model', '등록된 모델'], oneModel).registered_model;
		return new Map((aliases ?? []).map(({ alias, version }) => [alias, version]));
	}

	async version({ model, version }: VersionName, signal?: AbortSignal): Promise<ModelVersion> {
		const answer = await this.#source.send({ path: versionPath(model, version), signal });
		return this.#source.parse(answer, versionText, oneVersion).model_version;
	}

	/** The same; null: there is no such version, or the server has no such call. */
	async versionIfThere({ model, version }: VersionName, signal?: AbortSignal): Promise<ModelVersion | null> {
		const answer = await this.#source.send({ path: versionPath(model, version), signal });
		return answer.status === 404 ? null : this.#source.parse(answer, versionText, oneVersion).model_version;
	}

	/** The newest versions of the model, newest first, `limit` at most. Without aliases: the search leaves them out. */
	async versionsOf(model: string, limit: number, signal?: AbortSignal): Promise<ModelVersion[]> {
		const name = exactId(model);
		// The filter language knows no escape; a quote of the other kind can stand inside.
		const quote = name.includes("'") ? '"' : "'";
		const filter = encodeURIComponent(`name=${quote}${name}${quote}`.toWellFormed());
		const order = encodeURIComponent('version_number DESC');
		const path = `${base}/model-versions/search?max_results=${limit}&filter=${filter}&order_by=${order}`;
		return [...((await this.#search(path, signal)).model_versions ?? [])];
	}

	/** Points the alias at the version; it leaves the version that has it. */
	async setAlias({ model, version }: VersionName, alias: string, signal?: AbortSignal): Promise<void> {
		const body = { name: exactId(model), alias, version: exactId(version) };
		await this.#change('POST', registryPaths.alias, body, signal);
	}

	async deleteAlias(model: string, alias: string, signal?: AbortSignal): Promise<void> {
		await this.#change('DELETE', registryPaths.alias, { name: exactId(model), alias }, signal);
	}

	/** Moves the version to a stage; the versions that are there stay. Deprecated since 2.9, still there in 3.17. */
	async moveStage({ model, version }: VersionName, stage: string, signal?: AbortSignal): Promise<void> {
		const body = { name: exactId(model), version: exactId(version), stage, archive_existing_versions: false };
		await this.#change('POST', registryPaths.stage, body, signal);
	}

	async setTag({ model, version }: VersionName, key: string, value: string, signal?: AbortSignal): Promise<void> {
		const body = { name: exactId(model), version: exactId(version), key, value };
		await this.#change('POST', registryPaths.setTag, body, signal);
	}

	async deleteTag({ model, version }: VersionName, key: string, signal?: AbortSignal): Promise<void> {
		const body = { name: exactId(model), version: exactId(version), key };
		await this.#change('DELETE', registryPaths.deleteTag, body, signal);
	}

	async #change(method: 'POST' | 'DELETE', path: string, body: object, signal: AbortSignal | undefined): Promise<void> {
		const answer = await this.#source.send({ method, path, body: JSON.stringify(body), signal });
		this.#source.parse(answer, changeText, nothing);
	}
}
