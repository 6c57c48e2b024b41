import type { RunCounts } from '../../../model/airflow/airflow-watch.ts';
import { type Dag, type DagRun, isActiveRun, lastMove, newestRun } from '../../../model/airflow/pipeline.ts';
import type { StackState } from '../../../model/state.ts';
import { moment } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { memoised } from '../../../selectors/memo.ts';
import type { Text } from '../../../words/language.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';
import { runStateSpan } from '../dag-runs/run-rows.ts';

export type DagRow = {
	readonly dag: Dag;
	readonly newest: DagRun | undefined;
	/** undefined with Airflow 2, which does not count them. */
	readonly counts: RunCounts | undefined;
};

const paused: Text = ['paused', '일시 중지됨'];

export const dagSort = 'dag';

export const dagColumns: readonly BrowseColumn<DagRow>[] = [
	{
		id: 'dag',
		heading: ['DAG', 'DAG'],
		align: 'left',
		priority: 0,
		order: ({ dag }) => dag.dagId,
		span: ({ dag }) => ({ text: dag.dagId }),
	},
	{
		id: 'state',
		heading: ['STATE', '상태'],
		align: 'left',
		priority: 0,
		order: ({ dag }) => (dag.hasImportErrors ? 0 : dag.isPaused ? 2 : 1),
		span: ({ dag }, { glyphs, say }) =>
			dag.hasImportErrors
				? { text: `${glyphs.state.failed} ${say(['import error', '임포트 오류'])}`, tone: 'bad' }
				: dag.isPaused
					? { text: `${glyphs.state.paused} ${say(paused)}`, tone: 'warning' }
					: { text: `${glyphs.state.success} ${say(['active', '활성'])}`, tone: 'good' },
	},
	{
		id: 'last',
		heading: ['LAST RUN', '최근 실행'],
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
		heading: ['RESULT', '결과'],
		align: 'left',
		priority: 1,
		order: ({ newest }) => (newest ? newest.state : '~'),
		span: ({ newest }, context) => (newest ? runStateSpan(newest.state, context) : { text: '-', tone: 'muted' }),
	},
	{
		id: 'runs',
		heading: ['RUNS', '실행 수'],
		align: 'left',
		priority: 3,
		order: ({ counts }) => -(counts?.failed ?? -1),
		descends: true,
		span: ({ counts }, { glyphs }) =>
			counts === undefined ? { text: '' } : { text: countsText(counts, glyphs), tone: 'muted' },
	},
	{
		id: 'next',
		heading: ['NEXT RUN', '다음 실행'],
		align: 'left',
		priority: 2,
		order: ({ dag }) => (dag.isPaused ? Number.MAX_SAFE_INTEGER : (dag.nextRunAt ?? Number.MAX_SAFE_INTEGER)),
		span: ({ dag }, { now }) => ({ text: dag.isPaused || dag.nextRunAt === null ? '-' : moment(dag.nextRunAt, now) }),
	},
	{
		id: 'schedule',
		heading: ['SCHEDULE', '스케줄'],
		align: 'left',
		priority: 2,
		order: ({ dag }) => dag.schedule ?? '~',
		span: ({ dag }, { say }) => ({
			text: dag.schedule ?? say(['no schedule', '스케줄 없음']),
			tone: dag.schedule ? undefined : 'muted',
		}),
	},
	{
		id: 'owner',
		heading: ['OWNER', '소유자'],
		align: 'left',
		priority: 4,
		order: ({ dag }) => dag.owners.join(' '),
		span: ({ dag }) => ({ text: dag.owners.join(', ') }),
	},
	{
		id: 'tags',
		heading: ['TAGS', '태그'],
		align: 'left',
		priority: 3,
		order: ({ dag }) => dag.tags.join(' ') || '~',
		span: ({ dag }) => ({ text: dag.tags.join(', ') }),
	},
	{
		id: 'file',
		heading: ['FILE', '파일'],
		align: 'left',
		priority: 5,
		order: ({ dag }) => dag.fileLocation ?? '~',
		span: ({ dag }) => ({ text: dag.fileLocation?.split('/').at(-1) ?? '' }),
	},
];

/** `●1 ✓12 ✗3`: runs that are active, succeeded and failed. */
export function countsText({ queued, running, success, failed }: RunCounts, { state }: Pick<Glyphs, 'state'>): string {
	const counts = [
		[state.queued, queued],
		[state.running, running],
		[state.success, success],
		[state.failed, failed],
	] as const;
	return counts.flatMap(([symbol, count]) => (count > 0 ? `${symbol}${count}` : [])).join(' ');
}

type DagState = { readonly word: Text; readonly has: (dag: Dag, newest: DagRun | undefined) => boolean };

/** In the order in which the key steps through them: what needs attention first. */
export const dagStates: Readonly<Record<string, DagState>> = {
	failed: { word: ['last run failed', '최근 실행 실패'], has: (_, newest) => newest?.state === 'failed' },
	running: { word: ['running', '실행 중'], has: (_, newest) => newest !== undefined && isActiveRun(newest) },
	paused: { word: ['paused', '일시 중지됨'], has: dag => dag.isPaused },
	unpaused: { word: ['active', '활성'], has: dag => !dag.isPaused },
};

export function dagRows(state: StackState, { filter, state: dagState, sort }: Browse): readonly DagRow[] {
	const { dags, dagRuns, newestRuns, runCounts } = state;
	return rowsOf(dags, dagRuns, newestRuns, runCounts, filter, dagState, sort);
}

const rowsOf = memoised(
	(
		dags: StackState['dags'],
		dagRuns: StackState['dagRuns'],
		newestRuns: StackState['newestRuns'],
		runCounts: StackState['runCounts'],
		filter: string,
		dagState: string | null,
		sort: string | null,
	): readonly DagRow[] => {
		const newestOf = (dagId: string) => newestRun(dagRuns[dagId]) ?? newestRuns[dagId];
		const rows = (dags ?? [])
			.filter(dag => dag.isActive)
			.map((dag): DagRow => ({ dag, newest: newestOf(dag.dagId), counts: runCounts?.[dag.dagId] }))
			.filter(({ dag, newest }) => dagState === null || dagStates[dagState]?.has(dag, newest))
			.filter(({ dag }) =>
				holds(filter, dag.dagId, dag.tags.join(' '), dag.owners.join(' '), ...(dag.isPaused ? paused : [])),
			);
		return sorted(rows, dagColumns, sort ?? dagSort);
	},
);
