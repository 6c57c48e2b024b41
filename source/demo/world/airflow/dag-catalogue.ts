import { DAY, HOUR, MINUTE, SECOND } from '../time.ts';
import type { DagDefinition, TaskDefinition, TriggerRule } from './airflow-state.ts';

export const python = (
	taskId: string,
	downstream: readonly string[],
	triggerRule: TriggerRule = 'all_success',
): TaskDefinition => ({
	taskId,
	operator: 'PythonOperator',
	module: 'airflow.operators.python',
	downstream,
	triggerRule,
	color: '#ffefeb',
});

const chain = (...taskIds: string[]): TaskDefinition[] =>
	taskIds.map((taskId, index) => python(taskId, taskIds.slice(index + 1, index + 2)));

export const PIPELINE_DAG = 'ml_pipeline_end_to_end';

export const STAGES = [
	{ taskId: 'raw_to_bronze', mark: '📥', title: 'Ingest raw orders', layer: 'bronze', transformation: 'ingest' },
	{ taskId: 'bronze_to_silver', mark: '🧹', title: 'Cleanse the orders', layer: 'silver', transformation: 'cleanse' },
	{
		taskId: 'silver_to_gold',
		mark: '💎',
		title: 'Apply the business rules',
		layer: 'gold',
		transformation: 'aggregate',
	},
	{
		taskId: 'feature_engineering',
		mark: '🔧',
		title: 'Build the features',
		layer: 'features',
		transformation: 'standardise',
	},
	{ taskId: 'model_training', mark: '🧠', title: 'Train the model', layer: 'model', transformation: 'train' },
	{
		taskId: 'model_evaluation',
		mark: '📊',
		title: 'Evaluate the model',
		layer: 'model',
		transformation: 'evaluate',
	},
	{
		taskId: 'model_registry',
		mark: '📦',
		title: 'Register the model in MLflow',
		layer: 'model',
		transformation: 'register',
	},
] as const;

export type Stage = (typeof STAGES)[number];

export const sourceOf = (dagId: string, doc: string): string =>
	`"""${dagId}: ${doc}"""\nfrom __future__ import annotations\n\nfrom airflow import DAG\n\nwith DAG(dag_id="${dagId}") as dag:\n    ...\n`;

const START = Date.UTC(2025, 11, 26, 2);

/** The runs of a DAG before the demo. */
export type PastRuns = {
	readonly runs: number;
	readonly everyMs: number;
	/** Start of the first run of a day, ms after midnight (UTC). */
	readonly atMs: number;
	/** Age of the newest run, ms, at least. */
	readonly leastAgeMs: number;
	/** From the time at which a run is due to its start, ms. */
	readonly delayMs: number;
	/** Tasks that fail in some runs, which are counted from the oldest. */
	readonly failures?: Readonly<Record<number, readonly [taskId: string, times: 'once' | 'always']>>;
};

/** A DAG of a demo, with its runs so far; none where left out. */
export type CatalogueDag = DagDefinition & {
	readonly paused: boolean;
	readonly past?: PastRuns | undefined;
	/** Airflow 3: the sources of earlier versions, with which the older half of its runs ran. */
	readonly olderSources?: readonly string[];
};

