import { findingId, type Rule } from './finding.ts';
import { airflowApi } from './rules/airflow-api.ts';
import { sessionAuthOnly } from './rules/api-auth.ts';
import { brokerRejectsWrites } from './rules/broker.ts';
import { celerySend } from './rules/celery-send.ts';
import { celeryUnresponsive } from './rules/celery-unresponsive.ts';
import { clockSkew } from './rules/clock-skew.ts';
import { containerCreated } from './rules/container-created.ts';
import { containerExited } from './rules/container-exited.ts';
import { containerMissing, stackMissing, stackStopped } from './rules/container-missing.ts';
import { containerPaused } from './rules/container-paused.ts';
import { containerUnhealthy } from './rules/container-unhealthy.ts';
import { dagDefinedTwice } from './rules/dag-defined-twice.ts';
import { dagFileUnreadable, dagFolderNotMounted, dagMountStale, dagNotShown } from './rules/dag-files.ts';
import { dagMissing } from './rules/dag-missing.ts';
import { dagPaused } from './rules/dag-paused.ts';
import { dataPulse } from './rules/data-pulse.ts';
import { connectionsExhausted, databaseNotMigrated, databaseUnreachable } from './rules/database.ts';
import { diskFilling, diskFull, inodesExhausted } from './rules/disk-full.ts';
import { drift } from './rules/drift.ts';
import { engineUnreachable } from './rules/engine-unreachable.ts';
import { experimentMissing } from './rules/experiment-missing.ts';
import { healthCheckIdle } from './rules/health-check-idle.ts';
import { healthCheckMissing } from './rules/health-check-missing.ts';
import { cpuAtLimit, hostMemoryLow } from './rules/host-memory.ts';
import { importError } from './rules/import-error.ts';
import { jobHeartbeat } from './rules/job-heartbeat.ts';
import { logDriver } from './rules/log-driver.ts';
import { logsFolder } from './rules/logs-folder.ts';
import { memoryNearLimit, oomKilled } from './rules/memory-near-limit.ts';
import {
	artifactsNotWritable,
	metricDropped,
	mlflowApi,
	mlflowConnection,
	registrationFailed,
} from './rules/mlflow.ts';
import { mlflowLocked } from './rules/mlflow-locked.ts';
import { mlflowRunMissing } from './rules/mlflow-run-missing.ts';
import { modelOverdue, modelWorse } from './rules/model-health.ts';
import { modelUploads } from './rules/model-uploads.ts';
import { networkDisconnected } from './rules/network-disconnected.ts';
import { pageUnreachable } from './rules/page-unreachable.ts';
import { poolFull } from './rules/pools.ts';
import { portTaken } from './rules/port-taken.ts';
import { processorHeartbeat } from './rules/processor-heartbeat.ts';
import { questionOpen } from './rules/question-open.ts';
import { queueBacklog } from './rules/queue-backlog.ts';
import { restartLoop } from './rules/restart-loop.ts';
import { runSlow } from './rules/run-slow.ts';
import { runWaits } from './rules/run-waits.ts';
import { clearedNotReset, triggeredTwice, zombies } from './rules/runs-odd.ts';
import { scheduleMissed } from './rules/schedule-missed.ts';
import { schedulerHeartbeat } from './rules/scheduler-heartbeat.ts';
import { taskFailed } from './rules/task-failed.ts';
import { taskStuck } from './rules/task-stuck.ts';
import { taskWaits } from './rules/task-waits.ts';

/** Whether a finding of this id is over as soon as its rule no longer reports it, without a deep check. */
export function isSeenAtOnce(id: string): boolean {
	return rules.some(rule => rule.isSeenAtOnce === true && id.startsWith(findingId(rule.name, '')));
}

/** All rules. A new one is a file in `rules/` with its texts, and a line here. */
export const rules: readonly Rule[] = [
	engineUnreachable,
	stackMissing,
	stackStopped,
	containerMissing,
	containerExited,
	containerCreated,
	portTaken,
	restartLoop,
	containerPaused,
	containerUnhealthy,
	networkDisconnected,
	healthCheckMissing,
	healthCheckIdle,
	memoryNearLimit,
	oomKilled,
	diskFull,
	inodesExhausted,
	diskFilling,
	hostMemoryLow,
	cpuAtLimit,
	clockSkew,
	drift,
	logDriver,
	connectionsExhausted,
	databaseUnreachable,
	databaseNotMigrated,
	brokerRejectsWrites,
	logsFolder,
	pageUnreachable,
	airflowApi,
	sessionAuthOnly,
	schedulerHeartbeat,
	processorHeartbeat,
	jobHeartbeat,
	celerySend,
	celeryUnresponsive,
	queueBacklog,
	dagFolderNotMounted,
	dagMountStale,
	dagFileUnreadable,
	importError,
	dagDefinedTwice,
	dagNotShown,
	dagMissing,
	dagPaused,
	scheduleMissed,
	poolFull,
	taskWaits,
	runWaits,
	questionOpen,
	runSlow,
	taskStuck,
	taskFailed,
	clearedNotReset,
	triggeredTwice,
	zombies,
	mlflowLocked,
	mlflowApi,
	experimentMissing,
	mlflowConnection,
	mlflowRunMissing,
	metricDropped,
	registrationFailed,
	modelUploads,
	modelWorse,
	dataPulse,
	modelOverdue,
	artifactsNotWritable,
];
