import { runElapsedMs } from '../../../model/airflow/durations.ts';
import { type DagRun, lastMove, runsNewestFirst } from '../../../model/airflow/pipeline.ts';
import { dagRunStateLook } from '../../../model/airflow/task-state.ts';
import { maskText } from '../../../model/secrets/secrets.ts';
import { runsListed, runsReached } from '../../../model/settings/list-limits.ts';
import type { StackState } from '../../../model/state.ts';
import { moment, stopwatch } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { runName } from '../../../presentation/run-name.ts';
import type { Span } from '../../../presentation/text.ts';
import { memoised } from '../../../selectors/memo.ts';
import type { Writer } from '../../../words/write.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';

/** No column is wider. */
const confShown = 500;

/** In the order in which the key steps through them: what needs attention first. */
export const runStates: readonly (string | null)[] = [null, 'failed', 'running', 'queued', 'success'];

export const runStateSpan = (
	state: string,
	{ glyphs, say }: { readonly glyphs: Glyphs; readonly say: Writer },
): Span => {
	const look = dagRunStateLook(state);
	return { text: `${glyphs.state[look.symbol]} ${say(look.word)}`, tone: look.tone };
};

export const runSort = 'run';

export const runColumns: readonly BrowseColumn<DagRun>[] = [
	{
		id: 'run',
		heading: ['DAG RUN', 'DAG 실행'],
		align: 'left',
		priority: 0,
		order: run => -lastMove(run),
		descends: true,
		span: (run, { now, rows }) => ({ text: runName(run, now, rows) }),
	},
	{
		id: 'state',
		heading: ['STATE', '상태'],
		align: 'left',
		priority: 0,
		order: run => run.state,
		span: (run, context) => runStateSpan(run.state, context),
	},
	{
		id: 'took',
		heading: ['DURATION', '소요 시간'],
		align: 'right',
		priority: 1,
		order: run => -((run.endedAt ?? 0) - (run.startedAt ?? run.endedAt ?? 0)),
		descends: true,
		span: (run, { now }) => {
			const elapsed = runElapsedMs(run, now);
			return { text: elapsed === null ? '' : stopwatch(elapsed) };
		},
	},
	{
		id: 'logical',
		heading: ['LOGICAL DATE', '논리 날짜'],
		align: 'left',
		priority: 3,
		order: run => -(run.logicalDate ?? 0),
		descends: true,
		span: (run, { now }) => ({ text: run.logicalDate === null ? '' : moment(run.logicalDate, now) }),
	},
	{
		id: 'conf',
		heading: ['CONF', 'CONF'],
		align: 'left',
		priority: 2,
		order: run => run.conf ?? '~',
		span: run => ({ text: maskText(run.conf?.slice(0, 2 * confShown) ?? '').slice(0, confShown) }),
	},
	{
		id: 'note',
		heading: ['NOTE', '메모'],
		align: 'left',
		priority: 3,
		order: run => run.note ?? '~',
		span: run => ({ text: maskText(run.note ?? '').replaceAll('\n', ' ') }),
	},
	{
		id: 'version',
		heading: ['VERSION', '버전'],
		align: 'right',
		priority: 3,
		order: run => -(run.versions?.at(-1) ?? 0),
		descends: true,
		span: run => ({ text: (run.versions ?? []).join(', ') }),
	},
	{
		id: 'id',
		heading: ['RUN ID', 'DAG 실행 ID'],
		align: 'left',
		priority: 4,
		order: run => run.dagRunId,
		span: run => ({ text: run.dagRunId }),
	},
];

/** The runs of the DAG in the shown state that the server found; null: not asked yet. */
export function matchingRuns(
	{ matchedRuns: found }: Pick<StackState, 'matchedRuns'>,
	dagId: string,
	{ state }: Pick<Browse, 'state'>,
): StackState['matchedRuns'] {
	return found !== null && found.dagId === dagId && found.runState === state ? found : null;
}

/** How many runs of the DAG are in this state, as the server counted them; undefined before it did. */
export function runsInAll(state: StackState, dagId: string, browse: Browse): number | undefined {
	return matchingRuns(state, dagId, browse)?.total;
}

/** Runs that are fetched before the selection gets to them. */
const ahead = 50;

/**
 * How many runs the open list wants.
 * @param rows shown rows
 * @param index of the selected one
 */
export function wantedDagRuns(
	state: StackState,
	dagId: string,
	browse: Browse,
	{ rows, index }: { readonly rows: number; readonly index: number },
): number {
	const known = matchingRuns(state, dagId, browse)?.runs.length ?? 0;
	// Words select among the fetched runs: they are no reason to fetch all.
	const isNearEnd = known > 0 && browse.filter === '' && rows - index <= ahead;
	return Math.min(runsReached, Math.max(runsListed, known + (isNearEnd ? runsListed : 0)));
}

/** For a state, the runs that the server found; else the newest runs. */
export function runRows(state: StackState, dagId: string, browse: Browse): readonly DagRun[] {
	const known = matchingRuns(state, dagId, browse)?.runs ?? state.dagRuns[dagId] ?? none;
	return rowsOf(known, browse.state, browse.filter, browse.sort);
}

const none: readonly DagRun[] = [];

const rowsOf = memoised(
	(known: readonly DagRun[], runState: string | null, filter: string, sort: string | null): readonly DagRun[] => {
		const rows = runsNewestFirst(known)
			.filter(run => runState === null || run.state === runState)
			.filter(run => holds(filter, run.dagRunId, run.state, ...dagRunStateLook(run.state).word, run.conf, run.note));
		return sorted(rows, runColumns, sort ?? runSort);
	},
);
