import { expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { LoggedModel } from '../../../source/model/mlflow/logged-model.ts';
import { render } from '../../../source/words/message.ts';
import { diagnosisOptions, healthy, mlflowRuns, now, stateOf } from '../stack.ts';

const minute = 60_000;
const model = (name: string, status: string, minutesAgo: number, more: Partial<LoggedModel> = {}): LoggedModel => ({
	...{ modelId: `m-${name}`, name, status, modelType: null, runId: 'ended', createdAt: now - minutesAgo * minute },
	...more,
});
const found = (...models: LoggedModel[]) =>
	diagnose(stateOf(...healthy, { type: 'logged models fetched', models }), now, diagnosisOptions).filter(
		({ rule }) => rule === 'model uploads',
	);

test('uploads that failed, or that are pending after their run has ended', () => {
	const [finding] = found(model('b', 'UPLOAD_FAILED', 5), model('ok', 'READY', 20), model('a', 'PENDING', 30));
	expect(finding && render(finding.title, 'en')).toBe('2 model uploads in lakehouse_ml_pipeline did not finish');
	expect(finding?.evidence.map(({ message }) => render(message, 'en'))).toEqual([
		'b (m-b): the upload failed',
		'a (m-a): pending for 30m, and its MLflow run is no longer running',
	]);
	expect(finding && render(finding.title, 'ko')).toMatch(/모델 업로드 2건/);
});

test('an upload may take a while, and as long as its run is active', () => {
	expect(found(model('a', 'PENDING', 5))).toEqual([]);
	const running = stateOf(...healthy, mlflowRuns(0.9)).mlflowRuns?.[0];
	const state = stateOf(
		...healthy,
		{ type: 'mlflow runs fetched', experimentId: '1', runs: running ? [{ ...running, status: 'RUNNING' }] : [] },
		{ type: 'logged models fetched', models: [model('a', 'PENDING', 60, { runId: running?.runId ?? '' })] },
	);
	expect(diagnose(state, now, diagnosisOptions).filter(({ rule }) => rule === 'model uploads')).toEqual([]);
});

test('a model that was logged again, or that was lost long ago, is no news', () => {
	expect(found(model('a', 'READY', 10), model('a', 'UPLOAD_FAILED', 30))).toEqual([]);
	expect(found(model('a', 'UPLOAD_FAILED', 60 * 24 * 4))).toEqual([]);
});
