import { change } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { planPause } from '../../operations/dags/pause.ts';

/** `laketop pause` and `laketop unpause` */
export function run(context: CommandContext): Promise<number> {
	const { command, given, io } = context;
	return change(context, {
		watch: ['containers', 'dags'],
		requires: ['dags'],
		plan: ({ store }) => {
			const state = store.current();
			demandLive(state, 'dags');
			return planPause({ state, now: io.clock.now() }, given.words, command.name === 'pause');
		},
	});
}
