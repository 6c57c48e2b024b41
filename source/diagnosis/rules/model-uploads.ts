import type { LoggedModel } from '../../model/mlflow/logged-model.ts';
import type { StackState } from '../../model/state.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { readLog } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'model uploads.title': [
		'{n} model {n|upload|uploads} in {experiment} did not finish',
		'{experiment} 실험에서 모델 업로드 {n}건이 끝나지 않았습니다',
	],
	'model uploads.pending': [
		'{model} ({id}): pending for {age:duration}, and its MLflow run is no longer running',
		'{model}({id}): {age:duration} 동안 대기 중이며 MLflow 실행은 이미 끝났습니다',
	],
	'model uploads.failed': ['{model} ({id}): the upload failed', '{model}({id}): 업로드 실패'],
	'model uploads.cause': [
		'The training process ended or lost the artifact store during the upload',
		'업로드 도중 학습 프로세스가 종료되었거나 아티팩트 저장소와의 연결이 끊겼습니다',
	],
	'model uploads.reason': [
		'MLflow reports the status PENDING or UPLOAD_FAILED for the logged model',
		'MLflow에 로깅된 모델의 상태가 PENDING 또는 UPLOAD_FAILED로 기록되어 있습니다',
	],
	'model uploads.impact': [
		'These models cannot be loaded, and versions made of them do not work',
		'이 모델은 불러올 수 없고, 이 모델로 만든 버전도 동작하지 않습니다',
	],
	'model uploads.fix': [
		'Log the model again, and delete the unfinished one on the page of MLflow',
		'모델을 다시 로깅하고, 끝나지 않은 모델은 MLflow 페이지에서 삭제하세요',
	],
} as const;
const say = sayer(texts);

/** Maximum evidence; a sweep may leave a hundred. */
const shown = 3;

/** Models of MLflow 3 whose upload failed, or is pending although the run that logged them has ended. */
export const modelUploads: Rule = {
	name: 'model uploads',
	texts,
	find: facts => {
		const { state, now } = facts;
		const unfinished = unfinishedUploads(state, now);
		const [newest] = unfinished;
		if (!newest) return [];
		const mlflow = facts.of('mlflow');
		const experiment = state.experiment?.name ?? facts.experiment;
		return [
			{
				subject: experiment,
				severity: 'warning',
				since: newest.createdAt,
				title: say('model uploads.title', { n: unfinished.length, experiment }),
				evidence: unfinished.slice(0, shown).map(({ name, modelId, status, createdAt }) => {
					const model = { model: name, id: modelId };
					return evidence(
						status === 'PENDING'
							? say('model uploads.pending', { ...model, age: now - createdAt })
							: say('model uploads.failed', model),
					);
				}),
				cause: say('model uploads.cause'),
				reason: say('model uploads.reason'),
				impact: [say('model uploads.impact')],
				fixes: [fix(say('model uploads.fix'), { kind: 'advice' }), ...(mlflow ? [readLog(mlflow)] : [])],
				dependsOn: ['mlflow', 'disk', 'artifacts'],
			},
		];
	},
};

/** Newest first. A model that was logged again under its name is no loss. */
function unfinishedUploads({ loggedModels, mlflowRuns }: StackState, now: number): LoggedModel[] {
	const models = loggedModels ?? [];
	const running = new Set((mlflowRuns ?? []).filter(run => run.status === 'RUNNING').map(run => run.runId));
	return models.filter(({ name, status, runId, createdAt }, index) => {
		const age = now - createdAt;
		const isLost =
			status === 'UPLOAD_FAILED' ||
			(status === 'PENDING' && age > thresholds.uploadPendingMs && !(runId !== null && running.has(runId)));
		const isReplaced = models.slice(0, index).some(later => later.name === name && later.status === 'READY');
		return isLost && age < thresholds.uploadNewsMs && !isReplaced;
	});
}
