import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Generation } from '../airflow-api.ts';
import { type OfficialStack, startOfficial } from '../official/official-stack.ts';
import { laketopIn, scratchFolder } from '../stack.ts';
import { shapesSuite } from './shapes-suite.ts';

/**
 * DAGs of every shape on stacks of Airflow's official Compose file, one generation after the other. LAKETOP_SHAPES=2 or 3
 * runs one of them.
 */
const wanted = process.env.LAKETOP_SHAPES;
const generations = ([2, 3] as const).filter(generation => !wanted || wanted === String(generation));

describe.each(generations)('Airflow %i', (generation: Generation) => {
	const scratch = scratchFolder();
	let stack: OfficialStack | undefined;
	beforeAll(async () => {
		stack = await startOfficial(generation, 'shapes');
	});
	afterAll(async () => {
		await stack?.remove();
		scratch.remove();
	});
	shapesSuite(() => {
		if (!stack) throw new Error('the stack is not up');
		const { api, folder } = stack;
		return { generation, api, laketop: laketopIn(scratch.path, folder), dagFile: join(folder, 'dags/orders.py') };
	});
});
