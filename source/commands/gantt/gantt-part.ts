import { optionalTime } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import type { ShownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import type { RunGantt } from '../../selectors/graph-grid-gantt/run-gantt.ts';

/** The times of a DAG run's tasks in a document, and the chart that is drawn from them. */
export type GanttPart = Pick<Document<'gantt'>, 'from' | 'to' | 'waiting_ms' | 'running_ms' | 'tasks'>;

export function ganttPart(gantt: RunGantt | null, { stages }: Pick<ShownPipeline, 'stages'>): GanttPart {
	return {
		from: optionalTime(gantt?.from),
		to: optionalTime(gantt?.to),
		waiting_ms: gantt?.waitMs ?? null,
		running_ms: gantt?.workMs ?? null,
		tasks: (gantt?.bars ?? []).map((bar, index) => ({
			task_id: bar.taskId,
			state: stages[index]?.shown?.state ?? null,
			instances: bar.instances,
			try_number: bar.tryNumber,
			ready_at: optionalTime(bar.readyAt),
			queued_at: optionalTime(bar.queuedAt),
			started_at: optionalTime(bar.startedAt),
			ended_at: optionalTime(bar.endedAt),
			is_critical: bar.isCritical,
			ran_before_clear: bar.isEarlier,
		})),
	};
}

/** null before the start of the run. */
export function ganttOf({
	from,
	to,
	tasks,
	run,
	waiting_ms,
	running_ms,
}: GanttPart & Pick<Document<'gantt'>, 'run'>): RunGantt | null {
	if (from === null || to === null || run === null) return null;
	const ms = (time: string | null) => (time === null ? null : Date.parse(time));
	return {
		from: Date.parse(from),
		to: Date.parse(to),
		waitMs: waiting_ms ?? 0,
		workMs: running_ms ?? 0,
		bars: tasks.map(task => ({
			taskId: task.task_id,
			look: taskStateLook(task.state, run.ended_at !== null),
			instances: task.instances,
			tryNumber: task.try_number,
			readyAt: ms(task.ready_at),
			queuedAt: ms(task.queued_at),
			startedAt: ms(task.started_at),
			endedAt: ms(task.ended_at),
			isCritical: task.is_critical,
			isEarlier: task.ran_before_clear,
		})),
	};
}
