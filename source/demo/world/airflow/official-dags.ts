import { HOUR, MINUTE, SECOND } from '../time.ts';
import type { TaskDefinition } from './airflow-state.ts';
import { type CatalogueDag, python, sourceOf } from './dag-catalogue.ts';

/** The DAGs of the project `shop`: a warehouse load without MLflow. */

export const ORDERS_DAG = 'orders_hourly';

const START = Date.UTC(2025, 11, 26, 3);
const AT_WORK: readonly [number, number] = [4 * SECOND, 8 * SECOND];

const work = (taskId: string, downstream: readonly string[], says: string, breaksWith?: string): TaskDefinition => ({
	...python(taskId, downstream),
	says,
	lasts: AT_WORK,
	...(breaksWith === undefined ? {} : { breaksWith }),
});

const common = { startDate: START, retries: 1, retryDelayMs: 5 * SECOND, maxActiveRuns: 1, params: {} };

export const OFFICIAL_DAGS: readonly CatalogueDag[] = [
	{
		...common,
		dagId: 'inventory_sync',
		description: 'Stock levels of the shops, every six hours',
		file: 'inventory_sync.py',
		tags: ['shop'],
		schedule: { kind: 'cron', expression: '0 */6 * * *', words: 'Every 6 hours' },
		tasks: [
			work('fetch_stock', ['compare'], '412 articles received'),
			work('compare', ['update_stock'], '17 articles differ'),
			work('update_stock', [], '17 articles updated'),
		],
		source: sourceOf('inventory_sync', 'keeps the stock levels equal.'),
		paused: false,
		past: { runs: 6, everyMs: 6 * HOUR, atMs: 0, leastAgeMs: 20 * MINUTE, delayMs: 700 },
	},
	{
		...common,
		dagId: ORDERS_DAG,
		description: 'Orders and customers of the hour → warehouse',
		file: 'orders_hourly.py',
		tags: ['shop', 'warehouse'],
		schedule: { kind: 'cron', expression: '2 * * * *', words: 'At 2 minutes past the hour' },
		params: {
			full_refresh: {
				value: 'no',
				description: 'Load all orders again, not only those of the hour.',
				schema: { type: 'string', enum: ['no', 'yes'] },
			},
		},
		tasks: [
			work('extract_orders', ['join_orders'], '231 orders of 3 shops'),
			work(
				'extract_customers',
				['join_orders'],
				'94 customers changed',
				'ConnectionError: crm.example.com closed the connection',
			),
			work('join_orders', ['check_totals'], '231 orders joined'),
			work('check_totals', ['load_warehouse'], 'totals agree with the tills'),
			work(
				'load_warehouse',
				['publish_report'],
				'231 rows written to warehouse.orders',
				'psycopg2.OperationalError: could not serialize access due to concurrent update',
			),
			work('publish_report', [], 'report sent to 4 people'),
		],
		source: sourceOf(ORDERS_DAG, 'loads the orders of the hour.'),
		paused: false,
		past: {
			runs: 10,
			everyMs: HOUR,
			atMs: 2 * MINUTE,
			// Always newer than the newest run of the other DAG.
			leastAgeMs: 15 * MINUTE,
			delayMs: 400,
			failures: { 3: ['load_warehouse', 'always'], 7: ['extract_customers', 'once'] },
		},
	},
	{
		...common,
		dagId: 'price_export',
		description: 'Prices for the partners; paused since they read the API',
		file: 'price_export.py',
		tags: ['shop'],
		schedule: { kind: 'cron', expression: '0 7 * * *', words: 'At 07:00' },
		tasks: [work('export', ['upload'], '412 prices'), work('upload', [], '2 files')],
		source: sourceOf('price_export', 'writes files of prices.'),
		paused: true,
	},
];
