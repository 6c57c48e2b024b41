import type { TaskTry } from '../../clients/airflow/airflow.ts';
import { isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import type { TaskLogRequest } from '../../model/logs/log-watch.ts';
import type { Clock } from '../../model/time/clock.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { TaskLogDeps } from './task-log-deps.ts';

/** Time between two looks at the state of the task, ms. */
export const stateMs = 900;
/** Airflow writes some lines of its own after it has set the state of a task, ms. */
export const lingerMs = 2000;

/** Whether a try has ended. The server's `end_of_log` is also true for queued tasks, so the state decides. */
export function isTryOver(task: TaskInstance | undefined, tryNumber: number): boolean {
	if (!task) return false;
	if (task.tryNumber !== tryNumber) return task.tryNumber > tryNumber;
	return isFinishedTask(task) || task.state === 'up_for_retry';
}

/** Watches the state of a task while its log is read. */
export class WatchedTry {
	#task: TaskInstance | undefined;
	#overAt: number | null = null;
	readonly #tryNumber: number;
	readonly #clock: Clock;
	readonly #stopped = new AbortController();

	constructor(
		deps: TaskLogDeps,
		request: TaskLogRequest,
		{ taskId, mapIndex, tryNumber }: TaskTry,
		signal: AbortSignal,
	) {
		this.#tryNumber = tryNumber;
		this.#clock = deps.clock;
		const stop = AbortSignal.any([signal, this.#stopped.signal]);
		const look = async () => {
			while (!stop.aborted) {
				try {
					const all = await deps.tasks(request, stop);
					this.#task = all.find(task => task.taskId === taskId && task.mapIndex === mapIndex);
					if (isTryOver(this.#task, tryNumber)) this.#overAt ??= this.#clock.now();
					else this.#overAt = null;
				} catch {
					// The pipeline's feed reports the failure; the log is read on.
				}
				await deps.wake.sleep(deps.clock, stateMs, stop);
			}
		};
		void look();
	}

	/** Whether the try has been over for this time. */
	isOver(sinceMs: number): boolean {
		if (this.#overAt === null) return false;
		const endedAt = this.#task?.tryNumber === this.#tryNumber ? (this.#task.endedAt ?? this.#overAt) : this.#overAt;
		// A task that ended long ago logs nothing more.
		return this.#clock.now() - Math.min(endedAt, this.#overAt) >= sinceMs;
	}

	get isRunning(): boolean {
		return this.#task?.tryNumber === this.#tryNumber && this.#task.state === 'running';
	}

	endWords(): Message {
		if (this.#task?.tryNumber !== this.#tryNumber)
			return phrase(['ended, the next try has started', '종료됨, 다음 시도가 시작됨']);
		return phrase(taskStateLook(this.#task.state).word);
	}

	stop(): void {
		this.#stopped.abort();
	}
}
