import type { Text } from '../words/language.ts';
import { ownValue } from './own-value.ts';
import type { StateLook, Tone } from './task-state.ts';

/** Text and symbol of an MLflow run's status; an unknown status is shown by its name. */
export function mlflowStatusLook(status: string): StateLook {
	const name = status.toLowerCase();
	return ownValue(runLooks, status) ?? { word: [name, name], symbol: 'unknown', tone: 'odd' };
}
const runLooks: Readonly<Record<string, StateLook>> = {
	RUNNING: { word: ['running', '실행 중'], symbol: 'running', tone: 'active' },
	SCHEDULED: { word: ['scheduled', '예약됨'], symbol: 'queued', tone: 'waiting' },
	FINISHED: { word: ['finished', '완료'], symbol: 'success', tone: 'good' },
	FAILED: { word: ['failed', '실패'], symbol: 'failed', tone: 'bad' },
	KILLED: { word: ['killed', '강제 종료됨'], symbol: 'warning', tone: 'warning' },
};

/** The status of a model version (mlflow/entities/model_registry/model_version_status.py). */
export function modelVersionStatusText(status: string): Text {
	const name = status.toLowerCase();
	return ownValue(registrationTexts, status) ?? [name, name];
}
const registrationTexts: Readonly<Record<string, Text>> = {
	READY: ['ready', '사용 가능'],
	PENDING_REGISTRATION: ['registration pending', '등록 중'],
	FAILED_REGISTRATION: ['registration failed', '등록 실패'],
};

/** The status of a logged model (mlflow/entities/logged_model_status.py). */
export function loggedModelStatusLook(status: string): { readonly word: Text; readonly tone: Tone } {
	const name = status.toLowerCase();
	return ownValue(loggedLooks, status) ?? { word: [name, name], tone: 'odd' };
}
const loggedLooks: Readonly<Record<string, { readonly word: Text; readonly tone: Tone }>> = {
	READY: { word: ['ready', '사용 가능'], tone: 'good' },
	PENDING: { word: ['pending', '업로드 대기'], tone: 'active' },
	UPLOAD_FAILED: { word: ['upload failed', '업로드 실패'], tone: 'bad' },
};