export const DAGS: readonly CatalogueDag[] = [
	{
		dagId: 'data_quality_daily',
		description: 'Freshness and plausibility of the gold tables; alerts the team when they are not',
		file: 'data_quality_dag.py',
		tags: ['lakehouse', 'quality'],
		schedule: { kind: 'cron', expression: '30 5 * * *', words: 'At 05:30' },
		startDate: START,
		retries: 1,
		retryDelayMs: 5 * SECOND,
		maxActiveRuns: 1,
		params: {},
		tasks: [
			python('collect_metrics', ['check_freshness', 'check_row_counts', 'check_nulls']),
			python('check_freshness', ['judge']),
			python('check_row_counts', ['judge']),
			python('check_nulls', ['judge']),
			{
				taskId: 'judge',
				operator: 'BranchPythonOperator',
				module: 'airflow.operators.python',
				downstream: ['publish_report', 'notify_team'],
				triggerRule: 'all_success',
				color: '#ffefeb',
			},
			python('publish_report', ['done']),
			python('notify_team', ['done']),
			{
				taskId: 'done',
				operator: 'EmptyOperator',
				module: 'airflow.operators.empty',
				downstream: [],
				triggerRule: 'none_failed_min_one_success',
				color: '#e8f7e4',
			},
		],
		source: sourceOf('data_quality_daily', 'judges what the lakehouse has got over night.'),
		paused: false,
		past: { runs: 3, everyMs: DAY, atMs: 5.5 * HOUR, leastAgeMs: 30 * MINUTE, delayMs: 500 },
	},
	{
		dagId: 'iceberg_compaction',
		description: 'Rewrites small files of the Iceberg tables, expires snapshots',
		file: 'iceberg_compaction_dag.py',
		tags: ['iceberg', 'lakehouse', 'maintenance'],
		schedule: { kind: 'cron', expression: '0 */6 * * *', words: 'Every 6 hours' },
		startDate: START,
		retries: 2,
		retryDelayMs: 5 * SECOND,
		maxActiveRuns: 1,
		params: {},
		tasks: chain('list_tables', 'rewrite_data_files', 'expire_snapshots', 'remove_orphan_files'),
		source: sourceOf('iceberg_compaction', 'keeps the tables quick to read.'),
		paused: false,
		past: { runs: 6, everyMs: 6 * HOUR, atMs: 0, leastAgeMs: 20 * MINUTE, delayMs: 700 },
	},
	{
		dagId: PIPELINE_DAG,
		description: 'Raw orders → bronze → silver → gold → features → model, registered in MLflow',
		file: 'ml_pipeline_dag.py',
		tags: ['lakehouse', 'mlops'],
		schedule: { kind: 'days', days: 1 },
		startDate: START,
		retries: 1,
		retryDelayMs: 5 * SECOND,
		maxActiveRuns: 16,
		params: {
			epochs: {
				value: 20,
				description: 'Passes over the training rows. Each logs one point of the loss curve.',
				schema: { maximum: 500, minimum: 1, type: 'integer' },
			},
			fail_at: {
				value: null,
				description: 'Task that fails half-way, to rehearse a failure. Null means none.',
				schema: { enum: [null, ...STAGES.map(stage => stage.taskId)], type: ['null', 'string'] },
			},
			fail_times: {
				value: null,
				description: 'Number of tries of fail_at that fail. With 1, the first retry succeeds. Null means every try.',
				schema: { maximum: 100, minimum: 1, type: ['null', 'integer'] },
			},
			pace: {
				value: 0,
				description: 'Minimum duration of each task in seconds, spread over its steps. 0 means full speed.',
				schema: { maximum: 600, minimum: 0, type: 'number' },
			},
			rows: {
				value: 10_000,
				description: 'Raw rows to ingest.',
				schema: { maximum: 500_000, minimum: 1000, type: 'integer' },
			},
		},
		tasks: chain(...STAGES.map(stage => stage.taskId)),
		source: sourceOf(PIPELINE_DAG, 'from raw orders to a registered model, in seven tasks.'),
		paused: false,
		past: {
			runs: 12,
			everyMs: DAY,
			atMs: 2 * HOUR,
			leastAgeMs: 30 * MINUTE,
			delayMs: 400,
			failures: { 4: ['model_training', 'always'], 8: ['bronze_to_silver', 'once'] },
		},
	},
	{
		dagId: 'store_sales_nightly',
		description: 'Loads the sales of all stores on a cluster of its own, and publishes what has changed',
		file: 'store_sales_dag.py',
		tags: ['lakehouse', 'sales'],
		schedule: { kind: 'cron', expression: '15 1 * * *', words: 'At 01:15' },
		startDate: START,
		retries: 1,
		retryDelayMs: 5 * SECOND,
		maxActiveRuns: 1,
		params: {},
		tasks: [
			{ ...python('start_cluster', ['ingest.list_files', 'stop_cluster']), setup: true },
			python('ingest.list_files', ['ingest.orders.load', 'ingest.returns.load']),
			{ ...python('ingest.orders.load', ['ingest.orders.check']), mapped: 8 },
			python('ingest.orders.check', ['has_changed']),
			{ ...python('ingest.returns.load', ['ingest.returns.check']), mapped: 3 },
			python('ingest.returns.check', ['has_changed']),
			{ ...python('has_changed', ['publish.tables', 'keep_yesterday']), operator: 'BranchPythonOperator' },
			python('publish.tables', ['publish.dashboards', 'publish.exports']),
			python('publish.dashboards', ['report']),
			python('publish.exports', ['report']),
			python('keep_yesterday', ['report']),
			python('report', ['stop_cluster'], 'none_failed_min_one_success'),
			python('stop_cluster', [], 'all_done_setup_success'),
		],
		source: sourceOf('store_sales_nightly', 'orders and returns of all stores, in nested groups.'),
		paused: false,
		past: { runs: 3, everyMs: DAY, atMs: 1.25 * HOUR, leastAgeMs: 30 * MINUTE, delayMs: 600 },
	},
	{
		dagId: 'superset_cache_warmup',
		description: 'Opens the dashboards before anybody else does',
		file: 'superset_cache_warmup_dag.py',
		tags: ['bi'],
		schedule: { kind: 'cron', expression: '0 7 * * 1-5', words: 'At 07:00, Monday through Friday' },
		startDate: START,
		retries: 0,
		retryDelayMs: 5 * SECOND,
		maxActiveRuns: 16,
		params: {},
		tasks: chain('login', 'warm_dashboards'),
		source: sourceOf('superset_cache_warmup', 'opens dashboards.'),
		paused: true,
	},
];
