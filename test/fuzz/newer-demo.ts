import { expect, vi } from 'vitest';
import { AirflowConnection } from '../../source/clients/airflow/connection.ts';
import type { DemoOptions, DemoStack } from '../../source/demo/index.ts';
import { newerDags } from '../given/newer-dags.ts';

/** Airflow 3 with DAGs that ask, produce assets and are started by them. Fast, so that tasks ask soon. */
export const newerOptions: DemoOptions = { airflow: '3', dags: newerDags, speed: 60 };

const day = 86_400_000;

/** Gives it what only Airflow 3 has: a backfill, two questions, an event of an asset and one of the audit log. */
export async function fillNewer(demo: DemoStack, password = 'admin'): Promise<void> {
	const airflow = new AirflowConnection(demo.airflowUrl, { username: 'admin', password });
	try {
		const requests = await airflow.airflow3('questions');
		await airflow.setPaused('report', false);
		for (const dagId of ['release', 'daily_prices']) demo.scenario.triggerRun({}, dagId);
		const midnight = Math.floor(demo.scenario.now() / day) * day;
		await requests.createBackfill({
			...{ dagId: 'daily_prices', from: midnight - 5 * day, to: midnight - 2 * day },
			...{ reprocess: 'none', maxActiveRuns: 1, isBackwards: false },
		});
		await vi.waitFor(
			async () => {
				expect(await requests.questions()).toHaveLength(2);
				expect(await requests.assetEvents(1, null)).toHaveLength(1);
				expect(await requests.events({ limit: 1, after: undefined, dagId: undefined })).toHaveLength(1);
			},
			{ timeout: 30_000 },
		);
	} finally {
		await airflow.close();
	}
}
