import type { KeyBinding } from '../config/schema.ts';

/**
 * Throws ConfigError for an action or a key that does not exist. Only for those who changed keys: the table of actions
 * brings half of the screen with it.
 */
export async function checkKeys(keys: readonly KeyBinding[]): Promise<void> {
	const { actionsFor } = await import('../ui/actions/table.ts');
	actionsFor(false, keys);
}
