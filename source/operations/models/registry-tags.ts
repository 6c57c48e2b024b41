import { registryPaths, type VersionName } from '../../clients/mlflow/registry.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { maskParam } from '../../model/secrets/secrets.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import { exactId } from '../../model/text/outside-id.ts';
import { mlflowCurl } from '../../selectors/printed-commands/mlflow-command.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { Facts, Planned } from '../plan/plan.ts';
import { registryPlan, targetOfVersion } from './registry-change.ts';

const valueOfTag = ({ tags = [] }: ModelVersion, key: string): string | null =>
	tags.find(tag => tag.key === key)?.value ?? null;
const tagOf = ({ model, version }: VersionName, key: string) =>
	phrase(['tag {key} of {model} version {version}', '{model} 버전 {version}의 태그 {key}'], { key, model, version });
const targetOfTag = (name: VersionName, key: string) => `tag ${key} of ${targetOfVersion(name)}`;

/** MLflow's limits of 2.9 (mlflow/utils/validation.py); newer servers take longer values. */
const maxKeyLength = 250;
const maxValueLength = 5000;

/** Why MLflow would refuse the tag (`_validate_tag_name`, `_validate_model_version_tag`); null if it would not. */
export function tagProblem(key: string, value: string): Message | null {
	if (!/^[\p{L}\p{N}_/.\-: ]+$/u.test(key) || key.length > maxKeyLength) {
		return phrase(
			[
				'invalid tag name "{key}" (letters, digits, spaces, - _ . / and, in MLflow 3, :; at most {most})',
				'올바르지 않은 태그 이름 "{key}"(문자, 숫자, 공백, - _ . /, MLflow 3에서는 :도 가능, 최대 {most}자)',
			],
			{ key, most: maxKeyLength },
		);
	}
	if (value.length <= maxValueLength) return null;
	return phrase(
		[
			'A tag value has at most {most} characters; this one has {n}',
			'태그 값은 최대 {most}자입니다. 입력한 값은 {n}자입니다',
		],
		{ most: maxValueLength, n: value.length },
	);
}

export function planTag({ state }: Facts, name: VersionName, now: ModelVersion, key: string, value: string): Planned {
	const { model, version } = name;
	const problem = tagProblem(key, value);
	if (problem !== null) return { refused: problem, kind: 'refused' };
	const before = valueOfTag(now, key);
	// As it is read back: on one line, and without secrets.
	const after = maskParam(key, cleanText(value));
	const values = { key, model, version, value: after };
	// What is masked cannot be told apart.
	if (before === after && after === value) {
		const refused = phrase(
			[
				'The tag {key} of {model} version {version} already is {value}',
				'{model} 버전 {version}의 태그 {key}은(는) 이미 {value}입니다',
			],
			values,
		);
		return { refused, kind: 'already' };
	}
	return registryPlan({
		actionId: 'set-tag',
		title: phrase(['set tag {key} of {model} version {version}', '{model} 버전 {version}의 태그 {key} 설정'], values),
		effects: [
			phrase(
				[
					'Sets the tag {key} of {model} version {version} to: {value}',
					'{model} 버전 {version}의 태그 {key}을(를) 다음으로 설정합니다: {value}',
				],
				values,
			),
			...(before === null ? [] : [phrase(['It replaces: {before}', '기존 값: {before}'], { before })]),
		],
		command: mlflowCurl(state, 'POST', registryPaths.setTag, {
			name: exactId(model),
			version: exactId(version),
			key,
			value: after,
		}),
		targets: [targetOfTag(name, key)],
		what: tagOf(name, key),
		before,
		after,
		words: one => one,
		read: async (registry, signal) => valueOfTag(await registry.version(name, signal), key),
		send: (registry, signal) => registry.setTag(name, key, value, signal),
	});
}

export function planNoTag({ state }: Facts, name: VersionName, now: ModelVersion, key: string): Planned {
	const { model, version } = name;
	const before = valueOfTag(now, key);
	const values = { key, model, version };
	if (before === null) {
		const refused = phrase(
			['Version {version} of {model} has no tag {key}', '{model} 버전 {version}에 태그 {key}이(가) 없습니다'],
			values,
		);
		return { refused, kind: 'already' };
	}
	return registryPlan({
		actionId: 'remove-tag',
		title: phrase(
			['remove tag {key} of {model} version {version}', '{model} 버전 {version}의 태그 {key} 삭제'],
			values,
		),
		effects: [
			phrase(
				[
					'Removes the tag {key} of {model} version {version}.',
					'{model} 버전 {version}의 태그 {key}을(를) 삭제합니다.',
				],
				values,
			),
			phrase(['Its value is lost: {before}', '값이 사라집니다: {before}'], { before }),
		],
		command: mlflowCurl(state, 'DELETE', registryPaths.deleteTag, {
			name: exactId(model),
			version: exactId(version),
			key,
		}),
		targets: [targetOfTag(name, key)],
		what: tagOf(name, key),
		before,
		after: null,
		words: one => one,
		read: async (registry, signal) => valueOfTag(await registry.version(name, signal), key),
		send: (registry, signal) => registry.deleteTag(name, key, signal),
	});
}
