import { guideExperiment } from '../../model/mlflow/experiment.ts';
import { closestNames } from '../../model/text/nearest.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';

const texts = {
	'experiment missing.title': ['MLflow has no experiment {experiment}', 'MLflow에 {experiment} 실험이 없습니다'],
	'experiment missing.deleted.title': [
		'The MLflow experiment {experiment} is deleted',
		'MLflow 실험 {experiment}이(가) 삭제되었습니다',
	],
	'experiment missing.deleted.cause': [
		'Someone deleted it, and its MLflow runs with it',
		'누군가 실험을 MLflow 실행과 함께 삭제했습니다',
	],
	'experiment missing.deleted.reason': [
		'MLflow reports the experiment {experiment} as deleted',
		'MLflow가 {experiment} 실험을 삭제된 것으로 보고합니다',
	],
	'experiment missing.deleted.fix': [
		'Restore it with the mlflow command: mlflow experiments restore --experiment-id ID',
		'mlflow 명령으로 복원하세요: mlflow experiments restore --experiment-id ID',
	],
	'experiment missing.evidence': ['Experiments in MLflow: {names}', 'MLflow의 실험: {names}'],
	'experiment missing.cause': [
		'The configured name is wrong, or nothing has been logged to this experiment yet',
		'설정한 이름이 잘못되었거나 이 실험에 기록된 것이 아직 없습니다',
	],
	'experiment missing.reason': [
		'MLflow responds but has no experiment named {experiment}',
		'MLflow는 응답하지만 {experiment} 이름의 실험이 없습니다',
	],
	'experiment missing.impact': [
		'Its metrics and MLflow runs cannot be shown',
		'이 실험의 메트릭과 MLflow 실행을 표시할 수 없습니다',
	],
	'experiment missing.fix': [
		'Choose another experiment: --experiment, or experiment in laketop.yaml',
		'다른 실험을 지정하세요. --experiment 또는 laketop.yaml의 experiment',
	],
} as const;
const say = sayer(texts);

/**
 * MLflow has no experiment of the configured name, or has deleted it. The first DAG run of the guide's pipeline creates
 * its own.
 */
export const experimentMissing: Rule = {
	name: 'experiment missing',
	texts,
	isSeenAtOnce: true,
	find: ({ state, experiment, isExperimentLeftToStack }) => {
		if (isExperimentLeftToStack) return [];
		if (state.feeds.experiment.status !== 'live' || state.experiment !== null) return [];
		const isDeleted = state.isExperimentDeleted;
		if (experiment === guideExperiment && !isDeleted) return [];
		const names = closestNames(experiment, state.experimentNames ?? []);
		return [
			{
				subject: experiment,
				severity: 'warning',
				since: null,
				title: say(isDeleted ? 'experiment missing.deleted.title' : 'experiment missing.title', { experiment }),
				evidence: names === '' ? [] : [evidence(say('experiment missing.evidence', { names }))],
				cause: say(isDeleted ? 'experiment missing.deleted.cause' : 'experiment missing.cause'),
				reason: say(isDeleted ? 'experiment missing.deleted.reason' : 'experiment missing.reason', { experiment }),
				impact: [say('experiment missing.impact')],
				fixes: [
					...(isDeleted ? [fix(say('experiment missing.deleted.fix'), { kind: 'advice' as const })] : []),
					fix(say('experiment missing.fix'), { kind: 'advice' as const }),
				],
				dependsOn: ['mlflow'],
			},
		];
	},
};
