import { afterAll, beforeAll, test } from 'vitest';
import type { Scenario } from '../../../source/demo/index.ts';
import { spots } from '../../../source/ui/actions/bindings.ts';
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

let walk: Walk;
beforeAll(async () => {
	walk = await Walk.on({ prepare: breakMuch });
	await walk.untilAllIsThere();
	await walk.until(({ findings }) => findings.length > 3);
});
afterAll(() => walk.end());

test.each(spots)('much is wrong: $place, zoomed: $zoomed', async spot => {
	await walk.pressAllAt(spot, 'of the place');
	walk.check();
});
