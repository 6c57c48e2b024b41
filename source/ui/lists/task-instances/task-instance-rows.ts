import { taskElapsedMs } from '../../../model/airflow/durations.ts';
import type { TaskInstance } from '../../../model/airflow/pipeline.ts';
import { taskName } from '../../../model/airflow/task-name.ts';
import { taskStateLook } from '../../../model/airflow/task-state.ts';
import type { StackState } from '../../../model/state.ts';
import { moment, stopwatch } from '../../../presentation/format.ts';
import { shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { memoised } from '../../../selectors/memo.ts';
import { mostRelevantFirst } from '../../../selectors/names/tasks.ts';
import type { Browse, ViewState } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';

/** In the order in which the key steps through them; a task without a state has none of these. */
export const instanceStates: readonly (string | null)[] = [
	...[null, 'failed', 'up_for_retry', 'running', 'queued', 'scheduled', 'deferred', 'success', 'skipped'],
];

export const instanceSort = 'state';

/** Columns of rows that come with what needs attention first. */
export const instanceColumns: readonly BrowseColumn<TaskInstance>[] = [
	{
		id: 'index',
		heading: ['TASK', '작업'],
		align: 'left',
		priority: 0,
		order: ({ mapIndex }) => mapIndex,
		span: task => ({ text: taskName(task) }),
	},
	{
		id: 'state',
		heading: ['STATE', '상태'],
		align: 'left',
		priority: 0,
		// The rows come in this order.
		order: () => 0,
		span: ({ state }, { glyphs, say }) => {
			const { word, symbol, tone } = taskStateLook(state);
			return { text: `${glyphs.state[symbol]} ${say(word)}`, tone };
		},
	},
	{
		id: 'duration',
		heading: ['DURATION', '소요 시간'],
		align: 'right',
		priority: 0,
		order: lengthOrder,
		descends: true,
		span: (task, { now }) => {
			const elapsed = taskElapsedMs(task, now);
			return { text: elapsed === null ? '' : stopwatch(elapsed) };
		},
	},
	{
		id: 'try',
		heading: ['TRY', '시도'],
		align: 'right',
		priority: 1,
		order: ({ tryNumber }) => -tryNumber,
		descends: true,
		span: ({ tryNumber, maxTries }) => ({
			text: tryNumber === 0 ? '' : `${tryNumber}/${Math.max(tryNumber, maxTries + 1)}`,
		}),
	},
	{
		id: 'started',
		heading: ['STARTED', '시작'],
		align: 'left',
		priority: 2,
		order: ({ startedAt }) => -(startedAt ?? 0),
		descends: true,
		span: ({ startedAt }, { now }) => ({ text: startedAt === null ? '' : moment(startedAt, now) }),
	},
	{
		id: 'host',
		heading: ['HOST', '호스트'],
		align: 'left',
		priority: 3,
		order: ({ hostname }) => hostname || '~',
		span: ({ hostname }) => ({ text: hostname, tone: 'muted' }),
	},
];

/** Later than any start, ms since the epoch. */
const farFuture = 1e14;

/** The longest first. What still runs gets longer: it comes before what has ended, the earliest start first. */
function lengthOrder(task: TaskInstance): number {
	if (task.state === 'running' && task.startedAt !== null) return task.startedAt - farFuture;
	return -(taskElapsedMs(task, 0) ?? -1);
}

/** The instances of the selected task in the shown DAG run. */
export function instancesOf(
	state: StackState,
	{ dagId, dagRunId, taskId }: Pick<ViewState, 'dagId' | 'dagRunId' | 'taskId'>,
): readonly TaskInstance[] {
	return shownPipeline(state, dagId, dagRunId).stages.find(stage => stage.taskId === taskId)?.instances ?? [];
}

/** Those that the list shows, in its order. */
export function instanceRows(state: StackState, view: ViewState, browse: Browse): readonly TaskInstance[] {
	return rowsOf(instancesOf(state, view), browse.state, browse.filter, browse.sort);
}

const rowsOf = memoised(
	(
		instances: readonly TaskInstance[],
		taskState: string | null,
		filter: string,
		sort: string | null,
	): readonly TaskInstance[] => {
		const rows = mostRelevantFirst(instances)
			.filter(task => taskState === null || task.state === taskState)
			.filter(task => holds(filter, taskName(task), task.state, ...taskStateLook(task.state).word, task.hostname));
		return sorted(rows, instanceColumns, sort ?? instanceSort);
	},
);
