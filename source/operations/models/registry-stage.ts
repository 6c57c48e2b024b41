import { registryPaths, type VersionName } from '../../clients/mlflow/registry.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { exactId } from '../../model/text/outside-id.ts';
import { mlflowCurl } from '../../selectors/printed-commands/mlflow-command.ts';
import { phrase } from '../../words/message.ts';
import type { Facts, Planned } from '../plan/plan.ts';
import { registryPlan, targetOfVersion } from './registry-change.ts';

/** mlflow/entities/model_registry/model_version_stages.py */
export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof stages)[number];

export function planStage({ state }: Facts, { model, version }: VersionName, now: ModelVersion, stage: Stage): Planned {
	const values = { model, version, stage };
	if (now.stage === stage) {
		const refused = phrase(
			[
				'Version {version} of {model} already is in stage {stage}',
				'{model} 버전 {version}은(는) 이미 {stage} 스테이지입니다',
			],
			values,
		);
		return { refused, kind: 'already' };
	}
	const others = (state.modelVersions ?? []).filter(
		one => one.name === model && one.version !== version && one.stage === stage && stage !== 'None',
	);
	return registryPlan({
		actionId: 'set-stage',
		title: phrase(
			['move version {version} of {model} to stage {stage}', '{model} 버전 {version}을(를) {stage} 스테이지로 이동'],
			values,
		),
		effects: [
			phrase(
				[
					'Moves version {version} of {model} from stage {before} to {stage}.',
					'{model} 버전 {version}을(를) {before} 스테이지에서 {stage}으로(로) 옮깁니다.',
				],
				{ ...values, before: now.stage },
			),
			...(others.length === 0
				? []
				: [
						phrase(
							[
								'In stage {stage} there {n|stays|stay} {n|version|versions} {others}.',
								'{stage} 스테이지에는 버전 {others}도 남아 있습니다.',
							],
							{ stage, n: others.length, others: others.map(one => one.version).join(', ') },
						),
					]),
			phrase([
				'MLflow has deprecated stages in favour of aliases.',
				'MLflow는 스테이지 대신 별칭을 쓰도록 권장합니다(스테이지는 지원 중단 예정).',
			]),
		],
		command: mlflowCurl(state, 'POST', registryPaths.stage, {
			name: exactId(model),
			version: exactId(version),
			stage,
			archive_existing_versions: false,
		}),
		targets: [targetOfVersion({ model, version })],
		what: phrase(['stage of {model} version {version}', '{model} 버전 {version}의 스테이지'], { model, version }),
		before: now.stage,
		after: stage,
		words: value => value,
		read: async (registry, signal) => (await registry.version({ model, version }, signal)).stage,
		send: (registry, signal) => registry.moveStage({ model, version }, stage, signal),
	});
}
