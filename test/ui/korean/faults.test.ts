import { test } from 'vitest';
import type { Scenario } from '../../../source/demo/index.ts';
import { Walk } from './walk.ts';

/** Much is wrong at once: findings, failed tasks, paused DAGs, containers in every state. */
async function breakMuch(scenario: Scenario): Promise<void> {
	const failed = scenario.triggerRun({ rows: 5 });
	scenario.setTaskState(failed, 'raw_to_bronze', 'success');
	scenario.setTaskState(failed, 'bronze_to_silver', 'failed');
	scenario.setTaskState(failed, 'silver_to_gold', 'upstream_failed');
	scenario.setTaskState(failed, 'feature_engineering', 'skipped');
	scenario.setRunState(failed, 'failed');
	const running = scenario.triggerRun();
	scenario.setTaskState(running, 'raw_to_bronze', 'up_for_retry');
	scenario.pauseDag('data_quality_daily');
	scenario.addImportError('/opt/airflow/dags/broken.py', 'ModuleNotFoundError: No module named great_expectations');
	scenario.killContainer('airflow-redis');
	scenario.setHealth('airflow-worker', 'unhealthy', 'Error: No nodes replied within time constraint');
	scenario.pauseContainer('trino');
	scenario.stopContainer('superset');
	scenario.crashContainer('grafana', 137, true);
	await scenario.settled();
}

test.each(['2', '3'] as const)('much is wrong, with Airflow %s', async airflow => {
	const walk = await Walk.on({ prepare: breakMuch, demo: { airflow } });
	await walk.untilAllIsThere();
	await walk.until(({ findings }) => findings.length > 3);
	await walk.pressAll('much is wrong');
	await walk.end();
});
