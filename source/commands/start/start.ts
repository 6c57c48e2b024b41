import { changeContainers } from '../../command-line/change/containers.ts';
import type { CommandContext } from '../../command-line/context/context.ts';

/** `laketop start` and `laketop kill` */
export function run(context: CommandContext): Promise<number> {
	return changeContainers(context, context.command.name === 'kill' ? 'kill' : 'start');
}
