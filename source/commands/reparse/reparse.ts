import { change } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, demandOne } from '../../command-line/exit/failures.ts';
import { dagToChange } from '../../command-line/names/dag-names.ts';
import { planReparse } from '../../operations/dags/reparse.ts';
import { resolveDag } from '../../selectors/names/dags.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';

/** `laketop reparse` */
export function run(context: CommandContext): Promise<number> {
	const { given, config, io } = context;
	return change(context, {
		watch: ['containers', 'dags'],
		requires: ['containers', 'dags'],
		interest: { dagId: given.words[0] ?? config.dag },
		plan: ({ store }) => {
			const state = store.current();
			demandLive(state, 'dags');
			// Airflow 3 has a request for it; the scheduler of Airflow 2 is a container that is restarted.
			if (!isAirflow3(state)) demandLive(state, 'containers');
			const dagId = dagToChange(context, state);
			return planReparse({ state, now: io.clock.now() }, demandOne(resolveDag(dagId, state.dags ?? [])));
		},
	});
}
