import { DAY, HOUR, SECOND } from '../time.ts';
import type { TaskDefinition } from './airflow-state.ts';
import { type CatalogueDag, python, sourceOf } from './dag-catalogue.ts';
import type { Asks } from './newer-state.ts';

/** DAGs of the Airflow 3 demos with what only Airflow 3 has: questions to people, assets, several DAG versions. */

export type NewerStory = {
	readonly dags: readonly CatalogueDag[];
	/** A DAG that asks people, and one that is backfilled. */
	readonly asking: string;
	readonly backfilled: string;
};

const common = {
	startDate: Date.UTC(2025, 11, 26),
	retries: 1,
	retryDelayMs: 5 * SECOND,
	maxActiveRuns: 1,
	params: {},
	paused: false,
};
const work = (taskId: string, downstream: readonly string[], says: string, more: Partial<TaskDefinition> = {}) => ({
	...python(taskId, downstream),
	says,
	lasts: [4 * SECOND, 8 * SECOND] as const,
	...more,
});

/** A daily DAG with two versions whose last task produces an asset. */
const producer = (
	dagId: string,
	given: { readonly does: string; readonly tag: string; readonly asset: string; readonly atHour: number },
): CatalogueDag => ({
	...common,
	dagId,
	description: given.does,
	file: `${dagId}.py`,
	tags: [given.tag],
	schedule: {
		kind: 'cron',
		expression: `0 ${given.atHour} * * *`,
		words: `At ${String(given.atHour).padStart(2, '0')}:00`,
	},
	tasks: [
		work('read', ['compare'], '1,204 rows read'),
		work('compare', ['publish'], '38 rows differ'),
		work('publish', [], `${given.asset} published`, { outlets: [given.asset] }),
	],
	source: sourceOf(dagId, given.does),
	olderSources: [sourceOf(dagId, `${given.does} (without comparison)`)],
	past: { runs: 8, everyMs: DAY, atMs: given.atHour * HOUR, leastAgeMs: 2 * HOUR, delayMs: 500 },
});

/** Started by the asset alone. */
const consumer = (dagId: string, does: string, tag: string, asset: string, atHour: number): CatalogueDag => ({
	...common,
	dagId,
	description: does,
	file: `${dagId}.py`,
	tags: [tag],
	schedule: { kind: 'days', days: 1 },
	scheduledBy: [asset],
	tasks: [work('refresh', ['notify'], '12 segments refreshed'), work('notify', [], '3 people notified')],
	source: sourceOf(dagId, does),
	past: { runs: 7, everyMs: DAY, atMs: atHour * HOUR + 30 * SECOND, leastAgeMs: 2 * HOUR, delayMs: 500 },
});

/** Triggered by people; asks before its last task. */
const asking = (dagId: string, does: string, tag: string, asks: Asks): CatalogueDag => ({
	...common,
	dagId,
	description: does,
	file: `${dagId}.py`,
	tags: [tag],
	schedule: { kind: 'days', days: 7 },
	isUnscheduled: true,
	tasks: [
		work('collect_figures', ['approve'], 'figures of both sides collected'),
		{ ...work('approve', ['carry_out'], 'answered'), operator: 'ApprovalOperator', asks, lasts: [SECOND, 2 * SECOND] },
		work('carry_out', [], 'done'),
	],
	source: sourceOf(dagId, does),
});

const approval = (subject: string, body: string): Asks => ({
	subject,
	body,
	options: ['Approve', 'Reject'],
	defaults: null,
	multiple: false,
	params: {},
});

export const GUIDE_STORY: NewerStory = {
	dags: [
		producer('customer_segments', {
			does: 'Segments of the customers, from the gold tables',
			tag: 'lakehouse',
			asset: 'gold.customer_segments',
			atHour: 3,
		}),
		consumer('campaign_refresh', 'Campaigns by the newest segments', 'sales', 'gold.customer_segments', 3),
		asking(
			'model_release',
			'Moves the champion to production after a person has agreed',
			'mlops',
			approval('Release the champion to production?', 'Accuracy and AUC are above the limits of the last release.'),
		),
	],
	asking: 'model_release',
	backfilled: 'customer_segments',
};

export const OFFICIAL_STORY: NewerStory = {
	dags: [
		producer('supplier_prices', {
			does: 'Prices of the suppliers, compared with yesterday',
			tag: 'shop',
			asset: 'shop.supplier_prices',
			atHour: 5,
		}),
		consumer('price_labels', 'New labels for prices that have changed', 'shop', 'shop.supplier_prices', 5),
		asking(
			'price_change',
			'Takes over new prices after a person has agreed',
			'shop',
			approval('Take over 38 new prices?', 'The largest change is +12 % (article 4711).'),
		),
	],
	asking: 'price_change',
	backfilled: 'supplier_prices',
};
