import { registryPaths, type VersionName } from '../../clients/mlflow/registry.ts';
import { exactId } from '../../model/text/outside-id.ts';
import { mlflowCurl } from '../../selectors/printed-commands/mlflow-command.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { Facts, Planned } from '../plan/plan.ts';
import type { RegisteredNow } from './mlflow.ts';
import { registryPlan, targetOfVersion } from './registry-change.ts';

const versionText = (version: string) => phrase(['version {version}', '버전 {version}'], { version });
const aliasOf = (model: string, alias: string) =>
	phrase(['alias {alias} of {model}', '{model}의 별칭 {alias}'], { alias, model });
const targetOfAlias = (model: string, alias: string) => `alias ${alias} of model ${model}`;

/** Why MLflow would refuse the alias (mlflow/utils/validation.py, `_validate_model_alias_name`); null if it would not. */
export function aliasProblem(alias: string): Message | null {
	if (!/^[\p{L}\p{N}_-]{1,255}$/u.test(alias)) {
		return phrase(
			[
				'invalid alias "{alias}" (letters, digits, - and _; at most 255)',
				'올바르지 않은 별칭 "{alias}"(문자, 숫자, -, _, 최대 255자)',
			],
			{ alias },
		);
	}
	return alias.toLowerCase() === 'latest' || /^v\d+$/i.test(alias)
		? phrase(['MLflow reserves the alias "{alias}"', 'MLflow가 예약한 별칭입니다: "{alias}"'], { alias })
		: null;
}

export function planAlias(
	{ state }: Facts,
	{ model, version }: VersionName,
	{ aliases, version: { status } }: RegisteredNow,
	alias: string,
): Planned {
	const problem = aliasProblem(alias);
	if (problem !== null) return { refused: problem, kind: 'refused' };
	const before = aliases.get(alias) ?? null;
	const values = { alias, model, version };
	if (before === version) {
		const refused = phrase(
			['{alias} of {model} already is version {version}', '{model}의 {alias}은(는) 이미 버전 {version}입니다'],
			values,
		);
		return { refused, kind: 'already' };
	}
	const effects = [
		before === null
			? phrase(
					[
						'Gives version {version} of {model} the alias {alias}. No version has it now.',
						'{model} 버전 {version}에 별칭 {alias}을(를) 지정합니다. 지금은 이 별칭이 있는 버전이 없습니다.',
					],
					values,
				)
			: phrase(
					[
						'Moves the alias {alias} of {model} from version {before} to version {version}.',
						'{model}의 별칭 {alias}을(를) 버전 {before}에서 버전 {version}으로(로) 옮깁니다.',
					],
					{ ...values, before },
				),
		phrase(
			[
				'Programs that load models:/{model}@{alias} get version {version} from their next load on.',
				'models:/{model}@{alias}을(를) 불러오는 프로그램은 다음에 불러올 때부터 버전 {version}을(를) 받습니다.',
			],
			values,
		),
		...(status === 'READY'
			? []
			: [
					phrase(['Version {version} is not ready: {status}.', '버전 {version}은(는) 준비되지 않았습니다: {status}.'], {
						version,
						status,
					}),
				]),
	];
	return registryPlan({
		actionId: 'set-alias',
		title: phrase(
			['set alias {alias} of {model} to version {version}', '{model} 별칭 {alias}을(를) 버전 {version}으로(로) 설정'],
			values,
		),
		effects,
		command: mlflowCurl(state, 'POST', registryPaths.alias, { name: exactId(model), alias, version: exactId(version) }),
		targets: [targetOfAlias(model, alias), targetOfVersion({ model, version })],
		what: aliasOf(model, alias),
		before,
		after: version,
		words: versionText,
		read: async (registry, signal) => (await registry.aliases(model, signal)).get(alias) ?? null,
		send: (registry, signal) => registry.setAlias({ model, version }, alias, signal),
	});
}

/** Only from the named version: the alias of another one is not what was seen. */
export function planNoAlias(
	{ state }: Facts,
	{ model, version }: VersionName,
	{ aliases }: RegisteredNow,
	alias: string,
): Planned {
	const before = aliases.get(alias) ?? null;
	const values = { alias, model, version };
	if (before !== version) {
		const refused =
			before === null
				? phrase(['{model} has no alias {alias}', '{model}에 별칭 {alias}이(가) 없습니다'], values)
				: phrase(
						[
							'The alias {alias} of {model} is at version {before}, not {version}',
							'{model}의 별칭 {alias}은(는) 버전 {version}이(가) 아니라 {before}에 있습니다',
						],
						{ ...values, before },
					);
		return { refused, kind: before === null ? 'already' : 'nothing' };
	}
	return registryPlan({
		actionId: 'remove-alias',
		title: phrase(['remove alias {alias} of {model}', '{model} 별칭 {alias} 삭제'], values),
		effects: [
			phrase(
				[
					'Removes the alias {alias} from version {version} of {model}.',
					'{model} 버전 {version}에서 별칭 {alias}을(를) 삭제합니다.',
				],
				values,
			),
			phrase(
				[
					'Programs that load models:/{model}@{alias} fail.',
					'models:/{model}@{alias}을(를) 불러오는 프로그램은 실패합니다.',
				],
				values,
			),
		],
		command: mlflowCurl(state, 'DELETE', registryPaths.alias, { name: exactId(model), alias }),
		targets: [targetOfAlias(model, alias), targetOfVersion({ model, version })],
		what: aliasOf(model, alias),
		before,
		after: null,
		words: versionText,
		read: async (registry, signal) => (await registry.aliases(model, signal)).get(alias) ?? null,
		send: (registry, signal) => registry.deleteAlias(model, alias, signal),
	});
}
