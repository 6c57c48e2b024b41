import type { TaskInstance } from './airflow/airflow-state.ts';
import { hash } from './random.ts';

/** The same UUID for the same text. */
export function uuidOf(text: string): string {
	const digits = [1, 2, 3, 4].map(part => hash(`${text}/${part}`).toString(16).padStart(8, '0')).join('');
	return [
		digits.slice(0, 8),
		digits.slice(8, 12),
		digits.slice(12, 16),
		digits.slice(16, 20),
		digits.slice(20, 32),
	].join('-');
}

/** Airflow 3: each try of a task instance has an id of its own. */
export const taskInstanceId = ({ dagId, runId, taskId, mapIndex }: TaskInstance, tryNumber: number): string =>
	uuidOf(`${dagId}/${runId}/${taskId}/${mapIndex}/${tryNumber}`);
