import { planInit } from '../../operations/init.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { demandLive } from '../failures.ts';

/** `laketop init` */
export function run(context: CommandContext): Promise<number> {
	const { config, io, signal } = context;
	return change(context, {
		watch: ['containers'],
		needs: ['containers'],
		byCompose: true,
		plan: ({ store, clients }) => {
			const state = store.current();
			demandLive(state, 'containers');
			return planInit(clients, { state, now: io.clock.now() }, config.airflow, signal);
		},
	});
}
