import type { KeyBinding } from '../../config/schema.ts';

/**
 * Throws ConfigError for an unknown action or key. Called only if keys are configured, because the table of actions
 * loads half of the screen.
 */
export async function checkKeys(keys: readonly KeyBinding[]): Promise<void> {
	const { actionsFor } = await import('../../ui/actions/table.ts');
	actionsFor({}, keys);
}
