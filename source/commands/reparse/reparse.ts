import { planReparse } from '../../operations/reparse.ts';
import { resolveDag } from '../../selectors/names/dags.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { demandLive, demandOne } from '../failures.ts';

/** `laketop reparse` */
export function run(context: CommandContext): Promise<number> {
	const { given, config, io } = context;
	const dagId = given.words[0] ?? config.dag;
	return change(context, {
		watch: ['containers', 'dags'],
		needs: ['containers', 'dags'],
		interest: { dagId },
		plan: ({ store }) => {
			const state = store.current();
			demandLive(state, 'containers', 'dags');
			return planReparse({ state, now: io.clock.now() }, demandOne(resolveDag(dagId, state.dags ?? [])));
		},
	});
}
