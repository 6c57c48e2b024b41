import { dag, task } from './mapped-dag.ts';

/** The DAGs of test/fixtures/airflow3-newer-dags: a daily one that produces an asset, and one that the asset starts. */
export const dailyPrices = dag('daily_prices', [task('load', { outlets: ['prices'] })], 0, {
	startDate: Date.UTC(2025, 11, 26),
});
export const report = dag('report', [task('write')], 0, { scheduledBy: ['prices'] });
/** Two tasks that ask: one option with a default, and several options with params. */
export const release = dag(
	'release',
	[
		task('approve', {
			operator: 'ApprovalOperator',
			asks: {
				subject: 'Release model 7 to production?',
				body: 'AUC 0.93, champion 0.91.\n\nSee the *report*.',
				options: ['Approve', 'Reject'],
				defaults: ['Reject'],
				multiple: false,
				params: {},
			},
		}),
		task('choose', {
			operator: 'HITLOperator',
			asks: {
				subject: 'Which regions?',
				body: null,
				options: ['eu', 'us', 'apac'],
				defaults: null,
				multiple: true,
				params: {
					share: {
						value: 10,
						description: 'Share of traffic in percent',
						schema: { type: 'integer', minimum: 1, maximum: 100 },
					},
					reason: { value: '', description: null, schema: { type: 'string' } },
				},
			},
		}),
	],
	0,
);
export const newerDags = [dailyPrices, report, release];
