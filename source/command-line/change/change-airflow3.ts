import type { Airflow3, Airflow3Feature } from '../../clients/airflow/airflow3.ts';
import type { StackState } from '../../model/state.ts';
import type { Facts, Planned, Refusal } from '../../operations/plan/plan.ts';
import type { CommandContext } from '../context/context.ts';
import { addressUnknown, demandLive } from '../exit/failures.ts';
import { change } from './change.ts';

/**
 * Changes something that only Airflow 3 has, as `change`. The plan needs an answer of Airflow, which is requested once
 * nothing speaks against the change.
 */
export function changeAirflow3(
	context: CommandContext,
	{
		feature,
		unavailable,
		plan,
	}: {
		readonly feature: Airflow3Feature;
		/** Why it is not possible now; null if nothing is known against it. */
		readonly unavailable: (state: StackState) => Refusal | null;
		readonly plan: (facts: Facts, airflow: Airflow3) => Promise<Planned>;
	},
): Promise<number> {
	const { io, signal } = context;
	return change(context, {
		watch: ['containers', 'dags'],
		requires: ['dags'],
		plan: async ({ store, clients }): Promise<Planned> => {
			const state = store.current();
			demandLive(state, 'dags');
			const refusal = unavailable(state);
			if (refusal) return refusal;
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			return plan({ state, now: io.clock.now() }, await airflow.airflow3(feature, signal));
		},
	});
}
