import { modelVersionStatusLook } from '../model/mlflow/mlflow-status.ts';
import type { VersionFact } from '../selectors/models/version-comparison.ts';
import type { Text } from '../words/language.ts';
import type { Writer } from '../words/write.ts';

/** The names of what a model version is and what made it. */
export const versionFactTexts: Readonly<Record<VersionFact, Text>> = {
	aliases: ['Aliases', '별칭'],
	stage: ['Stage', '스테이지'],
	status: ['Status', '상태'],
	'mlflow run': ['MLflow run', 'MLflow 실행'],
	dag: ['DAG', 'DAG'],
	'dag run': ['DAG run', 'DAG 실행'],
	task: ['Task', '작업'],
	commit: ['Git commit', '커밋'],
};

/** A value of it in words; empty: there is none. */
export function versionFactValue(fact: VersionFact, value: string | null, say: Writer): string {
	if (value === null) return '';
	return fact === 'status' ? say(modelVersionStatusLook(value).word) : value;
}
