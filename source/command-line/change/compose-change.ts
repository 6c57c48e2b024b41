import type { Clients } from '../../clients/clients.ts';
import type { Facts, Planned } from '../../operations/plan/plan.ts';
import type { CommandContext } from '../context/context.ts';
import { demandLive } from '../exit/failures.ts';
import { change } from './change.ts';

/** Changes the stack with Docker Compose after the engine has listed its containers. Returns the exit code. */
export function changeByCompose(
	context: CommandContext,
	plan: (clients: Clients, facts: Facts) => Promise<Planned>,
): Promise<number> {
	return change(context, {
		watch: ['containers'],
		requires: ['containers'],
		byCompose: true,
		plan: ({ store, clients }) => {
			const state = store.current();
			demandLive(state, 'containers');
			return plan(clients, { state, now: context.io.clock.now() });
		},
	});
}
