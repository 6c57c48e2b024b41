import type { Airflow3, Airflow3Feature } from '../../clients/airflow/airflow3.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { airflow3Unavailable } from '../../operations/airflow3.ts';
import type { Refusal } from '../../operations/plan/plan.ts';
import { refusalKind } from '../../operations/plan/run-plan.ts';
import { phrase } from '../../words/message.ts';
import type { Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { noAirflowAddress } from './pages.ts';
import { cannot, later } from './step.ts';

/** What follows from answers of Airflow 3; its refusal, and that of an older Airflow, become a hint. */
export function withAirflow3(
	{ state, clients, signal, say }: StepContext,
	feature: Airflow3Feature,
	next: (newer: Airflow3) => Promise<Effect>,
	unavailable: Refusal | null = airflow3Unavailable(
		state,
		feature,
		phrase(['Airflow cannot be asked now', '지금은 Airflow에 요청할 수 없습니다']),
	),
): Effect {
	if (unavailable) return { kind: 'refusal', refusal: unavailable };
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress), 'unreachable');
	const ask = async (): Promise<Effect> => {
		try {
			return await next(await airflow.airflow3(feature, signal));
		} catch (error) {
			const failure = failureOf(error);
			return cannot(failure.message, refusalKind(failure.kind));
		}
	};
	return later(ask());
}
