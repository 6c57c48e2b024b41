/** A registry of two models, one with versions in every state, and the MLflow runs that made them. */
import type { Clients } from '../../source/clients/clients.ts';
import type { MlflowClient } from '../../source/clients/mlflow/mlflow.ts';
import type { MlflowRegistry } from '../../source/clients/mlflow/registry.ts';
import type { MlflowRun, ModelVersion } from '../../source/model/mlflow/experiment.ts';
import { dagId, minute, now } from '../diagnosis/stack.ts';
import { stubOf } from './stub.ts';

const tagsOf = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** The version with its number, `ago` minutes old. */
export function version(number: number, more: Partial<ModelVersion> = {}): ModelVersion {
	return {
		...{ name: 'churn', version: String(number), status: 'READY', stage: 'None', aliases: [], tags: [] },
		...{ runId: `run-${number}`, modelId: null, createdAt: now - (10 - number) * 60 * minute },
		...more,
	};
}

/** What the guide's pipeline notes: `task` made it in the DAG run. */
export const madeBy = (taskId: string, dagRunId = 'newest') =>
	tagsOf({ dag_id: dagId, dag_run_id: dagRunId, task_id: taskId, try_number: '1' });

/** Newest first, as MLflow lists them. */
export const versions: readonly ModelVersion[] = [
	version(7, {
		...{ aliases: ['challenger'], tags: [...madeBy('model_registry'), ...tagsOf({ validated: 'yes' })] },
	}),
	version(6, { status: 'FAILED_REGISTRATION', runId: 'run-gone' }),
	version(5, { stage: 'Production', aliases: ['champion', '운영'], tags: tagsOf({ owner: '데이터팀' }) }),
	version(4, { stage: 'Archived' }),
	version(2, { ...{ name: '이탈 예측 모델', status: 'PENDING_REGISTRATION', runId: null } }),
];

/** The run that made a version: one hour before it. */
export function runOf(number: number, more: Partial<MlflowRun> & { readonly figures?: object } = {}): MlflowRun {
	const { figures = {}, ...rest } = more;
	const startedAt = now - (10 - number) * 60 * minute - minute;
	return {
		...{ runId: `run-${number}`, runName: `train ${number}`, experimentId: '1', status: 'FINISHED', startedAt },
		...{ endedAt: startedAt + 40_000, tags: [] },
		params: tagsOf({ max_depth: String(number), solver: 'lbfgs' }),
		metrics: Object.entries(figures).map(([key, value]) => ({ key, value, step: 0, loggedAt: startedAt })),
		...rest,
	};
}

export const runs: readonly MlflowRun[] = [
	runOf(7, {
		figures: { f1_score: 0.8497, log_loss: 0.31, rows: 12_000, drift: 'NaN' },
		tags: madeBy('model_training'),
	}),
	runOf(5, { figures: { f1_score: 0.8922, log_loss: 0.35, rows: 11_000, drift: 0.02 } }),
	runOf(4, { figures: { f1_score: 0.88, log_loss: 0.36 } }),
];

/** MLflow with these versions and runs. */
export function mlflowWith(
	all: readonly ModelVersion[] = versions,
	made: readonly MlflowRun[] = runs,
): Pick<Clients, 'mlflow'> {
	const ofModel = (model: string) => all.filter(({ name }) => name === model);
	return {
		mlflow: stubOf<MlflowClient>({
			run: async id => made.find(({ runId }) => runId === id) ?? null,
			runs: async () => [],
			registry: stubOf<MlflowRegistry>({
				aliases: async model =>
					new Map(ofModel(model).flatMap(one => one.aliases.map(alias => [alias, one.version] as const))),
				// The search leaves aliases out.
				versionsOf: async (model, limit) =>
					ofModel(model)
						.slice(0, limit)
						.map(one => ({ ...one, aliases: [] })),
				versionIfThere: async wanted => ofModel(wanted.model).find(one => one.version === wanted.version) ?? null,
			}),
		}),
	};
}
