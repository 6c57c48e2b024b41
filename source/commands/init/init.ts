import { changeByCompose } from '../../command-line/change/compose-change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { airflowLoginOf } from '../../config/airflow-login.ts';
import { planInit } from '../../operations/stack/init.ts';

/** `laketop init` */
export function run(context: CommandContext): Promise<number> {
	return changeByCompose(context, (clients, facts) =>
		planInit(clients, facts, airflowLoginOf(context.config), context.signal),
	);
}
