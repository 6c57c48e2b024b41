import { type Message, type Say, sayer } from '../../words/message.ts';
import { acknowledgementsMessages } from './acknowledgements.ts';
import { airflowApiMessages } from './airflow-api.ts';
import { apiAuthMessages } from './api-auth.ts';
import { brokerMessages } from './broker.ts';
import { celerySendMessages } from './celery-send.ts';
import { celeryUnresponsiveMessages } from './celery-unresponsive.ts';
import { checksMessages } from './checks.ts';
import { clockSkewMessages } from './clock-skew.ts';
import { commonMessages } from './common.ts';
import { containerCreatedMessages } from './container-created.ts';
import { containerExitedMessages } from './container-exited.ts';
import { containerMissingMessages } from './container-missing.ts';
import { containerPausedMessages } from './container-paused.ts';
import { containerUnhealthyMessages } from './container-unhealthy.ts';
import { dagDefinedTwiceMessages } from './dag-defined-twice.ts';
import { dagFilesMessages } from './dag-files.ts';
import { dagMissingMessages } from './dag-missing.ts';
import { dagPausedMessages } from './dag-paused.ts';
import { databaseMessages } from './database.ts';
import { diskFullMessages } from './disk-full.ts';
import { driftMessages } from './drift.ts';
import { engineUnreachableMessages } from './engine-unreachable.ts';
import { healthCheckIdleMessages } from './health-check-idle.ts';
import { healthCheckMissingMessages } from './health-check-missing.ts';
import { hostMemoryMessages } from './host-memory.ts';
import { importErrorMessages } from './import-error.ts';
import { interruptsMessages } from './interrupts.ts';
import { logDriverMessages } from './log-driver.ts';
import { logsFolderMessages } from './logs-folder.ts';
import { memoryNearLimitMessages } from './memory-near-limit.ts';
import { mlflowMessages } from './mlflow.ts';
import { mlflowLockedMessages } from './mlflow-locked.ts';
import { mlflowRunMissingMessages } from './mlflow-run-missing.ts';
import { networkDisconnectedMessages } from './network-disconnected.ts';
import { pageUnreachableMessages } from './page-unreachable.ts';
import { poolsMessages } from './pools.ts';
import { portTakenMessages } from './port-taken.ts';
import { processorHeartbeatMessages } from './processor-heartbeat.ts';
import { queueBacklogMessages } from './queue-backlog.ts';
import { restartLoopMessages } from './restart-loop.ts';
import { runSlowMessages } from './run-slow.ts';
import { runWaitsMessages } from './run-waits.ts';
import { runsOddMessages } from './runs-odd.ts';
import { scheduleMissedMessages } from './schedule-missed.ts';
import { schedulerHeartbeatMessages } from './scheduler-heartbeat.ts';
import { taskFailedMessages } from './task-failed.ts';
import { taskStuckMessages } from './task-stuck.ts';
import { taskWaitsMessages } from './task-waits.ts';
import { waitingMessages } from './waiting.ts';

/** Texts of findings, fixes and checks, by their keys. A rule's are in the file of its name, here or in `rules/`. */
export const messages = {
	...acknowledgementsMessages,
	...airflowApiMessages,
	...apiAuthMessages,
	...brokerMessages,
	...celerySendMessages,
	...celeryUnresponsiveMessages,
	...checksMessages,
	...clockSkewMessages,
	...commonMessages,
	...containerCreatedMessages,
	...containerExitedMessages,
	...containerMissingMessages,
	...containerPausedMessages,
	...containerUnhealthyMessages,
	...dagDefinedTwiceMessages,
	...dagFilesMessages,
	...dagMissingMessages,
	...dagPausedMessages,
	...databaseMessages,
	...diskFullMessages,
	...driftMessages,
	...engineUnreachableMessages,
	...healthCheckIdleMessages,
	...healthCheckMissingMessages,
	...hostMemoryMessages,
	...importErrorMessages,
	...interruptsMessages,
	...logDriverMessages,
	...logsFolderMessages,
	...memoryNearLimitMessages,
	...mlflowMessages,
	...mlflowLockedMessages,
	...mlflowRunMissingMessages,
	...networkDisconnectedMessages,
	...pageUnreachableMessages,
	...poolsMessages,
	...portTakenMessages,
	...processorHeartbeatMessages,
	...queueBacklogMessages,
	...restartLoopMessages,
	...runSlowMessages,
	...runWaitsMessages,
	...runsOddMessages,
	...scheduleMissedMessages,
	...schedulerHeartbeatMessages,
	...taskFailedMessages,
	...taskStuckMessages,
	...taskWaitsMessages,
	...waitingMessages,
} as const;

export type MessageKey = keyof typeof messages;

/** A message about findings or checks, with its values. */
export const say: Say<typeof messages> = sayer(messages);

/** A message whose key is chosen at run time; the compiler does not check its values. */
export const messageOf = (key: MessageKey, params: Message['params'] = {}): Message => ({
	key,
	text: messages[key],
	params,
});
