import { type Airflow3Feature, needsAirflow3 } from '../clients/airflow/airflow3.ts';
import type { StackState } from '../model/state.ts';
import { isAirflow3 } from '../selectors/printed-commands/airflow-command.ts';
import { joined, type Message } from '../words/message.ts';
import { airflowUnavailable } from './airflow.ts';
import type { Refusal } from './plan/plan.ts';

/** Why a feature of Airflow 3 cannot be used now; null if nothing is known against it. `instead`: with Airflow 2. */
export function airflow3Unavailable(
	state: StackState,
	feature: Airflow3Feature,
	what: Message,
	instead?: Message,
): Refusal | null {
	const { version = null } = state.sources.airflow ?? {};
	if (version === null || isAirflow3(state)) return airflowUnavailable(state, what);
	const reason = needsAirflow3(feature, version);
	return { refused: instead === undefined ? reason : joined([reason, instead], '. '), kind: 'refused' };
}
