import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import { closestNames } from '../../model/text/nearest.ts';
import { phrase } from '../../words/message.ts';
import { found, none, type Resolution } from './resolution.ts';

/** An experiment by its name, among those in MLflow. `isDeleted`: MLflow has deleted one of this name. */
export function resolveExperiment(word: string, names: readonly string[], isDeleted = false): Resolution<string> {
	if (names.includes(word)) return found(word);
	const reason = phrase(isDeleted ? deletedText : absentText, { experiment: word });
	const others = experimentsInstead(word, names);
	const hint =
		others === ''
			? phrase(['Pass --experiment', '--experiment로 지정하세요'])
			: phrase(['Pass one of these with --experiment: {others}', '--experiment로 지정하세요: {others}'], { others });
	return none('experiment', word, names, hint, reason);
}

/** Up to eight experiments that MLflow has in place of a missing one; empty where only Default is there, as in each. */
export function experimentsInstead(word: string, names: readonly string[] | null): string {
	return closestNames(
		word,
		(names ?? []).filter(name => name !== 'Default'),
	);
}

const absentText = ['MLflow has no experiment {experiment}', 'MLflow에 {experiment} 실험이 없습니다'] as const;
const deletedText = [
	'the MLflow experiment {experiment} is deleted',
	'MLflow 실험 {experiment}이(가) 삭제되었습니다',
] as const;

/** A registered model by its name: all its versions. */
export function resolveModel(word: string, versions: readonly ModelVersion[]): Resolution<ModelVersion> {
	const named = versions.filter(({ name }) => name === word);
	if (named.length > 0) return found(...named);
	const reason = phrase(['MLflow has no model {model}', 'MLflow에 {model} 모델이 없습니다'], { model: word });
	return none('model', word, [...new Set(versions.map(({ name }) => name))], undefined, reason);
}

/** Fewer characters match an id by accident. */
const idPart = 6;

/**
 * MLflow runs by id or its beginning, the newest of a name, or all runs of a DAG run (the pipeline tags them). Blanks
 * around a name do not count if no run has exactly that name: MLflow allows them, and nobody sees them.
 * @param all newest first
 */
export function resolveMlflowRuns(word: string, experiment: string, all: readonly MlflowRun[]): Resolution<MlflowRun> {
	const exact = all.find(({ runId }) => runId === word);
	if (exact) return found(exact);
	const byId = word.length >= idPart ? all.filter(({ runId }) => runId.startsWith(word)) : [];
	const [only] = byId;
	if (only && byId.length === 1) return found(only);
	if (byId.length > 1) {
		return { kind: 'ambiguous', noun: 'mlflow run', word, candidates: byId.map(({ runId }) => runId) };
	}
	const byDagRun = all.filter(({ tags }) => tags.some(tag => tag.key === 'dag_run_id' && tag.value === word));
	if (byDagRun.length > 0) return found(...byDagRun);
	const named =
		all.find(({ runName }) => runName === word) ?? all.find(({ runName }) => runName.trim() === word.trim());
	if (named) return found(named);
	const reason =
		all.length === 0
			? phrase(['experiment {experiment} has no MLflow runs yet', '{experiment} 실험에 아직 MLflow 실행이 없습니다'], {
					experiment,
				})
			: phrase(
					[
						'no MLflow run "{word}" among the newest {count} of experiment {experiment}',
						'{experiment} 실험의 최근 MLflow 실행 {count}개 중에 없습니다: "{word}"',
					],
					{ word, count: all.length, experiment },
				);
	const hint = phrase([
		'Name an MLflow run by ID or name, or a DAG run by its ID',
		'MLflow 실행은 ID나 이름으로, DAG 실행은 ID로 지정하세요',
	]);
	return none(
		'mlflow run',
		word,
		all.map(({ runName }) => runName),
		hint,
		reason,
	);
}
