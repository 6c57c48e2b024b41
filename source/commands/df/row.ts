import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const dfRow: CommandRow = {
	name: 'df',
	group: 'look',
	summary: "What images, containers, volumes and build cache take on the engine's disk, and the stack's share",
	options: [json, watch],
	json: 'disk-usage',
	examples: [{ line: 'laketop df', does: 'Instead of docker system df -v | grep' }],
	load: () => import('./df.ts'),
};
