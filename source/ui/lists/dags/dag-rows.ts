import { type Dag, type DagRun, lastMove, runsNewestFirst } from '../../../model/pipeline.ts';
import type { StackState } from '../../../model/state.ts';
import { moment } from '../../../presentation/format.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';
import { runStateSpan } from '../dag-runs/run-rows.ts';

export type DagRow = { readonly dag: Dag; readonly newest: DagRun | undefined };

/** The column that the list is sorted by at first. */
export const dagSort = 'dag';

export const dagColumns: readonly BrowseColumn<DagRow>[] = [
	{
		id: 'dag',
		heading: 'DAG',
		align: 'left',
		priority: 0,
		order: ({ dag }) => dag.dagId,
		span: ({ dag }) => ({ text: dag.dagId }),
	},
	{
		id: 'state',
		heading: 'STATE',
		align: 'left',
		priority: 0,
		order: ({ dag }) => (dag.hasImportErrors ? 0 : dag.isPaused ? 2 : 1),
		span: ({ dag }, { glyphs }) =>
			dag.hasImportErrors
				? { text: `${glyphs.state.failed} import error`, tone: 'bad' }
				: dag.isPaused
					? { text: `${glyphs.state.paused} paused`, tone: 'warning' }
					: { text: `${glyphs.state.success} on`, tone: 'good' },
	},
	{
		id: 'last',
		heading: 'LAST RUN',
		align: 'left',
		priority: 1,
		order: ({ newest }) => -(newest ? lastMove(newest) : 0),
		descends: true,
		span: ({ newest }, { now }) => {
			const began = newest ? lastMove(newest) : 0;
			return { text: began === 0 ? '-' : moment(began, now) };
		},
	},
	{
		id: 'result',
		heading: 'RESULT',
		align: 'left',
		priority: 1,
		order: ({ newest }) => (newest ? newest.state : '~'),
		span: ({ newest }, { glyphs }) => (newest ? runStateSpan(newest.state, glyphs) : { text: '-', tone: 'muted' }),
	},
	{
		id: 'next',
		heading: 'NEXT RUN',
		align: 'left',
		priority: 2,
		order: ({ dag }) => (dag.isPaused ? Number.MAX_SAFE_INTEGER : (dag.nextRunAt ?? Number.MAX_SAFE_INTEGER)),
		span: ({ dag }, { now }) => ({ text: dag.isPaused || dag.nextRunAt === null ? '-' : moment(dag.nextRunAt, now) }),
	},
	{
		id: 'schedule',
		heading: 'SCHEDULE',
		align: 'left',
		priority: 2,
		order: ({ dag }) => dag.schedule ?? '~',
		span: ({ dag }) => ({ text: dag.schedule ?? 'only by hand', tone: dag.schedule ? undefined : 'muted' }),
	},
	{
		id: 'owner',
		heading: 'OWNER',
		align: 'left',
		priority: 4,
		order: ({ dag }) => dag.owners.join(' '),
		span: ({ dag }) => ({ text: dag.owners.join(', ') }),
	},
	{
		id: 'tags',
		heading: 'TAGS',
		align: 'left',
		priority: 3,
		order: ({ dag }) => dag.tags.join(' ') || '~',
		span: ({ dag }) => ({ text: dag.tags.join(', ') }),
	},
	{
		id: 'file',
		heading: 'FILE',
		align: 'left',
		priority: 5,
		order: ({ dag }) => dag.fileLocation ?? '~',
		span: ({ dag }) => ({ text: dag.fileLocation?.split('/').at(-1) ?? '' }),
	},
];

/** The DAGs that the list shows, in its order. */
export function dagRows(state: StackState, browse: Browse): DagRow[] {
	const rows = (state.dags ?? [])
		.filter(dag => dag.isActive)
		.map(dag => ({ dag, newest: newestOf(state, dag.dagId) }))
		.filter(({ dag }) =>
			holds(browse.filter, dag.dagId, dag.tags.join(' '), dag.owners.join(' '), dag.isPaused ? 'paused' : ''),
		);
	return sorted(rows, dagColumns, browse.sort ?? dagSort);
}

function newestOf(state: StackState, dagId: string): DagRun | undefined {
	const [newest] = runsNewestFirst(state.dagRuns[dagId] ?? []);
	return newest ?? state.newestRuns[dagId];
}
