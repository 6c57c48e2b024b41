import type { StateLook } from '../airflow/task-state.ts';
import { ownValue } from '../text/own-value.ts';

type Looks = Readonly<Record<string, StateLook>>;

/** An unknown status is shown by its name. */
function lookIn(looks: Looks, status: string): StateLook {
	const name = status.toLowerCase();
	return ownValue(looks, status) ?? { word: [name, name], symbol: 'unknown', tone: 'odd' };
}

/** The status of an MLflow run. */
export const mlflowStatusLook = (status: string): StateLook => lookIn(runLooks, status);
const runLooks: Looks = {
	RUNNING: { word: ['running', '실행 중'], symbol: 'running', tone: 'active' },
	SCHEDULED: { word: ['scheduled', '예약됨'], symbol: 'queued', tone: 'waiting' },
	FINISHED: { word: ['finished', '완료'], symbol: 'success', tone: 'good' },
	FAILED: { word: ['failed', '실패'], symbol: 'failed', tone: 'bad' },
	KILLED: { word: ['killed', '강제 종료됨'], symbol: 'warning', tone: 'warning' },
};

/** The status of a model version (mlflow/entities/model_registry/model_version_status.py). */
export const modelVersionStatusLook = (status: string): StateLook => lookIn(registrationLooks, status);
const registrationLooks: Looks = {
	READY: { word: ['ready', '사용 가능'], symbol: 'success', tone: 'good' },
	PENDING_REGISTRATION: { word: ['pending registration', '등록 중'], symbol: 'running', tone: 'active' },
	FAILED_REGISTRATION: { word: ['failed registration', '등록 실패'], symbol: 'failed', tone: 'bad' },
};

/** The status of a logged model (mlflow/entities/logged_model_status.py). */
export const loggedModelStatusLook = (status: string): StateLook => lookIn(loggedLooks, status);
const loggedLooks: Looks = {
	READY: { word: ['ready', '사용 가능'], symbol: 'success', tone: 'good' },
	PENDING: { word: ['pending', '업로드 대기'], symbol: 'running', tone: 'active' },
	UPLOAD_FAILED: { word: ['upload failed', '업로드 실패'], symbol: 'failed', tone: 'bad' },
};
