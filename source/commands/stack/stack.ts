import { changeByCompose } from '../../command-line/change/compose-change.ts';
import { changeContainers } from '../../command-line/change/containers.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { type ComposeVerb, planCompose } from '../../operations/stack/compose.ts';

/**
 * `laketop up`, `down`, `stop` and `restart`: the stack, by Docker Compose. Named services are stopped and restarted by
 * the engine, which needs no Compose.
 */
export function run(context: CommandContext): Promise<number> {
	const { command, given } = context;
	switch (command.name) {
		case 'up':
			return changeStack(context, 'up');
		case 'down':
			return changeStack(context, given.is('volumes') ? 'down-volumes' : 'down');
		case 'stop':
			return given.words.length > 0 ? changeContainers(context, 'stop') : changeStack(context, 'stop');
		default:
			return given.words.length > 0 ? changeContainers(context, 'restart') : changeStack(context, 'restart');
	}
}

function changeStack(context: CommandContext, verb: ComposeVerb): Promise<number> {
	const { given, signal } = context;
	return changeByCompose(context, (clients, facts) =>
		planCompose(clients, facts, { verb, services: given.words }, signal),
	);
}
