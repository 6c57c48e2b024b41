import { planPause } from '../../operations/pause.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { demandLive } from '../failures.ts';

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
