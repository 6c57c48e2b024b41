import type { BackfillState } from '../model/airflow/backfill.ts';
import type { Text } from '../words/language.ts';

export const backfillStateTexts: Readonly<Record<BackfillState, Text>> = {
	active: ['active', '진행 중'],
	paused: ['paused', '일시 중지됨'],
	completed: ['completed', '완료됨'],
};
