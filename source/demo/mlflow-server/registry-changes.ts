import { type Call, type Route, route } from '../server/routes.ts';
import type { ModelVersion, RegisteredModel } from '../world/mlflow/tracking-store.ts';
import { isMlflow3 } from '../world/versions.ts';
import type { World } from '../world/world.ts';
import { inputOf, invalid, missing, sendMessage } from './reply.ts';

/** What the changes share with the reading routes. */
export type RegistryParts = {
	/** The model that a request names. Throws MlflowError. */
	readonly named: (call: Call) => RegisteredModel;
	readonly versionOf: (model: RegisteredModel, text: string) => ModelVersion;
	readonly versionJson: (model: RegisteredModel, version: ModelVersion, withAliases: boolean) => object;
};

/** mlflow/entities/model_registry/model_version_stages.py */
const STAGES = ['None', 'Staging', 'Production', 'Archived'];

/** mlflow/utils/validation.py, `_validate_model_alias_name`. */
function checkedAlias(alias: string): string {
	if (alias === '') throw invalid('Registered model alias name cannot be empty.');
	if (!/^[\p{L}\p{N}_-]*$/u.test(alias)) {
		throw invalid(
			`Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
		);
	}
	if (alias.toLowerCase() === 'latest') throw invalid("'latest' alias name (case insensitive) is reserved.");
	if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
	return alias;
}

/** `_validate_tag_name` of the same file; MLflow 3 also takes colons (recorded). */
function checkedKey(key: string, isNewer: boolean): string {
	if (/^[/\p{L}\p{N}_.\- ]*$/u.test(isNewer ? key.replaceAll(':', '') : key)) return key;
	throw invalid(
		`Invalid tag name: '${key}'. Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), and slashes (/).`,
	);
}

/** Changes of the registry: mlflow/store/model_registry/sqlalchemy_store.py, as of 2.9.2. */
export function registryChangeRoutes(world: World, { named, versionOf, versionJson }: RegistryParts): Route<void>[] {
	const now = () => Math.floor(world.time);
	const isNewer = isMlflow3(world.mlflow.version);
	const versionNamed = (call: Call) => versionOf(named(call), inputOf(call).text('version') ?? '');
	return [
		route('POST', '/registered-models/alias', call => {
			const input = inputOf(call);
			const alias = checkedAlias(input.text('alias') ?? '');
			const [name, version] = [input.text('name') ?? '', input.text('version') ?? ''];
			if (!world.mlflow.models.has(name)) throw missing(`Model Version (name=${name}, version=${version}) not found`);
			const model = named(call);
			model.aliases.set(alias, versionOf(model, version).version);
			model.updatedAt = now();
			sendMessage(call, {});
		}),
		route('DELETE', '/registered-models/alias', call => {
			named(call).aliases.delete(checkedAlias(inputOf(call).text('alias') ?? ''));
			sendMessage(call, {});
		}),
		route('POST', '/model-versions/transition-stage', call => {
			const model = named(call);
			const version = versionNamed(call);
			const wanted = inputOf(call).text('stage') ?? '';
			const stage = STAGES.find(one => one.toLowerCase() === wanted.toLowerCase());
			if (stage === undefined) {
				throw invalid(`Invalid Model Version stage: ${wanted}. Value must be one of ${STAGES.join(', ')}.`);
			}
			version.stage = stage;
			version.updatedAt = now();
			sendMessage(call, { model_version: versionJson(model, version, true) });
		}),
		route('POST', '/model-versions/set-tag', call => {
			const input = inputOf(call);
			versionNamed(call).tags.set(checkedKey(input.text('key') ?? '', isNewer), input.text('value') ?? '');
			sendMessage(call, {});
		}),
		route('DELETE', '/model-versions/delete-tag', call => {
			versionNamed(call).tags.delete(checkedKey(inputOf(call).text('key') ?? '', isNewer));
			sendMessage(call, {});
		}),
	];
}
