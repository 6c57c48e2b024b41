import type { CommandRow } from '../command-row.ts';
import { changing } from '../shared-options.ts';

export const initRow: CommandRow = {
	name: 'init',
	group: 'stack',
	summary: "First-time initialisation: migrate Airflow's database and create its first user",
	details: [
		'The user is that of LAKETOP_AIRFLOW_USERNAME and LAKETOP_AIRFLOW_PASSWORD, or of the config file (admin/admin). Harmless when it was done before.',
	],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop init', does: 'Before the first start' }],
	load: async () => {
		const [{ planInit }, { changeByCompose }] = await Promise.all([
			import('../../operations/init.ts'),
			import('../compose-change.ts'),
		]);
		return {
			run: context =>
				changeByCompose(context, (clients, facts) => planInit(clients, facts, context.config.airflow, context.signal)),
		};
	},
};
