import type { Clients } from '../../clients/clients.ts';
import type { MlflowClient } from '../../clients/mlflow/mlflow.ts';
import type { VersionName } from '../../clients/mlflow/registry.ts';
import { ClientError, failureOf, messageAndFix } from '../../model/failures/failure.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { phrase } from '../../words/message.ts';
import type { Refusal } from '../plan/plan.ts';
import { refusalKind } from '../plan/run-plan.ts';

/** What plans about MLflow's registry have in common. */

/** Throws ClientError if no address of MLflow is known. */
export function mlflowOf(clients: Clients): MlflowClient {
	if (clients.mlflow) return clients.mlflow;
	throw new ClientError(
		'unconfigured',
		phrase(['The address of MLflow is unknown', 'MLflow 주소를 알 수 없습니다']),
		phrase(['Pass --mlflow-url', '--mlflow-url로 지정하세요']),
	);
}

/** A version as MLflow has it now, and the version of each alias of its model. */
export type RegisteredNow = { readonly version: ModelVersion; readonly aliases: ReadonlyMap<string, string> };

/** Asks for a version just before a question, so that the question names what is there. Refused if MLflow does not answer. */
export async function registeredNow(
	clients: Clients,
	{ model, version }: VersionName,
	signal: AbortSignal,
): Promise<RegisteredNow | Refusal> {
	try {
		const { registry } = mlflowOf(clients);
		const [found, aliases] = await Promise.all([
			registry.version({ model, version }, signal),
			registry.aliases(model, signal),
		]);
		return { version: found, aliases };
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'not-found') {
			const refused = phrase(
				['MLflow has no version {version} of {model}', 'MLflow에 {model} 버전 {version}이(가) 없습니다'],
				{
					model,
					version,
				},
			);
			return { refused, kind: 'nothing' };
		}
		return { refused: messageAndFix(failure), kind: refusalKind(failure.kind) };
	}
}
