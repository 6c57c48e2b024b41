import { planReparse } from '../../operations/reparse.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { unknownDag } from '../dag-names.ts';
import { demandLive } from '../failures.ts';

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
			const dags = state.dags ?? [];
			const dag = dags.find(one => one.dagId === dagId);
			if (dag) return planReparse({ state, now: io.clock.now() }, dag);
			const ids = dags.map(one => one.dagId);
			throw unknownDag(dagId, ids);
		},
	});
}
