import { planInit } from '../../operations/init.ts';
import { changeByCompose } from '../compose-change.ts';
import type { CommandContext } from '../context.ts';

/** `laketop init` */
export function run(context: CommandContext): Promise<number> {
	const { config, signal } = context;
	return changeByCompose(context, (clients, facts) => planInit(clients, facts, config.airflow, signal));
}
