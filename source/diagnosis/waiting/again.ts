import { say } from '../messages/message.ts';
import { type Waiting, type WaitRule, wait } from './wait.ts';

/** Tolerance after the set time, ms: one scheduler loop. */
const turnMs = 20_000;

/** Earliest and latest time of the retry, ms since the epoch; null if the DAG's definition is unknown. */
function retryTimes({ task, definition }: Waiting): readonly [number, number] | null {
	const delay = definition?.retryDelayMs;
	if (delay === undefined || task.endedAt === null) return null;
	if (!definition?.hasRetryBackoff) return [task.endedAt + delay, task.endedAt + delay];
	// One to two times the delay, which doubles with each try (airflow/models/taskinstance.py, next_retry_datetime).
	const least = delay * 2 ** Math.max(0, task.tryNumber - 1);
	return [task.endedAt + least, task.endedAt + 2 * least];
}

/** Retried after `retry_delay`. */
export const retry: WaitRule = waiting => {
	if (waiting.task.state !== 'up_for_retry') return null;
	const times = retryTimes(waiting);
	if (times === null) return wait('retry', say('waits.retry'));
	const [at, latest] = times;
	if (waiting.now > latest + turnMs) return null;
	return at === latest
		? wait('retry', say('waits.retry at', { at }), { until: at })
		: wait('retry', say('waits.retry after', { at }), { until: latest });
};

/** A sensor that frees its slot between two checks. */
export const reschedule: WaitRule = ({ task, facts, now }) => {
	if (task.state !== 'up_for_reschedule') return null;
	const known = facts
		.check('task waits')
		?.reschedules.find(
			one =>
				one.dagId === task.dagId &&
				one.dagRunId === task.dagRunId &&
				one.taskId === task.taskId &&
				one.mapIndex === task.mapIndex,
		);
	// The database was queried before the sensor's last check.
	if (!known || (task.endedAt !== null && known.at < task.endedAt)) return wait('reschedule', say('waits.reschedule'));
	return now > known.at + turnMs
		? null
		: wait('reschedule', say('waits.reschedule at', { at: known.at }), { until: known.at });
};

/** Airflow reports a triggerer unhealthy after 30 s without a heartbeat (`[triggerer] triggerer_health_check_threshold`); this adds a reserve, ms. */
const triggererOldMs = 60_000;

/** Deferred: a triggerer watches for its event. */
export const deferred: WaitRule = ({ task, facts, now }) => {
	if (task.state !== 'deferred') return null;
	const { airflowHealth } = facts.state;
	const beat = Math.max(airflowHealth?.triggererHeartbeatAt ?? 0, task.trigger?.triggererSeenAt ?? 0);
	const isYoung = now - (task.trigger?.createdAt ?? 0) < triggererOldMs / 2;
	const isNone = beat === 0 && (airflowHealth === null || airflowHealth.triggerer == null) && !task.trigger?.isTaken;
	if (isNone && !isYoung) return wait('no triggerer', say('waits.no triggerer'), { needsHelp: true });
	if (beat > 0 && now - beat > triggererOldMs)
		return wait('no triggerer', say('waits.triggerer down', { age: now - beat }), { needsHelp: true });
	const name = task.trigger?.name ?? '';
	return wait('trigger', name === '' ? say('waits.trigger') : say('waits.named trigger', { trigger: name }));
};
